package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/terminal"
)

// hostile are inputs that crash the decoder unless they are filtered.
var hostile = map[string]string{
	"CSI":                     "\x1b[" + strings.Repeat("1;", 32) + "1m",
	"CSI with colons":         "\x1b[" + strings.Repeat(":", 40) + "m",
	"DCS":                     "\x1bP" + strings.Repeat("1;", 40) + "q\x1b\\",
	"CSI, C1 byte":            "\x9b" + strings.Repeat("1;", 40) + "m",
	"DCS, C1 byte":            "\x90" + strings.Repeat("1;", 40) + "q\x9c",
	"private CSI":             "\x1b[?" + strings.Repeat("1;", 40) + "h",
	"unterminated":            "\x1b[" + strings.Repeat("1;", 40),
	"after an escape":         "\x1b(\x1b#[" + strings.Repeat("1;", 40) + "m",
	"in a paste":              "\x1b[200~before\x1b[" + strings.Repeat("1;", 40) + "mafter\x1b[201~",
	"in a string":             "\x1b]0;title\x1b[" + strings.Repeat("1;", 40) + "m",
	"in a rune in a string":   "\x1b]0;✛" + strings.Repeat("1;", 40) + "m",
	"in an invalid rune":      "\xe2\x82\x9b" + strings.Repeat("1;", 40) + "m",
	"after a Windows key":     "\x1b[0;0;97;1;0;1_\x1b[" + strings.Repeat("1;", 40) + "m",
	"after a mouse report":    "\x1b[M   \x1b[" + strings.Repeat("1;", 40) + "m",
	"a mouse report, C1 byte": "\x9bMabc",
	"a mouse report, Windows": "\x9b\x1b[0;0;77;1;0;1_abc",
	"several, one after each": strings.Repeat("\x1b["+strings.Repeat("1;", 40)+"m", 3),
}

// ordinary are inputs that must arrive unchanged.
var ordinary = map[string]string{
	"text":                 "ada@example.com",
	"keys":                 "\x1b[A\x1b[1;5C\x1bOP\x1b\x1b[3~",
	"keyboard protocol":    "\x1b[97:65;2:1;65u",
	"mouse":                "\x1b[<0;35;12M\x1b[<0;35;12m",
	"replies":              "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?2026;2$y\x1bP>|XTerm(390)\x1b\\",
	"old mouse":            "\x1b[M !!\x1b[M#!!",
	"attributes":           "\x1b[?" + strings.Repeat("1;", 23) + "1c",
	"semicolons":           strings.Repeat(";", 100),
	"a paste of a table":   "\x1b[200~" + strings.Repeat("1;2;3;", 40) + "\x1b[201~",
	"a rune that ends 9B":  "ě" + strings.Repeat(";", 60) + "Û" + strings.Repeat("1:", 60),
	"a rune that ends 90":  "А" + strings.Repeat("1;", 60),
	"after a reply":        "\x1b]11;rgb:1e1e/1e1e/2e2e\aě" + strings.Repeat(";", 60),
	"after a mouse report": "\x1b[<0;35;12Mě" + strings.Repeat(";", 60),
	"a rune that holds 9C": "✜ ✛" + strings.Repeat("1;", 60),
	"invalid UTF-8":        "\xff\xc3\xe2\x82;\xf0\x9f\x98",
	"a lone ESC":           "\x1b",
}

func TestDecoderCrashesWithoutFilter(t *testing.T) {
	t.Parallel()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("x/ansi no longer panics on 33 parameters: is the filter still needed?")
			}
		}()
		ansi.DecodeSequence([]byte(hostile["CSI"]), ansi.NormalState, ansi.GetParser())
	}()
	for name, input := range hostile {
		switch name {
		case "in a rune in a string", "in an invalid rune", "a mouse report, Windows":
			continue // these crash only a decoder that restarts in the middle
		}
		if _, crash := decode([]byte(input)); crash == nil {
			t.Errorf("%s: the decoder does not panic, so this tests nothing", name)
		}
	}
}

func TestInputKeepsDecoderAlive(t *testing.T) {
	t.Parallel()
	for name, input := range hostile {
		for _, size := range []int{1, 2, 7, 4096} {
			filtered := read(t, []byte(input), size)
			if _, crash := decode(filtered...); crash != nil {
				t.Errorf("%s, %d bytes a read: %v", name, size, crash)
			}
			if got, want := essence(bytes.Join(filtered, nil)), essence([]byte(input)); got != want {
				t.Errorf("%s, %d bytes a read: too much was lost:\n got %q\nwant %q", name, size, got, want)
			}
		}
	}
}

