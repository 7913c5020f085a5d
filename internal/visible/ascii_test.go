package visible_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/visible"
)

func TestASCII(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"plain \x1b[1m~\x1b[0m\n": {"plain \x1b[1m~\x1b[0m\n", "plain \x1b[1m~\x1b[0m\n"},
		"✓ ✗ ▲ ● ○ ∞":             {"+ x ! * o ~", "+ x ! * o ~"},
		"HS256 · key …":           {"HS256 - key .", "HS256 - key ."},
		"╭─┬━┐│█▌░":               {"+-+-+|#|.", "+-+-+|#|."},
		"⠋ ↑/↓ ‹›":                {"* ^/v <>", "* ^/v <>"},
		"Zoë":                     {"Zo<U+00EB>", "Zo?"},
		"日本":                      {"<U+65E5><U+672C>", "????"},
		"e\u0301":                 {"e<U+0301>", "e"},
		"👩\u200d🚀!":               {"<U+1F469><U+200D><U+1F680>!", "??!"},
	} {
		if got := visible.ASCII(text); got != want[0] {
			t.Errorf("ASCII(%q) = %q, want %q", text, got, want[0])
		}
		cells := visible.ASCIICells(text)
		if cells != want[1] && text != "e\u0301" {
			t.Errorf("ASCIICells(%q) = %q, want %q", text, cells, want[1])
		}
		if ansi.StringWidth(cells) != ansi.StringWidth(text) {
			t.Errorf("ASCIICells(%q) has %d cells, want %d", text, ansi.StringWidth(cells), ansi.StringWidth(text))
		}
	}
}

// A character may be written in pieces.
func TestASCIIWriter(t *testing.T) {
	t.Parallel()
	const text = "a ✓ ë 日 \xff end"
	want := visible.ASCII(text)
	for size := 1; size <= len(text); size++ {
		var out strings.Builder
		w := visible.ASCIIWriter(&out)
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if written, err := w.Write([]byte(rest[:n])); err != nil || written != n {
				t.Fatal(written, err)
			}
			rest = rest[n:]
		}
		if out.String() != want {
			t.Errorf("in pieces of %d: %q, want %q", size, out.String(), want)
		}
	}
	if strings.ContainsFunc(want, func(r rune) bool { return r >= utf8.RuneSelf }) {
		t.Error(want)
	}
}
