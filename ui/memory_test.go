package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/ledger"
	"tokendesk/settings"
)

// finish ends a console as [Run] does, and returns what it says.
func (d *desktop) finish() string {
	d.t.Helper()
	return d.memory.end(d.Model)
}

// kept writes what has changed, as the tick of a second does.
func (d *desktop) kept() {
	d.t.Helper()
	d.run(d.memory.keep(d.Model, d.c()))
}

// boardRows returns the subjects of the board with their labels, in the order of arrival.
func (d *desktop) boardRows() string {
	d.t.Helper()
	var rows []string
	for _, r := range d.ctx.Board.Window(0, d.ctx.Board.Shown(), d.ctx.Now) {
		text := r.Token.Subject()
		if r.Label != "" {
			text += "=" + r.Label
		}
		if r.Unsigned() {
			text += "?"
		}
		rows = append(rows, text)
	}
	return strings.Join(rows, " ")
}

// TestConsoleComesBack: what a user would miss is there when the console opens again.
func TestConsoleComesBack(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesktop(t, withLedgerIn(t, folder))
	d.issued("ada@example.com")
	first := d.entry().Token.Compact
	d.issued("bob@example.com")
	d.toScreen("Board")
	d.press("n")
	d.typed("flaky cart")
	d.press("enter", "s") // by subject
	d.press("c", "down", "enter")
	form := d.ctx.Env.Copying.Form
	equal(t, "what is said at the end", d.finish(), "")

	d = newDesktop(t, withLedgerIn(t, folder))
	equal(t, "the board", d.boardRows(), "ada@example.com? bob@example.com=flaky cart?")
	equal(t, "its order", d.ctx.Board.Order().String(), "by subject")
	equal(t, "the form to copy in", d.ctx.Env.Copying.Form, form)
	d.press("up")
	equal(t, "the name before", d.field("Subject"), "bob@example.com")
	d.press("up")
	equal(t, "and before that", d.field("Subject"), "ada@example.com")
	d.toScreen("Board")
	d.shows("? re-sign", "ada@example.com", "flaky cart", "y signs the very same token again")
	d.press("y")
	equal(t, "the very same token", d.clip[0], first)
	equal(t, "the board", d.boardRows(), "ada@example.com bob@example.com=flaky cart?")
	d.press("down", "enter")
	d.shows("valid: signed with HS256", "flaky cart")
	equal(t, "what is said at the end", d.finish(), "")

	d = newDesktop(t, withLedgerIn(t, folder))
	equal(t, "the board once more", d.boardRows(), "ada@example.com? bob@example.com=flaky cart?")
	d.after(time.Hour)
	d.toScreen("Board")
	d.shows("30m ago")
	d.press("y")
	d.shows("it cannot be signed again: the token expired 30m ago; press r for a fresh one like it")
	equal(t, "copied", len(d.clip), 0)
	d.press("r")
	equal(t, "issued again", d.entry().Token.Subject(), "ada@example.com")
}

// Nothing is signed when the console opens, and no passphrase is asked for.
func TestNothingIsSignedOnOpening(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	protected := func(_ *Config, s *settings.Settings) { s.Profile, s.Protected, s.Ledger.Claims = "prod", true, true }
	d := newDesktop(t, withLedgerIn(t, folder), protected)
	d.form("Subject")
	d.typed("ada@example.com")
	d.press("enter")
	d.typed("prod")
	d.press("enter")
	equal(t, "tokens", d.ctx.Board.Len(), 1)
	text := d.entry().Token.Compact
	d.finish()

	d = newDesktop(t, withLedgerIn(t, folder), protected)
	equal(t, "the board", d.boardRows(), "ada@example.com?")
	equal(t, "questions", d.over(), "")
	d.toScreen("Board")
	d.press("y")
	equal(t, "it asks when the token is copied", d.over(), "Prompt")
	d.typed("prod")
	d.press("enter")
	equal(t, "copied", d.clip[0], text)
}

// No signature reaches what is kept, and nothing that depends on one but the ledger's check.
func TestNoSignatureIsKept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesktop(t, withLedgerIn(t, folder))
	d.issued("ada@example.com")
	mine := d.entry().Token.Compact
	d.toScreen("Board")
	foreign := handmadeWith(t, "another secret of somebody else, long enough", plainHeader, `{"sub":"eve","exp":1795444512,"note":"private"}`)
	d.paste(foreign)
	d.press("home", "n")
	d.typed(mine)
	d.press("enter")
	d.finish()
	for _, name := range []string{"ledger.jsonl", "state.json"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{mine, foreign} {
			if signature := token[strings.LastIndex(token, ".")+1:]; strings.Contains(string(text), signature) {
				t.Errorf("%s has a signature:\n%s", name, text)
			}
		}
		if strings.Contains(string(text), "private") {
			t.Errorf("%s has claims of a stranger's token:\n%s", name, text)
		}
	}

	d = newDesktop(t, withLedgerIn(t, folder))
	d.toScreen("Board")
	d.shows("eve", "not kept")
	d.press("home")
	for d.entry().Token.Subject() != "eve" {
		d.press("down")
	}
	d.press("y")
	d.shows("it cannot be signed again: the token was pasted, and pasted tokens are never kept")
}