// The decoder reads a rune from its middle if it has taken the start for something
// else and waits for more: then a byte of text opens a sequence.
func TestInputWhereTheDecoderRestarts(t *testing.T) {
	t.Parallel()
	separators := strings.Repeat(";", 33)
	for name, beginning := range map[string]string{
		"after an old mouse report": "\x1b[M  ě",
		"after a string":            "\x1b]0;✛",
		"after a Windows key":       "\x1b[0;0;8364;1;0;1_\x1bOě",
	} {
		first, second := []byte(beginning+separators), []byte("1m")
		if _, crash := decodeAfter(uv.DefaultEscTimeout, first, second); crash == nil {
			t.Errorf("%s: the decoder does not panic, so this tests nothing", name)
		}
		filtered := read(t, append(first, second...), len(first))
		if _, crash := decodeAfter(uv.DefaultEscTimeout, filtered...); crash != nil {
			t.Errorf("%s: %v\n%q", name, crash, filtered)
		}
	}
}

func TestInputKeepsOrdinaryInput(t *testing.T) {
	t.Parallel()
	for name, input := range ordinary {
		for _, size := range []int{5, 7, 16, 4096} {
			if got := string(bytes.Join(read(t, []byte(input), size), nil)); got != input {
				t.Errorf("%s, %d bytes a read:\n got %q\nwant %q", name, size, got, input)
			}
		}
	}
}

func TestInputCountsEachSequenceAlone(t *testing.T) {
	t.Parallel()
	sequence := "\x1b[" + strings.Repeat("1;", 30) + "m"
	want := "\x1b[" + strings.Repeat("1;", 23) + strings.Repeat("1", 7) + "m"
	got := string(bytes.Join(read(t, []byte(sequence+"ok;"+sequence), 4096), nil))
	if got != want+"ok;"+want {
		t.Errorf("got %q", got)
	}
}

func TestReadPassesWholeRunes(t *testing.T) {
	t.Parallel()
	for i, part := range read(t, []byte(strings.Repeat("aě✛🙂", 20)), 7) {
		if got := string(part); strings.ToValidUTF8(got, "?") != got {
			t.Errorf("read %d ends in the middle of a rune: %q", i, part)
		}
	}
}

// However late the rest of a key arrives, it is not treated as typed text.
func TestReadPassesWholeKeys(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, key, rest string }{
		{"mouse", "\x1b[<0;35;12M", "x"},
		{"function key", "\x1b[20~", "x"},
		{"modified arrow", "\x1b[1;5C", "x"},
		{"alt with a key", "\x1b\x1b[3~", "x"},
		{"keyboard protocol", "\x1b[97:65;2:1;65u", "x"},
		{"paste", "\x1b[200~", "ada\x1b[201~"},
	} {
		want, _ := decode([]byte(test.key + test.rest))
		// ESC and ESC [ are keys themselves.
		for cut := strings.IndexByte(test.key, '[') + 2; cut < len(test.key); cut++ {
			r, w := pipe(t)
			in := terminal.NewInput(r)
			var parts [][]byte
			for _, part := range []string{test.key[:cut], test.key[cut:] + test.rest} {
				if _, err := w.WriteString(part); err != nil {
					t.Fatal(err)
				}
				p := make([]byte, 4096)
				n, err := in.Read(p)
				if err != nil {
					t.Fatal(err)
				}
				parts = append(parts, p[:n])
			}
			if got, crash := decode(parts...); crash != nil || !slices.Equal(got, want) {
				t.Errorf("%s, cut after %q:\n got %q\nwant %q", test.name, test.key[:cut], got, want)
			}
		}
	}
}

func TestEndedIsClosedAtTheEndOfInput(t *testing.T) {
	t.Parallel()
	r, w := pipe(t)
	in := terminal.NewInput(r)
	_, _ = w.WriteString("a")
	if n, err := in.Read(make([]byte, 8)); n != 1 || err != nil {
		t.Fatalf("Read = %d, %v", n, err)
	}
	select {
	case <-in.Ended():
		t.Error("ended before the end")
	default:
	}
	_ = w.Close()
	if n, err := in.Read(make([]byte, 8)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("Read at the end = %d, %v", n, err)
	}
	select {
	case <-in.Ended():
	default:
		t.Error("not ended at the end")
	}
}

