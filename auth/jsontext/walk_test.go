package jsontext

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWalk(t *testing.T) {
	t.Parallel()
	text := "{ \"a\" : [1, {\"b\":\"x\"}],\n \"a\": null }"
	var got []string
	err := Walk([]byte(text), func(n Node) {
		path, line := "-", 0
		if n.Path != nil {
			path = n.Path.String()
		}
		if n.Name >= 0 {
			line, _ = Position([]byte(text), n.Name)
		}
		if text[n.Start:n.Start+len(n.Raw)] != string(n.Raw) {
			t.Errorf("%s is not at %d", n.Raw, n.Start)
		}
		got = append(got, fmt.Sprintf("%s %d %d %s", path, n.Depth, line, strings.ReplaceAll(string(n.Raw), "\n", "")))
	})
	want := []string{
		"a 2 0 1", `a.b 3 1 "x"`, `a 2 0 {"b":"x"}`, `a 1 1 [1, {"b":"x"}]`, "a 1 2 null", `- 0 0 { "a" : [1, {"b":"x"}], "a": null }`,
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\n%s\nwant\n%s", err, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	visited := 0
	err = Walk([]byte(`[1,[2],`), func(Node) { visited++ })
	var syntax *SyntaxError
	if !errors.As(err, &syntax) || syntax.Offset != 7 || visited != 3 {
		t.Errorf("%v after %d values", err, visited)
	}
}

func TestObjectWalk(t *testing.T) {
	t.Parallel()
	var got []string
	Object{{"a", []byte(`{"b":[true]}`)}, {"c", []byte("[")}, {"d", []byte(" 1 ")}}.Walk(func(n Node) {
		got = append(got, fmt.Sprintf("%s %d %s", n.Path, n.Depth, n.Raw))
	})
	if want := []string{"a.b 3 true", "a.b 2 [true]", `a 1 {"b":[true]}`, "d 1 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestElements(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"[]": "ok", `[1, "a", [2,{"b":3}]]`: `1|"a"|[2,{"b":3}]|ok`, "": "no", "null": "no", "{}": "no", "[": "no", "[1]x": "no",
	} {
		elements, ok := Elements(json.RawMessage(raw))
		got := ""
		for _, element := range elements {
			got += string(element) + "|"
		}
		if ok {
			got += "ok"
		} else {
			got = "no"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
	if values, ok := Strings(json.RawMessage(`["a","\u0062"]`)); !ok || !slices.Equal(values, []string{"a", "b"}) {
		t.Errorf("%q, %t", values, ok)
	}
	if _, ok := Strings(json.RawMessage(`["a",null]`)); ok {
		t.Error("null is a string")
	}
}