// Rows whose key another profile has say which.
func TestRowsOfAnotherProfile(t *testing.T) {
	t.Parallel()
	row := ledgerRow(t, "grace@example.com", time.Minute, time.Hour)
	row.Fingerprint, row.Profile = "9b1d22e0", "staging"
	folder := t.TempDir()
	open := withLedgerIn(t, folder, row)
	d := newDesktop(t, open)
	d.toLedger()
	d.press("b")
	d.finish()
	d = newDesktop(t, withLedgerIn(t, folder))
	d.toScreen("Board")
	d.shows("grace@example.com", "staging", "the key 9b1d22e0 that signed the token is not a key of default; use the profile staging")
}

// With LEDGER=off nothing is written or read, and the end says what is lost.
func TestLedgerOff(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	off := func(_ *Config, s *settings.Settings) { s.Ledger.Off = true }
	d := newDesktop(t, withLedgerIn(t, folder), off)
	d.issued("ada@example.com")
	d.toScreen("Board")
	d.press("n")
	d.typed("x")
	d.press("enter")
	d.kept()
	equal(t, "the end", d.finish(), "1 token was on the board, 1 with a label; the board is not saved")
	files, _ := os.ReadDir(folder)
	equal(t, "files", len(files), 0)
}

// Two consoles at once lose nothing of each other.
func TestTwoConsoles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesktop(t, withLedgerIn(t, folder))
	d.issued("ada@example.com")
	d.kept()
	one, two := newDesktop(t, withLedgerIn(t, folder)), newDesktop(t, withLedgerIn(t, folder))
	one.toScreen("Board")
	one.press("n")
	one.typed("one")
	one.press("enter")
	two.clock.set(moment.Add(time.Minute))
	two.issued("bob@example.com")
	one.kept()
	two.kept()
	one.finish()
	two.finish()
	d = newDesktop(t, withLedgerIn(t, folder))
	equal(t, "the board", d.boardRows(), "ada@example.com=one? bob@example.com?")
}

// A damaged state is said once and kept aside; the console opens.
func TestDamagedState(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "state.json")
	if err := os.WriteFile(path, []byte(`{"version":1,"bo`), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesktop(t, withLedgerIn(t, folder))
	d.shows("is damaged, so the board is empty; the file is now")
	d.issued("ada@example.com")
	d.finish()
	d = newDesktop(t, withLedgerIn(t, folder))
	d.hides("damaged")
	equal(t, "the board", d.boardRows(), "ada@example.com?")
}

// A state that cannot be written is said, and what is lost at the end.
func TestStateNotWritten(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesktop(t, withLedgerIn(t, folder))
	d.issued("ada@example.com")
	d.memory.path = filepath.Join(folder, "ledger.jsonl", "state.json")
	d.kept()
	equal(t, "it is a warning", strings.Contains(d.said().Text, "cannot be"), true)
	d.hush()
	d.kept()
	equal(t, "once", d.said().Text, "")
	if text := d.finish(); !strings.Contains(text, "1 token was on the board; ") {
		t.Errorf("the end says %q", text)
	}
}

// What a user changes before the state was read is not lost, nor what the file has.
func TestLeftBeforeItWasRead(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesktop(t, withLedgerIn(t, folder))
	d.issued("ada@example.com")
	d.finish()
	unread := newDesktop(t, withLedgerIn(t, folder), func(c *Config, _ *settings.Settings) { c.Source.Rand = &counter{n: 99} })
	unread.memory.known, unread.memory.before = false, ledger.State{}
	unread.issued("bob@example.com")
	unread.finish()
	d = newDesktop(t, withLedgerIn(t, folder))
	equal(t, "the board", d.boardRows(), "ada@example.com? bob@example.com?")
}

// A theme that was chosen in the console is there again, unless the user's file says another.
func TestThemeComesBack(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesktop(t, withLedgerIn(t, folder))
	d.press("ctrl+p")
	d.typed("theme light")
	d.press("enter")
	d.shows("the theme is light, also the next time")
	d.finish()
	d = newDesktop(t, withLedgerIn(t, folder))
	equal(t, "the theme", d.wishes.Theme, "light")
	d = newDesktop(t, withLedgerIn(t, folder), func(c *Config, _ *settings.Settings) { c.Preferences.Theme = "mono" })
	equal(t, "that of the file", d.wishes.Theme, "mono")
}

// The token of a persona that came back from the ledger is signed again before it is written.
func TestPersonaWritesTokenAgain(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "token.txt")
	personas := personasOf(t, "admin: {subject: ada@example.com}\n")
	d := newDesktop(t, withLedgerIn(t, folder), personas)
	d.toScreen("Personas")
	d.press("enter")
	issued := d.entry().Token.Compact
	d.finish()

	d = newDesktop(t, withLedgerIn(t, folder), personas)
	d.toScreen("Personas")
	d.press("w", "ctrl+u")
	d.typed(file)
	d.press("enter")
	text, err := os.ReadFile(file)
	equal(t, "the file", string(text), issued+"\n")
	equal(t, "its error", err, nil)
}
