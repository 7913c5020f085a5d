package terminal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// long is a sequence with more parameters than the decoder has room for.
var long = strings.Repeat("1;", 40)

// hostile are inputs that crash the decoder of Bubble Tea, or that stop in the middle of
// something.
func hostile() map[string]string {
	return map[string]string{
		"CSI":                 "\x1b[" + long + "1m",
		"CSI with colons":     "\x1b[" + strings.Repeat(":", 40) + "m",
		"CSI, C1 byte":        "\x9b" + long + "m",
		"private CSI":         "\x1b[?" + long + "h",
		"CSI without end":     "\x1b[1;5",
		"CSI, too long":       "\x1b[" + strings.Repeat("1", 1000),
		"CSI after an escape": "\x1b(\x1b#[" + long + "m",
		"DCS":                 "\x1bP" + long + "q\x1b\\",
		"DCS, C1 byte":        "\x90" + long + "q\x9c",
		"DCS without end":     "\x1bP1;2q abc",
		"OSC without end":     "\x1b]0;title",
		"OSC, C1 byte":        "\x9d0;title",
		"APC without end":     "\x1b_G abc",
		"PM without end":      "\x1b^abc",
		"SOS without end":     "\x1bXabc",
		"string, too long":    "\x1b]0;" + strings.Repeat("a", 20000),
		"string and escape":   "\x1b]0;title\x1b",
		"half a rune":         "\xe2\x82",
		"half a rune, alt":    "\x1b\xe2",
		"Windows key":         "\x1b[0;0;97;1;0;1_\x1b[" + long + "m",
		"old mouse report":    "\x1b[M   \x1b[" + long + "m",
		"half a mouse report": "\x1b[M!",
		"C1 mouse report":     "\x9bMabc",
		"function key":        "\x1bO5",
		"escapes":             strings.Repeat("\x1b", 5),
		"Windows-1252":        "caf\xe9 \x9d",
		"a line and more":     "ada\rbob",
	}
}

// terminalInput drives a stream with a clock of its own.
type terminalInput struct {
	stream
	now time.Time
}

func open() *terminalInput { return &terminalInput{now: time.Unix(1800000000, 0)} }

// send sends bytes that arrive together.
func (in *terminalInput) send(text string) *terminalInput {
	in.feed([]byte(text), in.now)
	return in
}

// wait lets time pass, as the clock of the real input does.
func (in *terminalInput) wait(d time.Duration) *terminalInput {
	end := in.now.Add(d)
	for due := in.due(); !due.IsZero() && !due.After(end); due = in.due() {
		in.expire(due)
	}
	in.now = end
	in.expire(end)
	return in
}

// got takes the messages and describes them.
func (in *terminalInput) got() string {
	var all []string
	for msg := in.next(); msg != nil; msg = in.next() {
		switch m := msg.(type) {
		case uv.KeyPressEvent:
			all = append(all, m.String())
		case tea.PasteMsg:
			all = append(all, fmt.Sprintf("paste %q", m.Content))
		case Burst:
			keys := ""
			for _, k := range m.Keys {
				keys += k.String()
			}
			all = append(all, fmt.Sprintf("burst %q %s", m.Text, keys))
		default:
			all = append(all, fmt.Sprintf("%T%+v", m, m))
		}
	}
	return strings.Join(all, ", ")
}

func (in *terminalInput) expect(t *testing.T, what, want string) {
	t.Helper()
	if got := in.got(); got != want {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

// These are why the bytes of a terminal do not go to the decoder as they are.
func TestDecoderCrashes(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("x/ansi no longer panics on 33 parameters: is the limit still needed?")
		}
	}()
	ansi.DecodeSequence([]byte(hostile()["CSI"]), ansi.NormalState, ansi.GetParser())
}

