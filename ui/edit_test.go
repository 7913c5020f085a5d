package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// newEditDesk has a token for ada that is being edited.
func newEditDesk(t *testing.T, changes ...change) (*desktop, *desk.Entry) {
	t.Helper()
	d := newDesktop(t, changes...)
	e := d.issued("ada")
	d.press("e")
	equal(t, "the screen", d.front(), "Edit")
	return d, e
}

// numbered is a line of the edited JSON, with its number and the sign for a fault.
var numbered = regexp.MustCompile(`^│ [ ✗] *\d+ (.*)$`)

// document returns the edited JSON as a window with room for it shows it.
func (d *desktop) document() string {
	d.t.Helper()
	size := d.size
	d.resize(240, 100)
	defer d.resize(size.W, size.H)
	var lines []string
	for _, line := range strings.Split(d.screenText(), "\n") {
		if m := numbered.FindStringSubmatch(line); m != nil {
			text, _, _ := strings.Cut(m[1], " ││") // the token beside it
			value := strings.TrimLeft(text, " ")
			indent := text[:len(text)-len(value)]
			value, _, _ = strings.Cut(value, "   ") // what a date means stands at the right end
			lines = append(lines, strings.TrimRight(indent+value, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// rewrite replaces a text in the edited JSON.
func (d *desktop) rewrite(from, to string) {
	d.t.Helper()
	text := d.document()
	if !strings.Contains(text, from) {
		d.t.Fatalf("there is no %q in\n%s", from, text)
	}
	d.write("")
	d.paste(strings.Replace(text, from, to, 1))
	d.press("ctrl+home")
}

func TestEditSigns(t *testing.T) {
	t.Parallel()
	d, original := newEditDesk(t)
	before := original.Token.Compact
	d.shows("Edit as new", "Re-signed", "✓ re-signed with key "+d.ctx.Desk.Key().Fingerprint(), "● active")
	d.rewrite(`"sub": "ada"`, `"sub": "bob"`)
	d.shows("sub  bob", "● active")
	equal(t, "the original", original.Token.Compact, before)
	d.rewrite(`"sub": "bob",`, `"sub": "bob", "role": "admin",`)
	d.press("ctrl+s")
	equal(t, "the screen", d.front(), "Issue")
	made := d.entry()
	equal(t, "sub", made.Token.Subject(), "bob")
	equal(t, "the verdict", made.Result.Verdict, auth.VerdictValid)
	equal(t, "tokens on the board", d.ctx.Board.Len(), 2)
	equal(t, "the original", original.Token.Compact, before)
	d.shows("✓ signed a new token and kept the original", "role  admin")
	d.press("r") // the edited claim stays in the token
	role, _ := d.entry().Token.Claims.String("role")
	equal(t, "role", role, "admin")
}

// TestEditUnchanged: a token that is there already is not called new.
func TestEditUnchanged(t *testing.T) {
	t.Parallel()
	d, original := newEditDesk(t)
	d.press("ctrl+s")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "the token", d.entry(), original)
	equal(t, "tokens on the board", d.ctx.Board.Len(), 1)
	d.shows("nothing was changed, so there is no new token")
	d.hides("signed a new token")
}

// TestEditExpired: exp is kept as it is, and the console says that it has passed.
func TestEditExpired(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.after(31 * time.Minute)
	d.press("e")
	d.rewrite(`"ada"`, `"bob"`)
	d.shows("▲ re-signed, but already expired: its exp is in the past")
	d.press("ctrl+s")
	equal(t, "the subject", d.entry().Token.Subject(), "bob")
	d.shows("▲ the new token has already expired: its exp is in the past", "✗ expired")
	d.hides("✓ signed a new")
}

func TestEditErrors(t *testing.T) {
	t.Parallel()
	limited := func(_ *Config, s *settings.Settings) { s.MaxLifetime = time.Hour }
	for _, test := range []struct {
		name, from, to string
		line           int
		says           string
	}{
		{"a comma too few", `"sub": "ada",`, `"sub": "ada"`, 7, "expected a comma or '}', found '\"' at line 8, column 5"},
		{"never closed", "\n}", "", 10, "expected a comma or '}', found the end at line 11, column 4"},
		{"another algorithm", `"alg": "HS256"`, `"alg": "none"`, -1, "alg"},
		{"a subject that is a number", `"sub": "ada"`, `"sub": 5`, -1, "sub"},
		{"too long a lifetime", `"exp": 1`, `"exp": 9`, -1, "above the limit"},
		{"something else", "{\n", "{\n\"body\": {},\n", -1, `unknown member "body"; keep header and claims only`},
		{"no claims", `"claims"`, `"header2"`, -1, `unknown member "header2"`},
		{"claims are a list", `"header": {`, `"header": [], "claims2": {`, -1, "header must be a JSON object"},
		{"crit", `"alg"`, `"crit": ["x"], "alg"`, -1, "crit"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d, _ := newEditDesk(t, limited)
			d.rewrite(test.from, test.to)
			d.hush()
			d.shows("✗ ", test.says)
			lines := strings.Split(d.screenText(), "\n")
			marked := slices.IndexFunc(lines[3:23], func(l string) bool { return strings.HasPrefix(l, "│ ✗") })
			equal(t, "the marked line", marked, test.line)
			d.press("ctrl+s")
			equal(t, "the screen", d.front(), "Edit")
			equal(t, "tokens on the board", d.ctx.Board.Len(), 1)
			d.shows("✗ fix this first, then keep it", test.says)
		})
	}
}

// TestEditOutOfDate: while the text is refused, the token beside it is not
// shown as if it held it.
func TestEditOutOfDate(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, func(_ *Config, s *settings.Settings) { s.MaxLifetime = time.Hour })
	good := []string{"Re-signed", "● active", "✓ valid", "30m left"}
	d.shows(good...)
	d.rewrite(`"exp"`, `"ext"`)
	d.shows("Signed earlier", "▲ out of date", "▲ this is the last token that could be signed", "sub ada")
	d.hides(good...)
	d.resize(40, 10)
	d.hides("● active")
	d.resize(120, 40)
	d.rewrite(`"ext"`, `"exp"`)
	d.shows(good...)
	d.hides("out of date", "this is the last token")
}

func TestEditDiscard(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.press("esc") // nothing would be lost
	equal(t, "the screen", d.front(), "Issue")

	d.press("e")
	d.typed("x")
	d.press("esc")
	equal(t, "the screen", d.front(), "Edit")
	d.shows("▲ esc again discards the changes")
	d.typed("z") // so the question is asked again
	d.press("esc")
	equal(t, "the screen", d.front(), "Edit")
	d.press("esc")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("the changes were discarded")
	d.hides("esc again")
	equal(t, "tokens on the board", d.ctx.Board.Len(), 1)
	d.press("e")
	if strings.Contains(d.document(), "xz") {
		t.Error("the discarded changes are there again")
	}
}

// TestEditPaste refuses text that cannot be shown, as everywhere.
func TestEditPaste(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	before := d.document()
	d.paste("x\x1b[2J")
	equal(t, "the text", d.document(), before)
	d.shows("▲ not inserted: the text has a control character (U+001B)")
}

// external returns the editor's command that was asked for.
func (d *desktop) external() frame.Exec {
	d.t.Helper()
	d.press("ctrl+o")
	if len(d.execs) == 0 {
		d.t.Fatalf("no editor was asked for:\n%s", d.screenText())
	}
	return d.execs[len(d.execs)-1]
}

func withEditor(editor ...string) change {
	return func(c *Config, _ *settings.Settings) {
		c.Environ = append(editor, "TERM=xterm", "SECRET_KEY="+testSecret)
	}
}

func documentOf(msg frame.Exec) string { return msg.Command.Args[len(msg.Command.Args)-1] }

// leave writes a file as an editor would.
func (d *desktop) leave(path, text string) {
	d.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func TestExternalCommand(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=nano", "VISUAL=code --wait", "JWT_SECRET=of-a-project"))
	msg := d.external()
	cmd, path := msg.Command, documentOf(msg)
	equal(t, "the command", strings.Join(cmd.Args[:len(cmd.Args)-1], " "), `sh -c code --wait "$1" sh`)
	for _, variable := range cmd.Env {
		if strings.Contains(variable, testSecret) || strings.HasPrefix(variable, "SECRET_KEY") || strings.HasPrefix(variable, "JWT_SECRET") {
			t.Error("the editor is handed the secret")
		}
	}
	if !slices.Contains(cmd.Env, "TERM=xterm") {
		t.Error("the editor is not handed the rest of the environment")
	}
	if _, isFile := cmd.Stdin.(*os.File); !isFile || cmd.Stdin != os.Stdin || cmd.Stdout != os.Stdout {
		t.Error("the editor does not get the terminal")
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the file's mode", info.Mode().Perm(), 0o600)
	dir, err := os.Stat(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the folder's mode", dir.Mode().Perm(), 0o700)
	text, _ := os.ReadFile(path)
	equal(t, "the file", string(text), d.document()+"\n")

	edited := strings.Replace(string(text), `"ada"`, `"bob"`, 1)
	d.leave(path, strings.ReplaceAll(edited, "\n", "\r\n"))
	d.send(msg.Done(nil))
	d.shows("sub  bob", "✓ re-signed with key")
	if _, err := os.Stat(filepath.Dir(path)); !os.IsNotExist(err) {
		t.Error("the folder is still there")
	}
}

// TestExternalRuns really runs an editor, whose setting holds arguments and
// quotes.
func TestExternalRuns(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no sh")
	}
	d, _ := newEditDesk(t, withEditor(`EDITOR=printf '{"header": {"alg": "HS256"}, "claims": {"sub": "%s"}}' eve >`))
	msg := d.external()
	d.send(msg.Done(msg.Command.Run()))
	d.shows("sub  eve")
}

// TestExternalWhiteSpace takes what editors put in: tabs, and a line break at
// the end.
func TestExternalWhiteSpace(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=true"))
	msg := d.external()
	d.leave(documentOf(msg), "{\n\t\"header\":\t{\"alg\": \"HS256\"},\n\t\"claims\": {\"a\": \"\\\"x\ty\", \"b\": \"\t\"}\n}\n\n")
	d.send(msg.Done(nil))
	d.press("ctrl+s")
	claims := d.entry().Token.Claims
	a, _ := claims.String("a")
	equal(t, "a", a, "\"x\ty")
	b, _ := claims.String("b")
	equal(t, "b", b, "\t")
}

// TestExternalIsNotThere runs an editor that does not exist as the console does.
func TestExternalIsNotThere(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=no-such-editor"))
	msg := d.external()
	msg.Command.Stderr = nil
	d.send(msg.Done(msg.Command.Run()))
	equal(t, "it says", d.messages.last.Text,
		"the editor no-such-editor cannot be run; set VISUAL or EDITOR to one that is installed, for example vi")
}

// TestExternalIsNotSet: without an editor there is nothing to open.
func TestExternalIsNotSet(t *testing.T) {
	t.Parallel()
	for _, environ := range [][]string{{}, {"VISUAL= ", "EDITOR=\t"}} {
		d, _ := newEditDesk(t, withEditor(environ...))
		d.press("ctrl+o")
		d.shows("▲ no editor is set; set EDITOR, for example to vi")
	}
}

// TestExternalFails: nothing is changed, and an edited text that cannot be used is
// kept.
func TestExternalFails(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=false"))
	before := d.document()
	msg := d.external()
	d.send(msg.Done(errTest))
	equal(t, "the text", d.document(), before)
	d.shows("✗ the editor failed, so nothing was changed")
	if _, err := os.Stat(documentOf(msg)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file for the editor is left behind: %v", err)
	}
	for name, test := range map[string]struct {
		written string
		failed  error
		says    string
	}{
		"not UTF-8":   {"{\"sub\":\"ad\xff\"}", nil, "the edited text is not valid UTF-8, so nothing was changed; your"},
		"too large":   {strings.Repeat("x", 1<<20+1), nil, "the edited text has 1048577 bytes, and the maximum is 1048576; your"},
		"it crashed":  {"{}", errTest, "the editor failed, so nothing was changed"},
		"not a token": {strings.Repeat("{}\n", 9002), nil, "nothing was changed: the text has too many lines; your"},
	} {
		msg = d.external()
		d.leave(documentOf(msg), test.written)
		d.send(msg.Done(test.failed))
		equal(t, name, d.document(), before)
		if got := d.messages.last.Text; !strings.HasPrefix(got, test.says) || !strings.HasSuffix(got, "; your text is in "+documentOf(msg)) {
			t.Errorf("%s: it says %s", name, got)
		}
		if kept, err := os.ReadFile(documentOf(msg)); err != nil || string(kept) != test.written {
			t.Errorf("%s: it is lost: %v", name, err)
		}
		if err := os.RemoveAll(filepath.Dir(documentOf(msg))); err != nil {
			t.Error(err)
		}
	}
	msg = d.external()
	if err := os.Remove(documentOf(msg)); err != nil {
		t.Fatal(err)
	}
	d.send(msg.Done(nil))
	equal(t, "the text", d.document(), before)
	d.shows("✗ the edited text could not be read, so nothing was changed")
}

// TestExternalTaken takes any text that can be shown, escaped where necessary, even
// if it is not a token yet.
func TestExternalTaken(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=true"))
	msg := d.external()
	d.leave(documentOf(msg), "{\x1b[2J}")
	d.send(msg.Done(nil))
	equal(t, "the text", d.document(), `{\u001b[2J}`)
	msg = d.external()
	d.leave(documentOf(msg), "{}")
	d.send(msg.Done(nil))
	d.shows("✗ header or claims is missing")
}

// TestExternalTooLate keeps the edited text if the Edit screen was closed
// meanwhile.
func TestExternalTooLate(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=true"))
	msg := d.external()
	d.leave(documentOf(msg), "{}")
	d.press("esc")
	d.send(msg.Done(nil))
	d.shows("✗ the editor was closed too late, so nothing was changed; your text is in")
	if err := os.RemoveAll(filepath.Dir(documentOf(msg))); err != nil {
		t.Error(err)
	}
}

// TestEditUndo takes back what was typed and deleted, and signs each time.
func TestEditUndo(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	before := d.document()
	d.rewrite(`"sub": "ada"`, `"sub": "bob"`)
	d.shows("sub  bob")
	for range 2 * longestText {
		d.press("ctrl+z")
	}
	equal(t, "the document after undo", d.document(), before)
	d.shows("sub  ada", "✓ re-signed")
	for range 2 * longestText {
		d.press("alt+z")
	}
	d.shows("sub  bob")
}

// TestEditFault: keeping a document that cannot be signed puts the cursor on the fault,
// which is marked.
func TestEditFault(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.rewrite(`"sub": "ada",`, `"sub": "ada"`)
	fault := widget.NewTheme("dark", true).Alarm.Render(`"`)
	if !strings.Contains(d.View().Content, fault) {
		t.Error("the character at fault is not marked")
	}
	d.press("ctrl+s")
	lines := strings.Split(d.screenText(), "\n")
	at := *d.View().Cursor
	equal(t, "the text from the cursor on", strings.HasPrefix(ansi.TruncateLeft(lines[at.Y], at.X, ""), `"iat"`), true)
	d.typed(",")
	d.shows("✓ re-signed")
	if strings.Contains(d.View().Content, fault) {
		t.Error("a character is still marked")
	}
}

// TestEditClick puts the cursor into the document.
func TestEditClick(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.click(`da",`) // on the d
	d.typed("X")
	d.shows(`"sub": "adXa"`)
}

// TestEditColors: the document is JSON in colour.
func TestEditColors(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	theme := widget.NewTheme("dark", true)
	for _, part := range []string{theme.Name.Render(`"sub"`), theme.Str.Render(`"ada"`), theme.Number.Render("1795442712")} {
		if !strings.Contains(d.View().Content, part) {
			t.Errorf("there is no %q", part)
		}
	}
}

// TestEditPlaceholders: a placeholder means the same as in a persona, and each signature
// fills it.
func TestEditPlaceholders(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.rewrite(`"exp": 1795444512`, `"exp": "{{now+5m}}", "id": "{{uuid}}", "number": "{{n}}", "text": "\\{{n}}"`)
	d.shows("✓ re-signed", "● active · 5m left", "number 2")
	d.after(time.Minute)
	d.press("ctrl+s")
	claims := d.entry().Token.Claims
	exp, _ := claims.Get("exp")
	equal(t, "exp", string(exp), fmt.Sprint(moment.Add(6*time.Minute).Unix()))
	number, _ := claims.Get("number")
	equal(t, "number", string(number), "2")
	text, _ := claims.String("text")
	equal(t, "text", text, "{{n}}")
	d.press("e") // where the text is still one
	d.shows(`"text": "\\{{n}}"`)
	d.rewrite(`"number": 2`, `"number": "{{later}}"`)
	d.shows("✗ number: there is no such placeholder")
}

// TestEditTimes says what the dates in the document mean, beside them.
func TestEditTimes(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	beside := func(texts ...string) {
		t.Helper()
		left := make([]string, 0, 40)
		for line := range strings.SplitSeq(d.screenText(), "\n") {
			left = append(left, ansi.Truncate(line, 60, ""))
		}
		for _, text := range texts {
			if !strings.Contains(flat(strings.Join(left, "\n")), text) {
				t.Errorf("there is no %q:\n%s", text, strings.Join(left, "\n"))
			}
		}
	}
	beside(`"iat": 1795442712, 14:05:12 UTC, just now`, `"exp": 1795444512, 14:35:12 UTC, in 30m`)
	d.after(time.Minute)
	beside("14:35:12 UTC, in 29m")
	d.rewrite(`"exp": 1795444512`, `"exp": "{{now+5m}}"`)
	beside(`"{{now+5m}}", 14:11:12 UTC, in 5m`)
	d.rewrite(`"{{now+5m}}"`, `"soon"`)
	beside("not a date")
}

// TestEditSignsOffTheLoop: typing does not wait for a signature, only the newest counts,
// and keeping waits for it.
func TestEditSignsOffTheLoop(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.click(`da",`) // on the d
	_, first := d.Update(keyPress(t, "x"))
	_, second := d.Update(keyPress(t, "y"))
	d.shows(`"sub": "adxya"`, "sub ada")
	_, kept := d.Update(keyPress(t, "ctrl+s"))
	equal(t, "the screen", d.front(), "Edit")
	d.run(kept)
	d.run(second)
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "sub", d.entry().Token.Subject(), "adxya")
	d.run(first)
	equal(t, "sub", d.entry().Token.Subject(), "adxya")
	equal(t, "tokens on the board", d.ctx.Board.Len(), 2)

	d.press("e")
	if _, again := d.Update(keyPress(t, "down")); again != nil {
		t.Error("a document that has not changed is signed again")
	}
}

// TestEditKeys: tab goes to the error, and ctrl+y copies the selection or the token.
func TestEditKeys(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.press("ctrl+y")
	equal(t, "the copy", d.clip[0], d.entry().Token.Compact)
	d.click(`ada",`) // on the d
	d.press("shift+right", "shift+right", "ctrl+y")
	equal(t, "the copy", d.clip[1], "da")
	d.rewrite(`"sub": "ada",`, `"sub": "ada"`)
	d.press("tab")
	d.typed(",")
	d.shows("✓ re-signed")
	d.press("tab") // there is none
	d.shows("✓ re-signed")
}

// TestEditStacked: below 100 columns the status of the token stands under the document.
func TestEditStacked(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.resize(80, 24)
	d.shows("Re-signed", "● active · 30m left", "✓ valid", "expires 14:35:12 UTC")
	d.resize(59, 24)
	d.hides("Re-signed ─")
}

// TestEditChanges: from 160 columns the members that differ from the original have a part of
// their own.
func TestEditChanges(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.resize(200, 60)
	d.shows("Changes", "Header and claims are those of the original.")
	d.rewrite(`"sub": "ada"`, `"sub": "bob", "role": "admin"`)
	changes := func() string {
		var right strings.Builder
		for line := range strings.SplitSeq(d.screenText(), "\n") {
			right.WriteString(ansi.TruncateLeft(line, 150, "") + "\n")
		}
		return flat(right.String())
	}
	if !strings.Contains(changes(), "claims sub − ada + bob role + admin") {
		t.Errorf("the changes are %s", changes())
	}
	d.rewrite(`"exp": 1795444512`, `"exp": "{{now+5m}}"`)
	if !strings.Contains(changes(), "exp − 1795444512 expires 14:35:12 UTC, in 30m + 1795443012 expires 14:10:12 UTC, in 5m") {
		t.Errorf("the changes are %s", changes())
	}
	d.rewrite(`"role"`, `role`)
	d.shows("They are compared when the document is signed.")
}
