package jsontext

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// nest puts a value into that many objects or arrays.
func nest(open, value, shut string, n int) string {
	return strings.Repeat(open, n) + value + strings.Repeat(shut, n)
}

// Each text is refused for this reason at this place.
func TestParseObjectRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, want string
		offset     int
	}{
		// The text as a whole.
		{"", "expected a JSON object, found the end at line 1, column 1", 0},
		{" \t\r\n", "expected a JSON object, found the end at line 2, column 1", 4},
		{"[]", "expected a JSON object, found '[' at line 1, column 1", 0},
		{"é", "expected a JSON object, found 'é' at line 1, column 1", 0},
		{"\ufeff{}", "unexpected byte order mark at line 1, column 1", 0},
		{"{} x", "unexpected 'x' after the object at line 1, column 4", 3},
		{"{}\n\n {}", "unexpected '{' after the object at line 3, column 2", 5},
		{"{\"é\":\"\xff\"}", "invalid UTF-8 at line 1, column 7", 7},
		{"{\"a\":\"\x80\"}", "invalid UTF-8 at line 1, column 7", 6},
		{"{\"a\":\"\xe2\x82\"}", "invalid UTF-8 at line 1, column 7", 6},
		{"{\"a\":\"\xed\xa0\x80\"}", "invalid UTF-8 at line 1, column 7", 6},
		// Objects.
		{"{", "expected a name in double quotes, found the end at line 1, column 2", 1},
		{"{,}", "expected a name in double quotes, found ',' at line 1, column 2", 1},
		{`{"a":1,}`, "expected a name in double quotes, found '}' at line 1, column 8", 7},
		{`{"a":1,,"b":2}`, "expected a name in double quotes, found ',' at line 1, column 8", 7},
		{`{'a':1}`, `expected a name in double quotes, found '\'' at line 1, column 2`, 1},
		{`{"a`, "unterminated string at line 1, column 2", 1},
		{`{"a"`, "expected a colon after the name, found the end at line 1, column 5", 4},
		{`{"a" 1}`, "expected a colon after the name, found '1' at line 1, column 6", 5},
		{`{"a"}`, "expected a colon after the name, found '}' at line 1, column 5", 4},
		{`{"a":`, "expected a JSON value, found the end at line 1, column 6", 5},
		{`{"a":}`, "expected a JSON value, found '}' at line 1, column 6", 5},
		{`{"a":1`, "expected a comma or '}', found the end at line 1, column 7", 6},
		{`{"a":1]`, "expected a comma or '}', found ']' at line 1, column 7", 6},
		{`{"a":1 "b":2}`, "expected a comma or '}', found '\"' at line 1, column 8", 7},
		// Arrays.
		{`{"a":[`, "expected a JSON value, found the end at line 1, column 7", 6},
		{`{"a":[,1]}`, "expected a JSON value, found ',' at line 1, column 7", 6},
		{`{"a":[1,]}`, "expected a JSON value, found ']' at line 1, column 9", 8},
		{`{"a":[1 2]}`, "expected a comma or ']', found '2' at line 1, column 9", 8},
		{`{"a":[1}`, "expected a comma or ']', found '}' at line 1, column 8", 7},
		// Words.
		{`{"a":tru}`, "expected a JSON value, found 't' at line 1, column 6", 5},
		{`{"a":True}`, "expected a JSON value, found 'T' at line 1, column 6", 5},
		{`{"a":nullx}`, "expected a comma or '}', found 'x' at line 1, column 10", 9},
		{`{"a":NaN}`, "expected a JSON value, found 'N' at line 1, column 6", 5},
		// Numbers.
		{`{"a":-}`, "invalid number at line 1, column 6", 5},
		{`{"a":+1}`, "expected a JSON value, found '+' at line 1, column 6", 5},
		{`{"a":01}`, "invalid number at line 1, column 6", 5},
		{`{"a":-00}`, "invalid number at line 1, column 6", 5},
		{`{"a":.5}`, "expected a JSON value, found '.' at line 1, column 6", 5},
		{`{"a":1.}`, "invalid number at line 1, column 6", 5},
		{`{"a":1.e5}`, "invalid number at line 1, column 6", 5},
		{`{"a":1e}`, "invalid number at line 1, column 6", 5},
		{`{"a":1E+}`, "invalid number at line 1, column 6", 5},
		{`{"a":1e-+5}`, "invalid number at line 1, column 6", 5},
		{`{"a":0x1}`, "expected a comma or '}', found 'x' at line 1, column 7", 6},
		{`{"a":1/2}`, "expected a comma or '}', found '/' at line 1, column 7", 6},
		{`{"a":1:2}`, "expected a comma or '}', found ':' at line 1, column 7", 6},
		// Strings.
		{`{"a":"`, "unterminated string at line 1, column 6", 5},
		{`{"a":"\n`, "unterminated string at line 1, column 6", 5},
		{`{"a":"x\"}`, "unterminated string at line 1, column 6", 5},
		{"{\"a\":\"x\ty\"}", `unescaped control character '\t' in a string at line 1, column 8`, 7},
		{"{\"a\":\"\x1f\"}", `unescaped control character '\x1f' in a string at line 1, column 7`, 6},
		{"{\n\"a\":\"\n\"}", `unescaped control character '\n' in a string at line 2, column 6`, 7},
		{`{"a":"\`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\x41"}`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\u"}`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\u12`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\u123g"}`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\u+123"}`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\u-123"}`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\U0041"}`, "invalid escape sequence at line 1, column 7", 6},
		{`{"a":"\ud800"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\ud800x"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\udbff\ud800"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\ud800\udbff"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\ud800\ue000"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\udc00"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\udc00\udc00"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\udfff\udfff"}`, "unpaired surrogate at line 1, column 7", 6},
		{`{"a":"\ud83d\ude00\ude00"}`, "unpaired surrogate at line 1, column 19", 18},
		// Depth.
		{nest(`{"a":`, "1", "}", 65), "nested more than 64 levels deep at line 1, column 321", 320},
		{`{"a":` + nest("[", "", "]", 64) + "}", "nested more than 64 levels deep at line 1, column 69", 68},
		// Duplicates.
		{`{"a":1,"a":2}`, `duplicate name "a" at line 1, column 8`, 7},
		{`{"a":1,"b":2,"b":3,"a":4}`, `duplicate name "b" at line 1, column 14`, 13},
		{`{"a":1,"a":2,"a":3}`, `duplicate name "a" at line 1, column 8`, 7},
		{`{"":1,"":2}`, `duplicate name "" at line 1, column 7`, 6},
		{`{"\u00e9":1,"é":2}`, `duplicate name "é" at line 1, column 13`, 12},
		{`{"a":{"b":1,` + "\n" + ` "b":2}}`, `duplicate name "b" at line 2, column 2`, 14},
		{`{"a":[{"b":1,"b":2}]}`, `duplicate name "b" at line 1, column 14`, 13},
		{`{"a\n":1,"a\n":2}`, `duplicate name "a\n" at line 1, column 10`, 9},
		// Invalid JSON is reported before duplicate names.
		{`{"a":1,"a":2,`, "expected a name in double quotes, found the end at line 1, column 14", 13},
	}
	for _, tt := range tests {
		object, err := ParseObject([]byte(tt.text))
		var syntax *SyntaxError
		if object != nil || !errors.As(err, &syntax) {
			t.Errorf("%q: got %v, %v", tt.text, object, err)
			continue
		}
		if err.Error() != tt.want || syntax.Offset != tt.offset {
			t.Errorf("%q: %s, offset %d\nwant %s, offset %d", tt.text, err, syntax.Offset, tt.want, tt.offset)
		}
	}
}

