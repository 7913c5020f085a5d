package old

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/settings"
)

// newEditDesk has a token for ada that is being edited.
func newEditDesk(t *testing.T, changes ...func(*Config, *settings.Settings)) (*desktop, *entry) {
	t.Helper()
	d := newDesktop(t, changes...)
	e := d.issued("ada")
	d.press("e")
	equal(t, "the overlay", d.overlay, overlayEdit)
	return d, e
}

// rewrite replaces a text in what is edited, and types a space and takes it
// back, so that it is signed.
func (d *desktop) rewrite(from, to string) {
	d.t.Helper()
	text := d.edit.Value()
	if !strings.Contains(text, from) {
		d.t.Fatalf("there is no %q in\n%s", from, text)
	}
	d.edit.set(strings.Replace(text, from, to, 1))
	d.press("space", "backspace")
}

func TestEditSignsAnew(t *testing.T) {
	t.Parallel()
	d, original := newEditDesk(t)
	before := original.token.Compact
	d.shows("Edit as new", "Signed anew", "✓ signed anew with key "+d.desk.key().Fingerprint(), "● active")
	d.rewrite(`"sub": "ada"`, `"sub": "bob"`)
	d.shows("sub  bob", "● active")
	equal(t, "the original", original.token.Compact, before)
	d.rewrite(`"sub": "bob",`, `"sub": "bob", "role": "admin",`)
	d.press("ctrl+s")
	equal(t, "the overlay", d.overlay, overlayNone)
	made := d.issue.pane.entry
	equal(t, "sub", made.token.Subject(), "bob")
	equal(t, "the verdict", made.result.Verdict, auth.VerdictValid)
	equal(t, "tokens on the board", len(d.board.items), 2)
	equal(t, "the original", original.token.Compact, before)
	d.shows("✓ signed a new token beside the original", "role  admin")
	d.press("r") // what was edited in stays in
	role, _ := d.issue.pane.entry.token.Claims.String("role")
	equal(t, "role", role, "admin")
}

// TestEditKeepsOrderAndNumbers: only what was edited is different.
func TestEditKeepsOrderAndNumbers(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	claims := `{"z":1.10,"sub":"ada","big":9007199254740993,"nested":{"b":[1,{"a":null}],"a":"x"},"text":"a\u202eb\n"}`
	d.read(handmade(t, `{"typ":"at+jwt","alg":"HS256","kid":"old"}`, claims))
	d.press("e")
	token := d.edit.pane.entry.token
	equal(t, "the claims", compactJSON(t, token.Claims), claims)
	equal(t, "the header", compactJSON(t, token.Header), `{"typ":"at+jwt","alg":"HS256","kid":"old"}`)
}

// TestEditUnchanged: a token that is there already is not called new.
func TestEditUnchanged(t *testing.T) {
	t.Parallel()
	d, original := newEditDesk(t)
	d.press("ctrl+s")
	equal(t, "the overlay", d.overlay, overlayNone)
	equal(t, "the token", d.issue.pane.entry, original)
	equal(t, "tokens on the board", len(d.board.items), 1)
	d.shows("nothing was changed, so no new token was made")
	d.hides("signed a new token")
}

// TestEditExpired: exp is kept as it is, and that it has passed is said.
func TestEditExpired(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.after(31 * time.Minute)
	d.press("e")
	d.rewrite(`"ada"`, `"bob"`)
	d.shows("▲ signed anew, but expired already: its exp has passed")
	d.press("ctrl+s")
	equal(t, "the subject", d.issue.pane.entry.token.Subject(), "bob")
	d.shows("▲ the new token has expired already: its exp has passed", "✗ expired")
	d.hides("✓ signed")
}

func TestEditErrors(t *testing.T) {
	t.Parallel()
	limited := func(_ *Config, s *settings.Settings) { s.MaxLifetime = 60 * 60 * 1e9 }
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
		{"something else", "{\n", "{\n\"body\": {},\n", -1, `only header and claims belong here, found "body"`},
		{"no claims", `"claims"`, `"header2"`, -1, `only header and claims belong here`},
		{"claims are a list", `"header": {`, `"header": [], "claims2": {`, -1, "header must be a JSON object"},
		{"crit", `"alg"`, `"crit": ["x"], "alg"`, -1, "crit"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d, _ := newEditDesk(t, limited)
			d.rewrite(test.from, test.to)
			if d.edit.err == nil {
				t.Fatalf("no error in\n%s", d.edit.Value())
			}
			equal(t, "the line", d.edit.errLine, test.line)
			if !strings.Contains(d.edit.err.Error(), test.says) {
				t.Errorf("the error is %q, want %q in it", d.edit.err, test.says)
			}
			if test.line >= 0 {
				lines := strings.Split(d.screenText(), "\n")
				marked := slices.IndexFunc(lines[3:], func(l string) bool { return strings.HasPrefix(l, "│ ✗ ") })
				equal(t, "the marked line", marked, test.line)
			}
			d.press("ctrl+s")
			equal(t, "the overlay", d.overlay, overlayEdit)
			equal(t, "tokens on the board", len(d.board.items), 1)
			d.shows("✗ mend it first: ")
		})
	}
}

