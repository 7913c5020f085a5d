package jsontext

import (
	"errors"
	"testing"
)

func TestObject(t *testing.T) {
	t.Parallel()
	o, err := ParseObject([]byte(`{ "b": 1, "a": [ 1, 2 ], "c": "<é>" }`))
	if err != nil {
		t.Fatal(err)
	}
	changed := o.Set("a", []byte("true")).Set("d", Quote("new")).Without("b")
	compact, err := changed.MarshalJSON()
	if want := `{"a":true,"c":"<é>","d":"new"}`; err != nil || string(compact) != want {
		t.Errorf("got %s, %v, want %s", compact, err, want)
	}
	if again, _ := o.MarshalJSON(); string(again) != `{"b":1,"a":[1,2],"c":"<é>"}` {
		t.Errorf("the original became %s", again)
	}
	if want := "{\n  \"a\": true,\n  \"c\": \"<é>\",\n  \"d\": \"new\"\n}"; changed.Indent() != want {
		t.Errorf("indented: %s", changed.Indent())
	}
	var back Object
	if err := back.UnmarshalJSON([]byte("[]")); err == nil || back != nil {
		t.Errorf("an array was read as an object: %v", back)
	}
	var syntax *SyntaxError
	if _, err := ParseObject([]byte("{\n  \"ä\": tru\n}")); !errors.As(err, &syntax) || syntax.Offset != 10 || syntax.Line != 2 || syntax.Column != 8 {
		t.Errorf("the place of the fault is %+v", syntax)
	}
}
