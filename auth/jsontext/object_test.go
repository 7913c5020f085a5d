package jsontext

import (
	"encoding/json"
	"strings"
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
}

// A member is found by its exact name; the first of several counts.
func TestObjectMembers(t *testing.T) {
	t.Parallel()
	o := Object{Text("a", "first"), {"n", json.RawMessage("1")}, Text("a", "second"), Text("A", "other")}
	if raw, ok := o.Get("a"); !ok || string(raw) != `"first"` {
		t.Errorf("a is %s, %v", raw, ok)
	}
	if raw, ok := o.Get("b"); ok || raw != nil {
		t.Errorf("b is %s, %v", raw, ok)
	}
	for name, want := range map[string]int{"a": 0, "n": 1, "A": 3, "N": -1} {
		if got := o.Index(name); got != want {
			t.Errorf("%s is at %d, want %d", name, got, want)
		}
	}
	for name, want := range map[string]string{"a": "first", "A": "other"} {
		if got, ok := o.String(name); !ok || got != want {
			t.Errorf("%s is %q, %v", name, got, ok)
		}
	}
	for _, name := range []string{"n", "missing"} {
		if got, ok := o.String(name); ok || got != "" {
			t.Errorf("%s is %q", name, got)
		}
	}
	if got := len(o.Without("a")); got != 2 || len(o) != 4 {
		t.Errorf("%d members without a, %d with it", got, len(o))
	}
	set := o.Set("a", json.RawMessage("2"))
	if string(set[0].Value) != "2" || string(set[2].Value) != `"second"` || string(o[0].Value) != `"first"` || len(set) != 4 {
		t.Errorf("set to %v, from %v", set, o)
	}
}

func TestObjectIsWritten(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]Object{
		"{}":                            nil,
		`{"a\n":1}`:                     {{"a\n", json.RawMessage("1")}},
		`{"a":{"b":[1,2]},"c":-0.50}`:   {{"a", json.RawMessage("{ \"b\" : [1,\n2] }")}, {"c", json.RawMessage(" -0.50 ")}},
		`{"a":"\u00e9","b":"é","c":""}`: {{"a", json.RawMessage(`"\u00e9"`)}, Text("b", "é"), Text("c", "")},
	} {
		got, err := json.Marshal(o)
		if direct, directErr := o.MarshalJSON(); err != nil || directErr != nil || string(direct) != want || string(got) != want {
			t.Errorf("%v: %s, %v and %s, %v, want %s", o, direct, directErr, got, err, want)
		}
	}
	for want, o := range map[string]Object{
		"a name is not valid UTF-8":                                {Text("ok", ""), Text("\xff", "")},
		`expected a JSON value, found 't' at line 1, column 6`:     {{"a", json.RawMessage("tru")}},
		`expected a JSON value, found the end at line 1, column 6`: {{"b", nil}},
	} {
		if got, err := o.MarshalJSON(); got != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v: %s, %v, want %s", o, got, err, want)
		}
		if got := o.Indent(); got != "{}" {
			t.Errorf("%v: indented %s", o, got)
		}
	}
}

func TestObjectIsRead(t *testing.T) {
	t.Parallel()
	back := Object{Text("old", "")}
	if err := back.UnmarshalJSON([]byte("[]")); err == nil || len(back) != 1 {
		t.Errorf("an array was read as an object: %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(` {"a":1}`), &back); err != nil || len(back) != 1 || back[0].Name != "a" {
		t.Errorf("got %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"a":1,"a":2}`), &back); err == nil || len(back) != 1 {
		t.Errorf("a duplicate: %v, %v", back, err)
	}
}
