package jsontext

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// Encoded JSON has white space only in strings, and its members are those that ParseObject
// returns.
func TestEncode(t *testing.T) {
	t.Parallel()
	for _, o := range []Object{
		nil,
		{},
		{{"a", []byte("1")}},
		{{"a", []byte(" 1")}, {"b", []byte("2 ")}, {"c", []byte("\n[ 1 ,\t2 ]\r\n")}},
		{{"é\n", []byte(`{ "x y" : " a  b " , "z" : { } }`)}, Text("t", "\u00e9 <&>"), {"n", []byte("null")}},
		{{"a", []byte(`[ [ ] , [ true , false ] , "\u00e9\"" , -1.50e+7 ]`)}, {"", []byte(`""`)}},
		{{"a", []byte("0")}, {"b", []byte("-0")}, {"c", []byte(`"\n"`)}, {"d", []byte(`{}`)}},
	} {
		text, members, err := o.Encode()
		if err != nil {
			t.Errorf("%q: %v", o, err)
			continue
		}
		read, err := ParseObject(text)
		if err != nil || len(read) != len(o) || len(members) != len(o) {
			t.Errorf("%q: %s reads as %q, %v", o, text, read, err)
			continue
		}
		for i := range o {
			if members[i].Name != o[i].Name || read[i].Name != o[i].Name || string(members[i].Value) != string(read[i].Value) {
				t.Errorf("%q: member %d is %q, and read %q", o, i, members[i], read[i])
			}
		}
		marshalled, err := o.MarshalJSON()
		if err != nil || string(marshalled) != string(text) {
			t.Errorf("%q: encoded %s, marshalled %s, %v", o, text, marshalled, err)
		}
		var compact strings.Builder
		inText := false
		for i := range len(text) {
			switch {
			case text[i] == '"' && (i == 0 || text[i-1] != '\\'):
				inText = !inText
			case !inText && strings.IndexByte(" \t\r\n", text[i]) >= 0:
				continue
			}
			compact.WriteByte(text[i])
		}
		if compact.String() != string(text) {
			t.Errorf("%q: there is white space in %s", o, text)
		}
	}
	text, members, err := Object{{"a", []byte("[ 1 , 2 ]")}, {"b", []byte(" \"x y\" ")}}.Encode()
	if err != nil || string(text) != `{"a":[1,2],"b":"x y"}` || string(members[0].Value) != "[1,2]" || string(members[1].Value) != `"x y"` {
		t.Errorf("%s, %q, %v", text, members, err)
	}
}

// Of several duplicate names the error names the first to end, at its place in the text
// that would be written.
func TestEncodeDuplicates(t *testing.T) {
	t.Parallel()
	one := []byte("1")
	nested := []byte(`{ "x" : 1 , "x" : 2 }`)
	for want, o := range map[string]Object{
		`duplicate name "x" at line 1, column 13`: {{"a", nested}, {"a", one}},
		`duplicate name "a" at line 1, column 8`:  {{"a", one}, {"a", nested}, {"a", one}},
		`duplicate name "x" at line 1, column 19`: {{"b", one}, {"a", nested}, {"c", nested}},
		`duplicate name "b" at line 1, column 14`: {{"a", one}, {"b", one}, {"b", one}, {"a", one}},
		`duplicate name "y" at line 1, column 14`: {{"a", []byte(`[{"y":1,"y":2},{"z":1,"z":2}]`)}},
	} {
		text, members, err := o.Encode()
		if text != nil || members != nil || err == nil || err.Error() != want {
			t.Errorf("%q: %s, %q, %v, want %s", o, text, members, err, want)
		}
	}
	for _, n := range []int{1, 15, 16, 17, 40} {
		var o Object
		for i := range n {
			o = append(o, Member{fmt.Sprint("n", i), one})
		}
		if _, _, err := o.Encode(); err != nil {
			t.Errorf("%d names, none twice: %v", n, err)
		}
		for _, again := range []int{0, n / 2, n - 1} {
			_, _, err := append(o[:n:n], o[again]).Encode()
			if err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf(`duplicate name "n%d" at `, again)) {
				t.Errorf("%d names, %d of them twice: %v", n, again, err)
			}
		}
	}
	long := strings.Repeat("n", 300)
	if _, _, err := (Object{{long, one}, {long, one}}).Encode(); err == nil ||
		!strings.HasPrefix(err.Error(), `duplicate name "`+long[:200]+`…" at`) {
		t.Errorf("a long name: %v", err)
	}
}