func TestKeys(t *testing.T) {
	t.Parallel()
	for input, want := range map[string]string{
		"a":                                "a",
		"é":                                "é",
		"🙂":                                "🙂",
		"\r":                               "enter",
		"\n":                               "enter",
		"\x1b[A\x1b[1;5C\x1bOP":            "up, ctrl+right, f1",
		"\x1b\x1b[3~":                      "alt+delete",
		"\x1bq\x1b\r\x1bé":                 "alt+q, alt+enter, alt+é",
		"\x1b\x1b":                         "alt+esc",
		"\x1b[97:65;2:1;65u":               "A",
		"\x1b[<0;35;12M":                   "uv.MouseClickEventleft",
		"\x1b[M !!":                        "uv.MouseClickEventleft",
		"\x1b[I":                           "uv.FocusEvent{}",
		"\x1b[?2026;2$y":                   "uv.ModeReportEvent{Mode:2026 Value:2}",
		"\x1bP>|XTerm(390)\x1b\\":          "uv.TerminalVersionEventXTerm(390)",
		"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\": "uv.BackgroundColorEvent#1e1e2e",
		"\x1b]11;rgb:1e1e/1e1e/2e2e\a":     "uv.BackgroundColorEvent#1e1e2e",
		"\x1b":                             "esc",
		"\x1b[":                            "alt+[",
		"\x1b]":                            "alt+]",
		"\x1bP":                            "alt+shift+p",
		"\x1b[3$":                          "shift+delete",
		"\x1b[99;5u":                       "ctrl+c",
	} {
		open().send(input).wait(50*time.Millisecond).expect(t, fmt.Sprintf("%q", input), want)
		in := open() // and in pieces
		for i := range len(input) {
			in.send(input[i : i+1]).wait(5 * time.Millisecond)
		}
		in.wait(50*time.Millisecond).expect(t, fmt.Sprintf("%q in pieces", input), want)
	}
}

// A key whose rest comes late is a key all the same, but for ESC and ESC [.
func TestLateRestOfAKey(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"\x1b[<0;35;12M", "\x1b[20~", "\x1b[1;5C", "\x1b\x1b[3~", "✛"} {
		whole := open().send(key).got()
		for cut := max(1, strings.IndexByte(key, '[')+2); cut < len(key); cut++ {
			in := open().send(key[:cut]).wait(900 * time.Millisecond).send(key[cut:])
			in.wait(time.Second).expect(t, fmt.Sprintf("%q, cut at %d", key, cut), whole)
		}
	}
}

func TestPastes(t *testing.T) {
	t.Parallel()
	for name, content := range hostile() {
		for _, size := range []int{1, 2, 7, 4096} {
			in := open()
			for part := range slices.Chunk([]byte("\x1b[200~"+content+"\x1b[201~x"), size) {
				in.send(string(part))
			}
			in.wait(enterAfter).expect(t, fmt.Sprintf("%s, %d bytes a read", name, size), fmt.Sprintf("paste %q, x", content))
		}
	}
	open().send("a\x1b[200~one\x1b[201~b\x1b[200~two\x1b[201~\r").expect(t, "two", `a, paste "one", b, paste "two", enter`)
	open().send("\x1b[200~\x1b[201~").expect(t, "an empty one", "")
	open().send("\x1b[200~\x1b[201\x1b[201~").expect(t, "half a mark", `paste "\x1b[201"`)
	open().send("\x1b[200~a\x03\x1a\x1b[201~").expect(t, "control characters", `paste "a\x03\x1a"`)
}

