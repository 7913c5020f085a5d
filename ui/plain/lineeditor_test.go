package plain

import (
	"bufio"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth/find"
)

// editor returns a line editor whose keys are those bytes.
func editor(t testing.TB, keys string) *lineEditor {
	t.Helper()
	nothing, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = nothing.Close() })
	return &lineEditor{in: bufio.NewReader(strings.NewReader(keys)), input: nothing, out: io.Discard, terminal: nothing}
}

// Keys have the names of package buffer, and what is no key means nothing.
func TestKeyNames(t *testing.T) {
	t.Parallel()
	for bytes, want := range map[string]string{
		"a": "a", "ë": "ë", "\xff": "\xff", "\t": "\t", "\r": "enter", "\n": "enter", "\x7f": "backspace", "\b": "ctrl+h", "\x01": "ctrl+a",
		"\x1f": "ctrl+_", "\x00": noKey, "\x1b": noKey, "\x1bb": "alt+b", "\x1bB": "alt+b", "\x1b\x7f": "alt+backspace",
		"\x1b[A": "up", "\x1bOD": "left", "\x1b[H": "home", "\x1b[4~": "end", "\x1b[3~": "delete",
		"\x1b[1;5C": "ctrl+right", "\x1b[1;3D": "alt+left",
		"\x1b[15~": noKey, "\x1b[200~": noKey, "\x1b[[A": noKey, "\x1b[": "alt+[", "\x1b[1": noKey,
		"\x1b[" + strings.Repeat("1;", 40) + "m": noKey,
	} {
		in := bufio.NewReader(strings.NewReader(bytes))
		_, _ = in.Peek(1) // so that all is read already
		key, err := readKey(in, func() bool { return false })
		if got := key.name + key.text; err != nil || got != want {
			t.Errorf("%q is %q, want %q (%v)", bytes, got, want, err)
		}
	}
}

// Whatever is typed, reading ends, and a line is never longer than it may be.
func FuzzLineEditor(f *testing.F) {
	for _, seed := range []string{
		"", "ada\n", "\x1b", "\x1b[", "\x1b]0;x", "\x1bP\n", "\x1b[A\x1b[B\n\x1b[A\n", "日本\x1b[D\x1b[D\x7f\n", "a\x04\n",
		"\x04", "\xe6\x97\n", "e\u0301\x7f\n",
		strings.Repeat("x", 300) + "\x01y\x1b[C\x0b\n", "\x1b[" + strings.Repeat("1;", 40) + "m\n", "\x1b[200~a\nb\x1b[201~\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, keys string) {
		e := editor(t, keys)
		for range len(keys) + 2 {
			line, err := e.read(question{prompt: "> ", earlier: true}, find.MaxPasted)
			switch {
			case len(line) > find.MaxPasted:
				t.Fatalf("%q: a line of %d bytes", keys, len(line))
			case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
				return
			}
		}
		t.Fatalf("%q: it does not end", keys)
	})
}

// A row that is longer than the terminal shows the part around the cursor.
func TestWindow(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		text := strings.Repeat("ab日", random.IntN(40))
		width := len([]rune(text)) / 3 * 4
		at, room := 0, 8+random.IntN(40)
		if width > 0 {
			at = random.IntN(width + 1)
		}
		at = ansi.StringWidth(ansi.Cut(text, 0, at)) // not inside a character
		before := ansi.Cut(text, 0, at)
		part, cursor := window(text, at, room)
		if shown := strings.TrimPrefix(ansi.Cut(part, 0, cursor), moreBefore); !strings.HasSuffix(before, shown) {
			t.Fatalf("window(%q, %d, %d) = %q: before the cursor is %q", text, at, room, part, shown)
		}
		if cells := ansi.StringWidth(part); cells > room || cursor < 0 || cursor > cells {
			t.Fatalf("window(%q, %d, %d) = %q, %d", text, at, room, part, cursor)
		}
	}
}
