package jsontext

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Quote writes each text as a JSON string that reads as the text, and escapes only what it
// must. A text without escapes is plain.
func TestQuote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":              `""`,
		"a":             `"a"`,
		" ~":            `" ~"`,
		"<a & b>":       `"<a & b>"`,
		`"`:             `"\""`,
		`a\b`:           `"a\\b"`,
		"\n\t\x00\x1f":  `"\n\t\u0000\u001f"`,
		"\x7f":          "\"\x7f\"",
		"é€😀":           `"é€😀"`,
		"\u2028":        `"\u2028"`,
		"a\xffb":        `"a\ufffdb"`,
		"\x1f":          `"\u001f"`,
		"line\nbreak\n": `"line\nbreak\n"`,
	} {
		got := Quote(text)
		if string(got) != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		if appended := AppendQuote([]byte("before:"), text); string(appended) != "before:"+want {
			t.Errorf("%q: appended %s", text, appended)
		}
		ascii := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) < 0
		if IsPlainText(text) != ascii || IsPlainText([]byte(text)) != ascii {
			t.Errorf("%q: plain %v", text, !ascii)
		}
	}
}

func TestIsPlain(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"1", "9", "10", "1234567890", `""`, `"a"`, `" ~"`, `"'"`} {
		if !IsPlain([]byte(value)) {
			t.Errorf("%s is plain", value)
		}
	}
	for _, value := range []string{
		"", "0", "01", "-1", "1.5", "1e5", " 1", "1 ", "/", ":", "true", "[]", `"`, `a"`, `"a`, `"\n"`, `"é"`, `"""`, "\"\x1f\"",
		"\"\x7f\"", `1"`, `"1`,
	} {
		if IsPlain([]byte(value)) {
			t.Errorf("%s is not plain", value)
		}
	}
}

func TestUnquote(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`""`: "", `"a"`: "a", `"\u0061\n"`: "a\n", `"é"`: "é", `"\ud83d\ude00"`: "😀", `"\""`: `"`, `"a\\"`: `a\`,
	} {
		if got, ok := Unquote(json.RawMessage(raw)); !ok || got != want {
			t.Errorf("%s: %q, %v", raw, got, ok)
		}
	}
	for _, raw := range []string{"", "1", "null", `{"a":"b"}`, `["a"]`, `"`, `"a`, `"a\"`, `"a"b"`, `a"`} {
		if got, ok := Unquote(json.RawMessage(raw)); ok || got != "" {
			t.Errorf("%s was read as %q", raw, got)
		}
	}
}

func TestStrings(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][]string{
		"[]": {}, ` ["a"]`[1:]: {"a"}, `[ "a" , "\u0062", "" ]`: {"a", "b", ""},
	} {
		if got, ok := Strings(json.RawMessage(raw)); !ok || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", raw, got, ok)
		}
	}
	for _, raw := range []string{"", `"a"`, "null", "{}", `{"a":"b"}`, `["a"`, `["a",1]`, `[null]`, `[["a"]]`, `["a",]`} {
		if got, ok := Strings(json.RawMessage(raw)); ok || got != nil {
			t.Errorf("%s was read as %q", raw, got)
		}
	}
}

func TestKind(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"": "nothing", `"1"`: "a string", "{}": "an object", "[]": "an array", "true": "a boolean", "false": "a boolean",
		"null": "null", "0": "a number", "-1": "a number",
	} {
		if got := Kind(json.RawMessage(raw)); got != want {
			t.Errorf("%s is %s, want %s", raw, got, want)
		}
	}
}

func TestIsNumber(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"0", "-0", "12", "1.5", "1e5", "-1.50E-07"} {
		if !IsNumber([]byte(raw)) {
			t.Errorf("%s is a number", raw)
		}
	}
	for _, raw := range []string{"", "-", "01", "1.", ".5", "1e", "1 ", " 1", "1a", `"1"`, "null", "1,2"} {
		if IsNumber([]byte(raw)) {
			t.Errorf("%q is not a number", raw)
		}
	}
}

// An excerpt ends between characters.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	a := strings.Repeat("a", 300)
	for text, want := range map[string]string{
		"":                "",
		a[:200]:           a[:200],
		a[:201]:           a[:200] + "…",
		a[:198] + "éé":    a[:198] + "é…",
		a[:199] + "éé":    a[:199] + "…",
		a[:199] + "é":     a[:199] + "…",
		a[:197] + "😀aa":   a[:197] + "…",
		a[:196] + "😀aa":   a[:196] + "😀…",
		a[:198] + "😀":     a[:198] + "…",
		a[:100] + "\x00é": a[:100] + "\x00é",
	} {
		if got := Excerpt([]byte(text)); got != want {
			t.Errorf("%d bytes: got %q, want %q", len(text), got, want)
		}
	}
	if long := bytes.Repeat([]byte("x"), 1<<20); len(Excerpt(long)) != 200+len("…") {
		t.Error("a long text is not cut")
	}
}
