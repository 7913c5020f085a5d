package settings

import (
	"testing"
	"testing/quick"
)

// TestEscapedPlaceholders: a backslash makes {{ text, and two are one backslash.
func TestEscapedPlaceholders(t *testing.T) {
	t.Parallel()
	fresh := Fresh{N: 7}
	for written, want := range map[string]string{
		`{{n}}`: "7", `\{{n}}`: "{{n}}", `\\{{n}}`: `\7`, `\\\{{n}}`: `\{{n}}`, `a\{{b`: "a{{b", `C:\x\y`: `C:\x\y`, `x\`: `x\`,
		`\{{n}} of {{n}}`: "{{n}} of 7", `{{n}}\{{{{n}}`: "7{{7",
	} {
		parts, err := parseText(written)
		if err != nil {
			t.Errorf("%s: %v", written, err)
			continue
		}
		if got, err := parts.fill(fresh); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", written, got, err, want)
		}
	}
}

// TestEscape: an escaped text is that text.
func TestEscape(t *testing.T) {
	t.Parallel()
	same := func(s string) bool {
		parts, err := parseText(EscapePlaceholders(s))
		if err != nil || !parts.fixed() {
			return false
		}
		got, err := parts.fill(Fresh{})
		return err == nil && got == s
	}
	for _, s := range []string{"", `\`, "{{", `\{{`, `\\{{n}}`, "{{{{", "a{{b}}c", `{{\{{`, "{{{", `{\{{{`} {
		if !same(s) {
			t.Errorf("%q becomes %q", s, EscapePlaceholders(s))
		}
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
	letters := func(n uint32) bool {
		text := ""
		for ; n > 0; n /= 4 {
			text += string(`\{}a`[n%4])
		}
		return same(text)
	}
	if err := quick.Check(letters, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

// TestPreviewOfPlaceholders: what is not known yet stays as it is written.
func TestPreviewOfPlaceholders(t *testing.T) {
	t.Parallel()
	parts, err := parseText("{{n}} {{ uuid }} {{now}}")
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]string{0: "{{n}} {{ uuid }} -62135596800", 3: "3 {{ uuid }} -62135596800"} {
		if got, err := parts.fill(Fresh{N: n, Preview: true}); err != nil || got != want {
			t.Errorf("number %d: got %s, %v, want %s", n, got, err, want)
		}
	}
}
