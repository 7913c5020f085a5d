package jsontext

import (
	"slices"
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		" 1.10e+2 ":                          "1.10e+2",
		"{ \"a\" : [ 1,\n\t2 ] }":            `{"a":[1,2]}`,
		`["No\u00ebl","a  b"]`:               `["Noël","a  b"]`,
		`{"No\u00ebl":{"\u0061":"\/"}}`:      `{"Noël":{"a":"/"}}`,
		`["\"\\\n"]`:                         `["\"\\\n"]`,
		`["\ud83d\ude00","<&>"]`:             `["😀","<&>"]`,
		`"\u0041"`:                           `"A"`,
		"[]":                                 "[]",
		"[1,]":                               "[1,]",
		`{ "a": "\u00eb" `:                   `{ "a": "\u00eb" `,
		"":                                   "",
		`{ "a" : 1, "a" : 9007199254740993}`: `{"a":1,"a":9007199254740993}`,
	} {
		if got := Plain([]byte(raw)); got != want {
			t.Errorf("%q is %q, want %q", raw, got, want)
		}
	}
}

func TestEachString(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		` 7 `:                      {` 7 `},
		`"a"`:                      {``, `"a"`, ``},
		`{"a" : ["b\"", 1, ""] } `: {`{`, `name "a"`, ` : [`, `"b\""`, `, 1, `, `""`, `] } `},
		`{"a":{"b":"c"},"d":[{}]}`: {`{`, `name "a"`, `:{`, `name "b"`, `:`, `"c"`, `},`, `name "d"`, `:[{}]}`},
		`["a", oops, "b"]`:         {`[`, `"a"`, `, oops, "b"]`},
		`["never closed`:           {`["never closed`},
	} {
		var got []string
		rest := EachString([]byte(text), func(between, quoted []byte, isName bool) {
			name := ""
			if isName {
				name = "name "
			}
			got = append(got, string(between), name+string(quoted))
		})
		if got = append(got, string(rest)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
		if whole := strings.ReplaceAll(strings.Join(got, ""), "name ", ""); whole != text {
			t.Errorf("%s: the parts are %s", text, whole)
		}
	}
}
