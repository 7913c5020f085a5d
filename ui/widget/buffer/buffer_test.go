package buffer

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// parse returns a buffer from a text in which | is the cursor and ^ the other end of the
// selection.
func parse(text string) *Buffer {
	b := &Buffer{}
	plain := strings.NewReplacer("|", "", "^", "").Replace(text)
	b.Set(plain)
	at, anchor := strings.Index(text, "|"), strings.Index(text, "^")
	switch {
	case anchor < 0:
		b.MoveTo(at, false)
	case anchor < at:
		b.MoveTo(anchor, false)
		b.MoveTo(at-1, true)
	default:
		b.MoveTo(anchor-1, false)
		b.MoveTo(at, true)
	}
	return b
}

// shown is the opposite of parse.
func shown(b *Buffer) string {
	from, to := b.Selection()
	switch {
	case from == to:
		return b.text[:from] + "|" + b.text[from:]
	case b.at == from:
		return b.text[:from] + "|" + b.text[from:to] + "^" + b.text[to:]
	default:
		return b.text[:from] + "^" + b.text[from:to] + "|" + b.text[to:]
	}
}

func TestPress(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ before, keys, after string }{
		{"ab|c", "left", "a|bc"},
		{"ab|c", "ctrl+b", "a|bc"},
		{"ab|c", "right", "abc|"},
		{"ab|c", "ctrl+f ctrl+f", "abc|"},
		{"one\n|two", "left", "one|\ntwo"},
		{"one two\nthr|ee", "home", "one two\n|three"},
		{"one two\nthr|ee", "ctrl+a", "one two\n|three"},
		{"o|ne two\nthree", "end", "one two|\nthree"},
		{"o|ne two\nthree", "ctrl+e", "one two|\nthree"},
		{"one\ntw|o", "ctrl+home", "|one\ntwo"},
		{"one\ntw|o", "alt+<", "|one\ntwo"},
		{"o|ne\ntwo", "ctrl+end", "one\ntwo|"},
		{"o|ne\ntwo", "alt+>", "one\ntwo|"},
		{"a.b@example|.com", "alt+b", "a.b@|example.com"},
		{"a.b@|example.com", "ctrl+left", "a.|b@example.com"},
		{"a.|b@example.com", "alt+f", "a.b|@example.com"},
		{"a.b|@example.com", "ctrl+right", "a.b@example|.com"},
		{"ab|c", "backspace", "a|c"},
		{"ab|c", "ctrl+h", "a|c"},
		{"|abc", "backspace", "|abc"},
		{"one\n|two", "backspace", "one|two"},
		{"a|bc", "delete", "a|c"},
		{"a|bc", "ctrl+d", "a|c"},
		{"abc|", "delete", "abc|"},
		{"one a.b@|example", "ctrl+w", "one |example"},
		{"one a.b@|example", "alt+backspace", "one a.|example"},
		{"one |two three", "alt+d", "one | three"},
		{"one |two three", "ctrl+delete", "one | three"},
		{"one two|three\nfour", "ctrl+k", "one two|\nfour"},
		{"one|\ntwo", "ctrl+k", "one|two"},
		{"one\ntwo|three", "ctrl+u", "one\n|three"},
		{"one\n|two", "ctrl+u", "one|two"},
		{"one |two three", "alt+u", "one TWO| three"},
		{"one |TWO three", "alt+l", "one two| three"},
		{"one |tWO three", "alt+c", "one Two| three"},
		{"one two|", "alt+c", "one two|"},
		{"ab|cd", "shift+left shift+left", "|ab^cd"},
		{"ab|cd", "shift+right", "ab^c|d"},
		{"ab|cd", "shift+home", "|ab^cd"},
		{"ab|cd", "shift+end", "ab^cd|"},
		{"one two| three", "ctrl+shift+left", "one |two^ three"},
		{"one |two three", "alt+shift+right", "one ^two| three"},
		{"a|b", "ctrl+g", "^ab|"},
		{"a^bc|d", "left", "a|bcd"},
		{"a|bc^d", "right", "abc|d"},
		{"a^bc|d", "home", "|abcd"},
		{"a^bc|d", "backspace", "a|d"},
		{"a^bc|d", "ctrl+k", "a|d"},
		// Wide characters, accents as characters of their own, and emoji sequences.
		{"あい|う", "left", "あ|いう"},
		{"Zoe\u0308|", "left", "Zo|e\u0308"},
		{"Zoe\u0308|", "backspace", "Zo|"},
		{"a👩‍👩‍👧|b", "backspace", "a|b"},
		{"a|🇩🇪b", "right", "a🇩🇪|b"},
		{"a|🇩🇪b", "delete", "a|b"},
		{"x|y\u0308", "backspace", "|y\u0308"},
		{"xy|\n\u0308", "delete", "xy\u0308|"},
	} {
		b := parse(test.before)
		for key := range strings.FieldsSeq(test.keys) {
			if !b.Press(key) {
				t.Errorf("%s means nothing", key)
			}
		}
		if got := shown(b); got != test.after {
			t.Errorf("%q, %s: %q, want %q", test.before, test.keys, got, test.after)
		}
	}
	for _, key := range []string{"a", "tab", "enter", "esc", "ctrl+y", "ctrl+p", "ctrl+r", "ctrl+s", "ctrl+t", "up", "f1"} {
		if b := parse("a|b"); b.Press(key) || shown(b) != "a|b" {
			t.Errorf("%s makes %q", key, shown(b))
		}
	}
}