// FuzzInput splits an input into reads of any size and passes the filtered bytes to
// the decoder that the console uses.
func FuzzInput(f *testing.F) {
	for _, input := range hostile {
		f.Add([]byte(input), uint64(1))
	}
	for _, input := range ordinary {
		f.Add([]byte(input), uint64(2))
	}
	f.Fuzz(func(t *testing.T, input []byte, seed uint64) {
		checkFiltered(t, input, rand.New(rand.NewPCG(seed, 0)))
	})
}

// TestInputOnRandomSequences is the fuzz target with inputs made of the pieces that
// matter, which random mutation rarely combines.
func TestInputOnRandomSequences(t *testing.T) {
	t.Parallel()
	pieces := []string{
		"\x1b", "[", "P", "]", "_", "X", "M", "m", "~", "q", "$", "?", "<", " ", "(", "\a", "\x18", "\x1b\\",
		"\x9b", "\x90", "\x9c", "\x9d", "\x9f", "\xc4", "\xe2", "\xe2\x9c", "ě", "А", "✛", "✝", "✜", "🙂",
		"\x1b[200~", "\x1b[201~", "\x1b[M", "\x1b]0;", "\x1bP", "\x9bM", "abc",
		"\x1b[0;0;283;1;0;1_", "\x1b[0;0;97;0;0;1_", "\x1b[0;0;77;1;0;1_", "\x1b[;;155;1_",
		strings.Repeat(";", 33), strings.Repeat("1;", 33), strings.Repeat("1:", 12), "1",
	}
	random := rand.New(rand.NewPCG(33, 24))
	for range 3000 {
		var input []byte
		for range 1 + random.IntN(14) {
			input = append(input, pieces[random.IntN(len(pieces))]...)
		}
		checkFiltered(t, input, random)
	}
}

func checkFiltered(t *testing.T, input []byte, random *rand.Rand) {
	t.Helper()
	filtered := read(t, input, 1+random.IntN(64))
	if got, want := essence(bytes.Join(filtered, nil)), essence(input); got != want {
		t.Fatalf("too much was lost:\n got %q\nwant %q", got, want)
	}
	if _, crash := decode(filtered...); crash != nil {
		t.Fatalf("%v\n%q", crash, filtered)
	}
}

// read returns the results of reading input through an Input, read by read.
func read(t *testing.T, input []byte, size int) [][]byte {
	t.Helper()
	r, w := pipe(t)
	go func() {
		_, _ = w.Write(input)
		_ = w.Close()
	}()
	in := terminal.NewInput(r)
	var parts [][]byte
	for {
		p := make([]byte, size)
		n, err := in.Read(p)
		if n > 0 {
			parts = append(parts, p[:n])
		}
		if errors.Is(err, io.EOF) {
			_ = r.Close()
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

// decode runs the decoder of the console over the parts, one read each, and returns
// its events and the value of its panic.
func decode(parts ...[]byte) (events []string, crash any) {
	// The timeout is so short that the decoder decodes incomplete input after some
	// reads and not after others.
	return decodeAfter(1, parts...)
}

// decodeAfter is decode with the timeout after which the decoder no longer waits for
// the rest of a sequence.
func decodeAfter(timeout time.Duration, parts ...[]byte) (events []string, crash any) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	found := make(chan uv.Event)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for event := range found {
			events = append(events, fmt.Sprintf("%T %v", event, event))
		}
	}()
	func() {
		defer func() { crash = recover() }()
		reader := uv.NewTerminalReader(&scripted{parts}, "xterm-256color")
		reader.EscTimeout = timeout
		_ = reader.StreamEvents(ctx, found)
	}()
	close(found)
	<-done
	return events, crash
}

// scripted returns one part per read.
type scripted struct{ parts [][]byte }

func (s *scripted) Read(p []byte) (int, error) {
	if len(s.parts) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.parts[0])
	s.parts = s.parts[1:]
	return n, nil
}

// essence is p without the bytes that the filter may remove.
func essence(p []byte) string {
	return strings.NewReplacer(";", "", ":", "", "M", "", "_", "").Replace(string(p))
}