// TestEditOutOfDate: while the text is refused, the token beside it is not
// shown as if it held it.
func TestEditOutOfDate(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, func(_ *Config, s *settings.Settings) { s.MaxLifetime = time.Hour })
	good := []string{"Signed anew", "● active", "✓ valid", "30m left"}
	d.shows(good...)
	d.rewrite(`"exp"`, `"ext"`)
	d.shows("Signed before", "▲ out of date", "▲ this is not what is typed, which cannot be signed", "sub ada")
	d.hides(good...)
	d.resize(40, 10)
	d.hides("● active")
	d.resize(120, 40)
	d.rewrite(`"ext"`, `"exp"`)
	d.shows(good...)
	d.hides("out of date", "this is not what is typed")
}

// TestEditNotSigned: a token that the limit refuses as it is.
func TestEditNotSigned(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.MaxLifetime = time.Minute })
	d.read(handmade(t, plainHeader, goodClaims("ada")))
	d.press("e")
	d.shows("Not signed", "No token yet.", "✗ ")
}

// TestEditForeign: a token of another key and algorithm is signed with ours.
func TestEditForeign(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read(handmadeWith(t, "x", `{"alg":"RS256","typ":"JWT","kid":"far"}`, goodClaims("ada")))
	d.press("e")
	d.shows(`▲ alg was "RS256"; the configured key signs HS256`)
	d.typed(" ")
	d.shows("✓ signed anew with key")
	d.press("ctrl+s")
	equal(t, "alg", d.issue.pane.entry.token.Algorithm(), auth.HS256)
}

func TestEditDiscard(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.press("esc") // nothing would be lost
	equal(t, "the overlay", d.overlay, overlayNone)

	d.press("e")
	d.typed("x")
	d.press("esc")
	equal(t, "the overlay", d.overlay, overlayEdit)
	d.shows("▲ esc again discards the changes")
	d.typed("y") // so the question is asked again
	d.press("esc")
	equal(t, "the overlay", d.overlay, overlayEdit)
	d.press("esc")
	equal(t, "the overlay", d.overlay, overlayNone)
	equal(t, "tokens on the board", len(d.board.items), 1)
	d.press("e")
	if strings.Contains(d.edit.Value(), "xy") {
		t.Error("what was discarded is there again")
	}
}

// TestEditPaste refuses what cannot be shown, as everywhere.
func TestEditPaste(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	before := d.edit.Value()
	d.paste("x\x1b[2J")
	equal(t, "the text", d.edit.Value(), before)
	d.shows("▲ that has a control character (U+001B) in it: nothing was put in")
}

// external returns the editor's command that was asked for.
func (d *desktop) external() externalMsg {
	d.t.Helper()
	d.press("ctrl+o")
	if len(d.execs) == 0 {
		d.t.Fatalf("no editor was asked for:\n%s", d.screenText())
	}
	msg, _ := d.execs[len(d.execs)-1].(externalMsg)
	return msg
}

func withEditor(editor ...string) func(*Config, *settings.Settings) {
	return func(c *Config, _ *settings.Settings) {
		c.Environ = append(editor, "TERM=xterm", "SECRET_KEY="+testSecret)
	}
}