// TestSecret: no key tells where a word ends, and nothing that was typed is kept.
func TestSecret(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"alt+b": "|a b c d", "ctrl+left": "|a b c d", "ctrl+right": "a b c d|", "alt+f": "a b c d|",
		"ctrl+w": "|c d", "alt+backspace": "|c d", "alt+d": "a b |", "alt+u": "a b |c d", "ctrl+z": "a b |c d",
	} {
		b := &Buffer{Secret: true}
		b.Type("a b c d")
		b.Press("left")
		b.Press("left")
		b.Press("left")
		b.Press(key)
		if got := shown(b); got != want {
			t.Errorf("%s makes %q, want %q", key, got, want)
		}
	}
}

func typeEach(b *Buffer, text string) {
	for _, r := range text {
		b.Type(string(r))
	}
}

func TestUndo(t *testing.T) {
	t.Parallel()
	b := parse("|")
	typeEach(b, "role is admin")
	steps := []string{"role is |", "role |", "|"}
	for _, want := range steps {
		b.Press("ctrl+z")
		if got := shown(b); got != want {
			t.Errorf("undo shows %q, want %q", got, want)
		}
	}
	for range steps {
		b.Press("alt+z")
	}
	if got := shown(b); got != "role is admin|" {
		t.Errorf("redo shows %q", got)
	}
	for name, test := range map[string]struct {
		edit  func(*Buffer)
		after []string // of each undo
	}{
		"a movement ends a run":   {func(b *Buffer) { typeEach(b, "xy"); b.Press("left"); typeEach(b, "z") }, []string{"abx|yc", "ab|c"}},
		"backspaces are one step": {func(b *Buffer) { b.Press("backspace"); b.Press("backspace") }, []string{"ab|c"}},
		"deletes are one step":    {func(b *Buffer) { b.Press("home"); b.Press("delete"); b.Press("delete") }, []string{"|abc"}},
		"a paste is a step": {func(b *Buffer) {
			typeEach(b, "x")
			b.Insert("12")
			typeEach(b, "y")
		}, []string{"abx12|c", "abx|c", "ab|c"}},
		"a selection is given back": {func(b *Buffer) { b.Press("shift+home"); typeEach(b, "xy") }, []string{"|ab^c"}},
		"a whole text":              {func(b *Buffer) { b.Replace("other") }, []string{"ab|c"}},
		"the same text is no step":  {func(b *Buffer) { typeEach(b, "x"); b.Replace("abxc") }, []string{"ab|c"}},
		"typing ends what was undone": {func(b *Buffer) {
			typeEach(b, "x")
			b.Undo()
			typeEach(b, "y")
			b.Redo()
		}, []string{"ab|c"}},
	} {
		b := parse("ab|c")
		test.edit(b)
		for _, want := range test.after {
			b.Undo()
			if got := shown(b); got != want {
				t.Errorf("%s: undo shows %q, want %q", name, got, want)
			}
		}
	}
	b.Set("new")
	if b.Undo() || b.Redo() || b.Text() != "new" {
		t.Error("Set keeps the history")
	}
}

