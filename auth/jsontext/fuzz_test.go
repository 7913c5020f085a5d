package jsontext

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// A text that is accepted is also JSON for encoding/json, and means the same after it is
// written again. A text that is refused is invalid, or has one of the defects that
// encoding/json ignores.
func FuzzParseObject(f *testing.F) {
	for _, seed := range []string{
		"", " ", "{", "\"", "\x00", `{}`, `{"a":1,"b":[true,null,"x"]}`, `{"a":1,"a":2}`, `{"\ud83d\ude00":"\ud800"}`, "{\"a\":\"\xff\"}",
		`{"a":1e5,"b":-0.0}`, ` {"a" : {} } `, `[1]`, `{"a":01}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		object, err := ParseObject(data)
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(data) || syntax.Line < 1 || syntax.Column < 1 {
				t.Fatalf("%q: %#v", data, err)
			}
			known := []string{"duplicate name", "invalid UTF-8", "surrogate", "nested deeper", "expected a JSON object"}
			for _, reason := range known {
				if strings.Contains(syntax.Reason, reason) {
					return
				}
			}
			if json.Valid(data) {
				t.Errorf("%q is JSON and was refused: %v", data, err)
			}
			return
		}
		written, err := object.MarshalJSON()
		if err != nil || !json.Valid(data) {
			t.Fatalf("%q: %v", data, err)
		}
		if a, b := generic(t, data), generic(t, written); !reflect.DeepEqual(a, b) {
			t.Errorf("%q became %q", data, written)
		}
		if plain := Plain(data); !reflect.DeepEqual(generic(t, data), generic(t, []byte(plain))) || Plain([]byte(plain)) != plain {
			t.Errorf("%q is %q for people", data, plain)
		}
		text, members, err := object.Encode()
		if back, parseErr := ParseObject(text); err != nil || parseErr != nil || !bytes.Equal(text, written) ||
			!reflect.DeepEqual(back, members) {
			t.Errorf("%q is encoded as %s with %q, %v, %v", data, text, members, err, parseErr)
		}
		if again, err := ParseObject([]byte(object.Indent())); err != nil || len(again) != len(object) {
			t.Errorf("%q does not survive indenting: %v", data, err)
		}
	})
}

func generic(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	return v
}