func TestExternalCommand(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=nano", "VISUAL=code --wait"))
	msg := d.external()
	cmd := msg.command
	path := cmd.Args[len(cmd.Args)-1]
	equal(t, "the command", strings.Join(cmd.Args[:len(cmd.Args)-1], " "), `sh -c code --wait "$1" sh`)
	for _, variable := range cmd.Env {
		if strings.Contains(variable, testSecret) || strings.HasPrefix(variable, "SECRET_KEY") {
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
	equal(t, "the file", string(text), d.edit.Value()+"\n")

	edited := strings.Replace(string(text), `"ada"`, `"bob"`, 1)
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(edited, "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	d.send(msg.done(nil))
	d.shows("sub  bob", "✓ signed anew with key")
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
	err := msg.command.Run()
	d.send(msg.done(err))
	d.shows("sub  eve")
}

// TestExternalWhiteSpace takes what editors put in: tabs, and a line break at
// the end.
func TestExternalWhiteSpace(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t)
	d.send(editedMsg{now: moment, text: "{\n\t\"header\":\t{\"alg\": \"HS256\"},\n\t\"claims\": {\"a\": \"\\\"x\ty\", \"b\": \"\t\"}\n}\n\n"})
	if d.edit.err != nil {
		t.Fatalf("%s in\n%s", d.edit.err, d.edit.Value())
	}
	a, _ := d.edit.pane.entry.token.Claims.String("a")
	equal(t, "a", a, "\"x\ty")
	b, _ := d.edit.pane.entry.token.Claims.String("b")
	equal(t, "b", b, "\t")
}

func documentOf(msg externalMsg) string { return msg.command.Args[len(msg.command.Args)-1] }

// TestExternalIsNotThere runs an editor that does not exist as the console does.
func TestExternalIsNotThere(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor("EDITOR=no-such-editor"))
	msg := d.external()
	msg.command.Stderr = nil
	d.send(msg.done(msg.command.Run()))
	equal(t, "it says", d.toast.text, "the editor no-such-editor cannot be run: set VISUAL or EDITOR to one that is here, for example vi")
}

func TestExternalFails(t *testing.T) {
	t.Parallel()
	d, _ := newEditDesk(t, withEditor())
	d.press("ctrl+o")
	d.shows("▲ no editor is set: set EDITOR, for example to vi")
	d, _ = newEditDesk(t, withEditor("VISUAL= ", "EDITOR=\t"))
	d.press("ctrl+o")
	d.shows("▲ no editor is set: set EDITOR, for example to vi")

	d, _ = newEditDesk(t, withEditor("EDITOR=false"))
	before := d.edit.Value()
	msg := d.external()
	d.send(msg.done(errTest))
	equal(t, "the text", d.edit.Value(), before)
	d.shows("✗ the editor ended with an error, nothing was changed")
	if _, err := os.Stat(documentOf(msg)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was given to the editor is left behind: %v", err)
	}

	// What was written is kept when it cannot be taken over.
	for name, test := range map[string]struct {
		written string
		failed  error
		says    string
	}{
		"not UTF-8":   {"{\"sub\":\"ad\xff\"}", nil, "✗ the edited text is not valid UTF-8, nothing was changed; what you wrote is in "},
		"too large":   {strings.Repeat("x", maxEdited+1), nil, "✗ what the editor left has 1048577 bytes, more than the 1048576 that are read; what you"},
		"it crashed":  {"{}", errTest, "✗ the editor ended with an error, nothing was changed"},
		"not a token": {strings.Repeat("{}\n", maxAreaLines+2), nil, "✗ the edited text cannot be taken: that has too many lines: nothing was put in; what you"},
	} {
		msg = d.external()
		if err := os.WriteFile(documentOf(msg), []byte(test.written), 0o600); err != nil {
			t.Fatal(err)
		}
		d.send(msg.done(test.failed))
		equal(t, name, d.edit.Value(), before)
		if got := "✗ " + d.toast.text; !strings.HasPrefix(got, test.says) || !strings.HasSuffix(got, "; what you wrote is in "+documentOf(msg)) {
			t.Errorf("%s: it says %s", name, got)
		}
		if kept, err := os.ReadFile(documentOf(msg)); err != nil || string(kept) != test.written {
			t.Errorf("%s: it is lost: %v", name, err)
		}
		removeDocument(documentOf(msg))
	}

	msg = d.external()
	if err := os.Remove(documentOf(msg)); err != nil {
		t.Fatal(err)
	}
	d.send(msg.done(nil))
	equal(t, "the text", d.edit.Value(), before)
	d.shows("✗ what the editor left could not be read, nothing was changed")

	d.send(editedMsg{now: moment, text: strings.Replace(before, "ada", "ad\xff", 1)})
	equal(t, "the text", d.edit.Value(), before)
	d.shows("✗ the edited text is not valid UTF-8, nothing was changed")
	d.send(editedMsg{now: moment, text: strings.Repeat("{}\n", maxAreaLines+2)})
	equal(t, "the text", d.edit.Value(), before)
	d.shows("✗ the edited text cannot be taken: that has too many lines: nothing was put in")
	d.send(editedMsg{now: moment, text: "{\x1b[2J}"})
	equal(t, "the text", d.edit.Value(), `{\u001b[2J}`)
	d.send(editedMsg{now: moment, text: "{}"})
	d.shows("✗ both header and claims must be here")
}