func TestPasteWithoutEnd(t *testing.T) {
	t.Parallel()
	for name, content := range hostile() {
		in := open().send("\x1b[200~" + content).wait(999 * time.Millisecond)
		in.expect(t, name+", too early", "")
		in.wait(time.Millisecond).expect(t, name, fmt.Sprintf("paste %q", content))
		in.send("\x1b[201~").send("x").expect(t, name+", the mark", "x")
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	whole := strings.Repeat("a", MaxPaste)
	in := open().send("\x1b[200~" + whole)
	in.send("\x1b[201~").expect(t, "the largest", fmt.Sprintf("paste %q", whole))
	in.send("\x1b[200~" + whole).send("b\x1b[20").send("1~").send("x")
	in.expect(t, "one more", fmt.Sprintf("terminal.TooLarge{Bytes:%d}, x", MaxPaste+1))
}

// Without marks: what comes in one burst behind the end of a line is a paste.
func TestPasteWithoutMarks(t *testing.T) {
	t.Parallel()
	const first, second = "eyJhbGciOiJIUzI1NiJ9.eyJz", "dWIiOiJhZGEifQ.c2ln"
	open().send(first+"\r"+second).wait(60*time.Millisecond).
		expect(t, "at once", fmt.Sprintf("paste %q", first+"\r"+second))

	in := open().send(first).wait(9 * time.Millisecond).send("\r").wait(29 * time.Millisecond)
	in.send(second).wait(59 * time.Millisecond).send("\r")
	in.expect(t, "in pieces, too early", "")
	in.wait(60*time.Millisecond).expect(t, "in pieces", fmt.Sprintf("paste %q", first+"\r"+second+"\r"))

	open().send("ada\n\n\tbob\x1b[31m\x1b]0;x\r").wait(60*time.Millisecond).
		expect(t, "with other characters", `paste "ada\n\n\tbob\x1b[31m\x1b]0;x\r"`)
	open().send("caf\xe9 au lait\r").wait(60*time.Millisecond).expect(t, "Latin-1", `paste "caf\xe9 au lait\r"`)
	open().send(strings.Repeat("a", mostTyped+1)).wait(60*time.Millisecond).
		expect(t, "longer than a field", fmt.Sprintf("paste %q", strings.Repeat("a", mostTyped+1)))
	in = open().send(first + "\r")
	in.now = in.now.Add(enterWait + late - 1) // a busy machine reads late, and has no time to wait
	in.send(second).wait(burstWait).expect(t, "read late", fmt.Sprintf("paste %q", first+"\r"+second))

	whole := strings.Repeat("a", large) + "\r" + second
	in = open().send(whole).wait(largeWait - 1)
	in.expect(t, "a large one, too early", "")
	in.send("\r").wait(largeWait).expect(t, "a large one", fmt.Sprintf("paste %q", whole+"\r"))

	open().send("y\rw\r").wait(60*time.Millisecond).expect(t, "short lines", `paste "y\rw\r"`)
	open().send("a\x1b[200~caf\xe9\x1b[201~").expect(t, "not in a paste with marks", `a, paste "caf\xe9"`)
	open().send("ada\rbob\x1b[200~x\x1b[201~").expect(t, "before one with marks", `paste "ada\rbob", paste "x"`)
}

// Typing, scripts and type-ahead are keys.
func TestTyping(t *testing.T) {
	t.Parallel()
	open().send("a").expect(t, "a character, at once", "a")
	open().send("ada").wait(10*time.Millisecond).expect(t, "some", "a, d, a")
	open().send("ada\r").wait(30*time.Millisecond).expect(t, "tmux send-keys ada Enter", "a, d, a, enter")
	open().send("ada").wait(5*time.Millisecond).send("\r").wait(30*time.Millisecond).expect(t, "and in pieces", "a, d, a, enter")
	open().send("a").wait(5*time.Millisecond).send("\r").wait(29*time.Millisecond).expect(t, "an enter that waits", "a")
	open().send("a").wait(11*time.Millisecond).send("\r").expect(t, "an enter later", "a, enter")
	open().send("\r").expect(t, "an enter alone", "enter")
	open().send("ada\t\tx\x13").wait(10*time.Millisecond).expect(t, "other keys", "a, d, a, tab, tab, x, ctrl+s")
	open().send("ada\r").wait(31*time.Millisecond).send("bob\r").wait(31*time.Millisecond).
		expect(t, "a line after the other", "a, d, a, enter, b, o, b, enter")
	open().send("ada\r\t").wait(30*time.Millisecond).expect(t, "a tab behind it", "a, d, a, enter, tab")
	open().send("ada@example.com\r").wait(30*time.Millisecond).
		expect(t, "many", `burst "ada@example.com\r" ada@example.comenter`)
	open().send("jjjjjjjjjj").wait(10*time.Millisecond).expect(t, "a key held down", "j, j, j, j, j, j, j, j, j, j")
	open().send("あいう").wait(10*time.Millisecond).expect(t, "an input method", "あ, い, う")
	open().send("\xe9").wait(time.Second).expect(t, "a byte of Latin-1", "")
}

func TestCtrlCComesFirst(t *testing.T) {
	t.Parallel()
	open().send(strings.Repeat("\x1b[A", 1000)+"\x03").expect(t, "behind many keys", "ctrl+c")
	open().send("\x1b[200~a\x1b[201~\x1b[99;5u").expect(t, "behind a paste", "ctrl+c")
	open().send("ada\rbob\r").send("\x03").expect(t, "behind one without marks", "ctrl+c")
	open().send("ada").send("\x03").expect(t, "behind text", "ctrl+c")
}

// Megabytes of escape sequences that no mark announces are neither kept nor handed over,
// and the keys behind them count.
func TestSequencesWithoutMarks(t *testing.T) {
	t.Parallel()
	in := open()
	for range 1000 {
		in.send(strings.Repeat("\x1b[Aab\x1b]0;", 400))
	}
	if n := len(in.queue); n > mostWaiting+1 {
		t.Errorf("%d messages wait", n)
	}
	in.wait(tokenWait).got() // the program has read them
	in.send("x").expect(t, "the key behind them", "x")
	in.send("\x1b[A"+strings.Repeat("\x1b[A", 2*mostWaiting)).send("\x03").expect(t, "ctrl+c", "ctrl+c")
}

// A paste that is too large is counted, and no more of it is kept than is read at most.
func TestTooLargeIsCounted(t *testing.T) {
	t.Parallel()
	for name, piece := range map[string]string{
		"text": "abc def ghi jkl\r", "escape sequences": "\x1b[31mabc\x1b]0;",
		"halves of the mark": "\x1b[20\x1b[201", "Latin-1": "\xe9\x9d\x00\x1b",
	} {
		in := open().send("\x1b[200~")
		bytes := 0
		for range 10 << 20 / 4096 {
			read := strings.Repeat(piece, 4096/len(piece))
			bytes += len(read)
			in.send(read)
			if n := cap(in.paste.data); n > 2*MaxPaste {
				t.Fatalf("%s: %d bytes are kept", name, n)
			}
		}
		in.send("\x1b[201~x").wait(enterAfter).expect(t, name, fmt.Sprintf("terminal.TooLarge{Bytes:%d}, x", bytes))
	}
}

// BenchmarkTooLarge takes a paste of 10 MB as a terminal hands it over.
func BenchmarkTooLarge(b *testing.B) {
	read := strings.Repeat("abc def ghi jkl\r", 256)
	b.SetBytes(10 << 20)
	for b.Loop() {
		in := open().send("\x1b[200~")
		for range 10 << 20 / len(read) {
			in.send(read)
		}
		in.send("\x1b[201~")
		if in.next() == nil {
			b.Fatal("no message")
		}
	}
}

// checkCtrlC sends an input in pieces, and then ctrl+c.
func checkCtrlC(t *testing.T, input []byte, random *rand.Rand) {
	t.Helper()
	for _, ctrlC := range []string{"\x03", "\x1b[99;5u"} {
		in := open()
		for rest := input; len(rest) > 0; {
			n := 1 + random.IntN(min(len(rest), 64))
			in.send(string(rest[:n])).wait(time.Duration(random.IntN(100)) * time.Millisecond)
			rest = rest[n:]
		}
		in.wait(2 * time.Second)
		in.send(ctrlC)
		if got := in.got(); got != "ctrl+c" {
			t.Fatalf("after %q, %q is %q", input, ctrlC, got)
		}
	}
}

func TestCtrlCAfterAnything(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(33, 24))
	for _, input := range hostile() {
		for _, whole := range []string{input, "\x1b[200~" + input, "\x1b[200~" + input + "\x1b[201~", input + "\x1b[201~"} {
			checkCtrlC(t, []byte(whole), random)
		}
	}
	pieces := []string{
		"\x1b", "[", "P", "]", "_", "X", "^", "O", "M", "m", "~", "q", "$", "?", "<", " ", "(", "\a", "\x18", "\x1b\\", "\r", "\t", "\x1b[",
		"\x9b", "\x90", "\x9c", "\x9d", "\x9f", "\xc4", "\xe2", "\xe2\x9c", "ě", "А", "✛", "🙂", "\x03", "\x1b[99;5u", "\x1b[99;",
		"\x1b[200~", "\x1b[201~", "\x1b[M", "\x1b]0;", "\x1bP", "\x1b[200", "\x9bM", "abc", "abcdefgh",
		"\x1b[0;0;283;1;0;1_", "\x1b[0;0;97;0;0;1_", "\x1b[;;155;1_", strings.Repeat(";", 33), strings.Repeat("1;", 33), "1",
	}
	for range 3000 {
		var input []byte
		for range 1 + random.IntN(14) {
			input = append(input, pieces[random.IntN(len(pieces))]...)
		}
		checkCtrlC(t, input, random)
	}
	input := make([]byte, 200<<10)
	for i := range input {
		input[i] = byte(random.Uint32())
	}
	checkCtrlC(t, input, random)
}

func FuzzInput(f *testing.F) {
	for _, input := range hostile() {
		f.Add([]byte(input), uint64(1))
		f.Add([]byte("\x1b[200~"+input), uint64(2))
	}
	f.Fuzz(func(t *testing.T, input []byte, seed uint64) {
		checkCtrlC(t, input, rand.New(rand.NewPCG(seed, 0)))
	})
}