// TestHistoryIsBounded: a history holds neither more steps nor more text than it may.
func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	var b Buffer
	for range maxSteps + 100 {
		b.Insert("x")
	}
	if n := len(b.history.past); n != maxSteps {
		t.Errorf("there are %d steps", n)
	}
	for range 20 {
		b.Insert(strings.Repeat("x", maxBytes/8))
	}
	if n := len(b.history.past); n > 8 || b.history.size > maxBytes {
		t.Errorf("%d steps hold %d bytes", n, b.history.size)
	}
	b.Insert(strings.Repeat("x", 2*maxBytes)) // the latest step can always be taken back
	if !b.Undo() || b.Undo() || b.history.size != 0 {
		t.Errorf("%d bytes are left", b.history.size)
	}
}

// TestInvariants: after any keys the cursor stands between two characters, undoing
// everything gives the first text, and doing it again the last one.
func TestInvariants(t *testing.T) {
	t.Parallel()
	keys := strings.Fields("left right home end ctrl+left ctrl+right ctrl+home ctrl+end alt+b alt+f shift+left shift+right " +
		"shift+end ctrl+shift+left backspace delete ctrl+w alt+backspace alt+d ctrl+u ctrl+k alt+u alt+l alt+c ctrl+g ctrl+z alt+z")
	texts := []string{
		"a", "b", " ", "あ", "é", "\u0308", "\u200d", "\u200c", "👩", "👩‍👩‍👧", "🇩", "🇪", "\ufe0f",
		"क्ष", "\u0301\u0302", "한", "\u1161", "x y", "1\n2", "\n",
	}
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 1))
		const start = "Zoe\u0308 あいう\n👩‍👩‍👧 end"
		b := &Buffer{}
		b.Set(start)
		for range 120 {
			if n := random.IntN(len(keys) + len(texts)); n < len(keys) {
				b.Press(keys[n])
			} else {
				b.Type(texts[n-len(keys)])
			}
			unsplit(t, seed, b)
		}
		for b.Redo() {
			unsplit(t, seed, b)
		}
		last := b.Text()
		for b.Undo() {
			unsplit(t, seed, b)
		}
		if b.Text() != start {
			t.Fatalf("seed %d: undo ends with %q", seed, b.Text())
		}
		for b.Redo() {
			unsplit(t, seed, b)
		}
		if b.Text() != last {
			t.Fatalf("seed %d: redo ends with %q, want %q", seed, b.Text(), last)
		}
	}
}

// unsplit fails the test unless both ends of the selection are between two characters.
func unsplit(t *testing.T, seed uint64, b *Buffer) {
	t.Helper()
	ends := map[int]bool{0: true}
	for at := 0; at < len(b.text); {
		cluster, _ := ansi.FirstGraphemeCluster(b.text[at:], ansi.GraphemeWidth)
		at += len(cluster)
		ends[at] = true
	}
	if !ends[b.at] || !ends[b.anchor] {
		t.Fatalf("seed %d: the selection from %d to %d of %q splits a character", seed, b.anchor, b.at, b.text)
	}
}

func TestSelectWord(t *testing.T) {
	t.Parallel()
	for before, after := range map[string]string{
		"one t|wo three": "one ^two| three", "|one": "^one|", "one |two": "one ^two|", "one| two": "one^ |two",
		"a|@b": "a^@|b", "one|\ntwo": "^one|\ntwo", "Zo|e\u0308 x": "^Zoe\u0308| x", "|": "|", "one|": "^one|",
	} {
		b := parse(before)
		b.SelectWord(b.Cursor())
		if got := shown(b); got != after {
			t.Errorf("%q: %q, want %q", before, got, after)
		}
	}
	b := &Buffer{Secret: true}
	b.Type("one two")
	b.SelectWord(1)
	if got := shown(b); got != "^one two|" {
		t.Errorf("in a secret: %q", got)
	}
}