// A value is one JSON value, however it is written.
func TestEncodeRefusesOtherValues(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"":             "expected a JSON value, found the end at line 1, column 6",
		" ":            "expected a JSON value, found the end at line 1, column 6",
		"tru":          "expected a JSON value, found 't' at line 1, column 6",
		"01":           "invalid number at line 1, column 6",
		"1 2":          "unexpected '2' after the value at line 1, column 7",
		`"a" : 1`:      "unexpected ':' after the value at line 1, column 9",
		"[ 1 ,\n 2":    "expected a comma or ']', found the end at line 1, column 10",
		"{ \"é\" : }":  "expected a JSON value, found '}' at line 1, column 11",
		"\ufeff1":      "unexpected byte order mark at line 1, column 6",
		"[ \"\xff\" ]": "invalid UTF-8 at line 1, column 9",
	} {
		text, members, err := Object{{"a", json.RawMessage(value)}}.Encode()
		if text != nil || members != nil || err == nil || err.Error() != want {
			t.Errorf("%q: %s, %q, %v, want %s", value, text, members, err, want)
		}
	}
}

// A position counts lines from their ends and columns in characters.
func TestPosition(t *testing.T) {
	t.Parallel()
	const text = "ab\né€x\n\n😀y"
	for offset, want := range map[int][2]int{
		0: {1, 1}, 2: {1, 3}, 3: {2, 1}, 5: {2, 2}, 8: {2, 3}, 9: {2, 4}, 10: {3, 1}, 11: {4, 1}, 15: {4, 2}, 16: {4, 3},
	} {
		if line, column := Position([]byte(text), offset); line != want[0] || column != want[1] {
			t.Errorf("%d: %d, %d, want %v", offset, line, column, want)
		}
	}
}

// Every value is visited with its path, and with the offset of its name if it has one.
func TestWalkPlaces(t *testing.T) {
	t.Parallel()
	const text = ` [ {"a" : [ 1 , {} ] , "a" : {"b":null} } , "x" ] `
	var got []string
	if err := Walk([]byte(text), func(n Node) {
		path := ""
		if n.Path != nil {
			path = n.Path.String()
		}
		got = append(got, fmt.Sprintf("%q %d %d %d %s", path, n.Depth, n.Name, n.Start, n.Raw))
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`"a" 3 -1 12 1`, `"a" 3 -1 16 {}`, `"a" 2 4 10 [ 1 , {} ]`, `"a.b" 3 30 34 null`, `"a" 2 23 29 {"b":null}`,
		`"" 1 -1 3 {"a" : [ 1 , {} ] , "a" : {"b":null} }`, `"" 1 -1 44 "x"`, `"" 0 -1 1 [ {"a" : [ 1 , {} ] , "a" : {"b":null} } , "x" ]`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, text := range []string{"", "1 2", "[1", `{"a":1}}`} {
		if err := Walk([]byte(text), func(Node) {}); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
	var visited []string
	Object{{"a", []byte("1")}, {"b", []byte(`{"c":"x","c":"y"}`)}, {"d", nil}, {"e", []byte("[2")}}.Walk(func(n Node) {
		visited = append(visited, fmt.Sprintf("%s %d %d %d %s", n.Path, n.Depth, n.Name, n.Start, n.Raw))
	})
	if want := "a 1 -1 0 1|b.c 2 1 5 \"x\"|b.c 2 9 13 \"y\"|b 1 -1 0 {\"c\":\"x\",\"c\":\"y\"}|e 2 -1 1 2"; strings.Join(visited,
		"|") != want {
		t.Errorf("got %s\nwant %s", strings.Join(visited, "|"), want)
	}
}
