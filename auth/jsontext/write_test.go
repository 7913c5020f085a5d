package jsontext

import (
	"strings"
	"testing"
)

// Encode refuses the texts that ParseObject refuses, and says where in the text.
func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		object Object
		want   string
	}{
		{Object{{"a", []byte(" [ 1 ,  2 ")}}, `expected a comma or ']', found the end at line 1, column 10`},
		{Object{{"b", []byte("\n1")}, {"a", []byte("{ \"x\" : 1 , \"x\" : 2 }")}}, `duplicate name "x" at line 1, column 19`},
		{Object{{"a", []byte("1")}, {"é", []byte("2")}, {"a", []byte("3")}}, `duplicate name "a" at line 1, column 14`},
		{Object{{"a", []byte("\"\xff\"")}}, "invalid UTF-8 at line 1, column 7"},
		{Object{{"a", nil}}, "expected a JSON value, found the end at line 1, column 6"},
		{Object{{"a", []byte("\"\\ud800\"")}}, "unpaired surrogate at line 1, column 7"},
		{Object{{"a", []byte(strings.Repeat("[", 64) + strings.Repeat("]", 64))}}, "nested more than 64 levels deep at line 1, column 69"},
		{Object{{"\xff", []byte("1")}}, "a name is not valid UTF-8"},
	} {
		text, members, err := tt.object.Encode()
		if text != nil || members != nil || err == nil || err.Error() != tt.want {
			t.Errorf("%q: %s, %q, %v, want %s", tt.object, text, members, err, tt.want)
		}
	}
}

// MarshalJSON writes duplicate names, because a malformed token is shown with both.
func TestMarshalJSONKeepsDuplicates(t *testing.T) {
	t.Parallel()
	o := Object{{"a", []byte(` { "x" : 1 , "x" : 2 } `)}, {"a", []byte("2")}}
	if text, err := o.MarshalJSON(); err != nil || string(text) != `{"a":{"x":1,"x":2},"a":2}` {
		t.Errorf("%s, %v", text, err)
	}
}