// Each text is accepted, with these bytes as its members.
func TestParseObjectAccepts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{}":                                    "",
		" { } ":                                 "",
		"\t\r\n{\n}\n":                          "",
		`{"a":1,"b":2}`:                         "a=1 b=2",
		"{ \"a\"\t:\n1 , \"b\" : [ 1 , 2 ] }":   "a=1 b=[ 1 , 2 ]",
		`{"a":{"b":{}},"c":[]}`:                 `a={"b":{}} c=[]`,
		`{"a":[[],{}, [ ] ,{ }]}`:               "a=[[],{}, [ ] ,{ }]",
		`{"a":true,"b":false,"c":null}`:         "a=true b=false c=null",
		`{"a":0,"b":-0,"c":10,"d":9}`:           "a=0 b=-0 c=10 d=9",
		`{"a":0.5,"b":-1.50,"c":0e0}`:           "a=0.5 b=-1.50 c=0e0",
		`{"a":1e5,"b":1E+05,"c":2.5e-3}`:        "a=1e5 b=1E+05 c=2.5e-3",
		`{"a":"","b":"\"\\\/\b\f\n\r\t"}`:       `a="" b="\"\\\/\b\f\n\r\t"`,
		`{"a b":" "}`:                           `a b=" "`,
		`{"a":"\u0041\uabcd\uABCD\uFfFf"}`:      `a="\u0041\uabcd\uABCD\uFfFf"`,
		`{"a":"\ud800\udc00\udbff\udfff"}`:      `a="\ud800\udc00\udbff\udfff"`,
		`{"a":"\ud7ff\ue000"}`:                  `a="\ud7ff\ue000"`,
		"{\"a\":\"é€😀\x7f\ufffd\ufeff\"}":       "a=\"é€😀\x7f\ufffd\ufeff\"",
		`{"\u0061b":1}`:                         "ab=1",
		`{"a":{"x":1},"b":{"x":1},"x":1,"X":2}`: `a={"x":1} b={"x":1} x=1 X=2`,
		nest(`{"a":`, "1", "}", 64):             "a=" + nest(`{"a":`, "1", "}", 63),
		`{"a":` + nest("[", "", "]", 63) + "}":  "a=" + nest("[", "", "]", 63),
	} {
		object, err := ParseObject([]byte(text))
		if err != nil || object == nil {
			t.Errorf("%q: %v, %v", text, object, err)
			continue
		}
		var members []string
		for _, m := range object {
			members = append(members, m.Name+"="+string(m.Value))
		}
		if got := strings.Join(members, " "); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// A duplicate is found however many names precede it.
func TestDuplicateAmongMany(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 40; n++ {
		for again := range n {
			var members []string
			for i := range n {
				members = append(members, fmt.Sprintf(`"n%d":%d`, i, i))
			}
			text := "{" + strings.Join(members, ",") + "}"
			if _, err := ParseObject([]byte(text)); err != nil {
				t.Fatalf("%d names, none twice: %v", n, err)
			}
			_, err := ParseObject(fmt.Appendf(nil, `%s,"n%d":0,"n%d":1}`, strings.TrimSuffix(text, "}"), again, again))
			want := fmt.Sprintf(`duplicate name "n%d" at line 1, column %d`, again, len(text)+1)
			if err == nil || err.Error() != want {
				t.Fatalf("%d names: %v, want %s", n, err, want)
			}
		}
	}
}

func TestReadObject(t *testing.T) {
	t.Parallel()
	object, err := ReadObject([]byte(`{"a":1,"a":{"b":1,"b":2}}`))
	var syntax *SyntaxError
	if !errors.As(err, &syntax) || syntax.Offset != 7 || len(object) != 2 || string(object[1].Value) != `{"b":1,"b":2}` {
		t.Errorf("a duplicate: %v, %v", object, err)
	}
	if object, err := ReadObject([]byte(`{"a":1,"a":2`)); object != nil || err == nil {
		t.Errorf("a broken text: %v, %v", object, err)
	}
	if object, err := ReadObject([]byte(`{"a":1}`)); len(object) != 1 || err != nil {
		t.Errorf("a good text: %v, %v", object, err)
	}
}

func TestParseValue(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		" 1.50\n":              "1.50",
		`"a"`:                  `"a"`,
		" [ 1, {\"a\":2} ] ":   `[ 1, {"a":2} ]`,
		`{"a":{"b":1}}`:        `{"a":{"b":1}}`,
		"null":                 "null",
		nest("[", "", "]", 64): nest("[", "", "]", 64),
	} {
		if got, err := ParseValue([]byte(text)); err != nil || string(got) != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"":                     "expected a JSON value, found the end at line 1, column 1",
		"\ufeff1":              "unexpected byte order mark at line 1, column 1",
		"1 2":                  "unexpected '2' after the value at line 1, column 3",
		"[1,":                  "expected a JSON value, found the end at line 1, column 4",
		`[{"a":1,"a":2}]`:      `duplicate name "a" at line 1, column 9`,
		`{"a":1,"a":2} x`:      "unexpected 'x' after the value at line 1, column 15",
		nest("[", "", "]", 65): "nested more than 64 levels deep at line 1, column 65",
	} {
		if got, err := ParseValue([]byte(text)); got != nil || err == nil || err.Error() != want {
			t.Errorf("%q: %s, %v\nwant %s", text, got, err, want)
		}
	}
}

// A set of names knows exactly the names that were added, however many there are and
// however many were expected.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, expected := range []int{0, 1, 15, 16, 17, 100} {
		for _, set := range []Names{{}, NamesFor(expected)} {
			var added []string
			for i := range 50 {
				name := fmt.Sprint("name ", i)
				if set.Add(name) {
					t.Fatalf("expecting %d: %s was never given", expected, name)
				}
				added = append(added, name)
				if n := slices.IndexFunc(added, func(known string) bool { return !set.Add(known) }); n >= 0 {
					t.Fatalf("expecting %d: %s was forgotten after %d names", expected, added[n], len(added))
				}
			}
		}
	}
}
