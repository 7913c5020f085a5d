package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/internal/copyas"
	"tokendesk/settings"
)

// TestCopy sends exactly the token, and never says that it arrived.
func TestCopy(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"y", "ctrl+y"} {
		d := newDesktop(t)
		e := d.issued("ada")
		d.press(key)
		if len(d.clip) != 1 || d.clip[0] != e.Token.Compact {
			t.Fatalf("%s sent %q", key, d.clip)
		}
		d.shows("✓ the token was sent to the clipboard")
		d.hides("copied")
	}
	d := newDesktop(t)
	e := d.issued("ada")
	d.press("esc") // the form has the keys, and a token beside it
	d.press("ctrl+y")
	d.press("f3")
	d.press("y")
	if len(d.clip) != 2 || d.clip[0] != e.Token.Compact || d.clip[1] != e.Token.Compact {
		t.Errorf("the form and the board sent %q", d.clip)
	}
}

// TestCopyUnreadable copies the text that was read unchanged, even if it is harmful: the
// clipboard is not the screen.
func TestCopyUnreadable(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.read("x\x1b[31m\u202e.y")
	d.press("y")
	if len(d.clip) != 1 || d.clip[0] != "x\x1b[31m\u202e.y" {
		t.Errorf("%q was sent", d.clip)
	}
}

// asCopy is a token as the forms take it.
func asCopy(token *auth.Token, now time.Time) copyas.Token {
	exp, _ := token.Date("exp")
	expires, _ := exp.Time()
	return copyas.Token{Compact: token.Compact, Subject: token.Subject(), ExpiresAt: expires, Now: now}
}

func TestCopyAs(t *testing.T) {
	t.Parallel()
	for i, form := range copyas.Forms() {
		t.Run(form.Name(), func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t)
			e := d.issued("ada")
			d.after(10 * time.Second) // the seconds that are left are those of the moment
			d.press("c")
			for range i {
				d.press("down")
			}
			d.shows("▌ " + form.Title())
			d.after(20 * time.Second)
			d.press("enter")
			want, err := form.Render(asCopy(e.Token, moment.Add(20*time.Second)))
			if err != nil {
				t.Fatal(err)
			}
			if len(d.clip) != 1 || d.clip[0] != want {
				t.Errorf("%q was sent, want %q", d.clip, want)
			}
			if !strings.Contains(want, e.Token.Compact) {
				t.Errorf("the token is not in %q", want)
			}
			equal(t, "the dialogs over the screen", d.over(), "")
			d.shows("✓ " + form.Title() + " was sent to the clipboard")
			d.hides("copied")
		})
	}
}

func TestCopyMenuGoesRound(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("c", "up")
	d.shows("▌ JSON")
	d.press("down")
	d.shows("▌ Token")
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "the copied texts", len(d.clip), 0)
}

// TestCopyMenuCannot: a form that cannot carry a text says so.
func TestCopyMenuCannot(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	e := d.issued("ada")
	broken := *e.Token
	broken.Compact, e.Token = "a\nb", &broken
	d.press("c", "down", "enter")
	equal(t, "the copied texts", len(d.clip), 0)
	d.shows("✗ the text contains a line break")
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := newDesktop(t, func(c *Config, _ *settings.Settings) { c.Environ = append(c.Environ, "HOME="+dir) })
	e := d.issued("ada")
	path := filepath.Join(dir, "jjj.txt")

	d.press("w")
	d.shows("Write the token to a file", "> token.txt", "written with mode 0600; an existing file is not replaced")
	d.write("")
	d.press("enter")
	d.shows("✗ type a file name")
	d.typed(path)
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	d.shows("✓ wrote the token to")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the file", string(text), e.Token.Compact+"\n")
	info, _ := os.Stat(path)
	equal(t, "the mode", info.Mode().Perm(), 0o600)

	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.press("w")
	d.write(path)
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.shows(path[len(path)-20:]) // the typed name is still there
	d.shows("already exists")
	text, _ = os.ReadFile(path)
	equal(t, "the file that was there", string(text), "mine")
	d.typed("2")
	d.hides("exists already")
	d.press("enter")
	text, _ = os.ReadFile(path + "2")
	equal(t, "the second file", string(text), e.Token.Compact+"\n")

	d.press("w")
	d.write("~/home.txt")
	d.press("enter")
	text, _ = os.ReadFile(filepath.Join(dir, "home.txt"))
	equal(t, "the file in the home folder", string(text), e.Token.Compact+"\n")

	d.press("w")
	d.write(filepath.Join(dir, "no", "such", "folder"))
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.shows("✗ ")
	d.press("esc")
	equal(t, "the dialogs over the screen", d.over(), "")
}

// TestWriteForm writes the form that is selected in the copy menu.
func TestWriteForm(t *testing.T) {
	t.Parallel()
	for i, form := range copyas.Forms() {
		d := newDesktop(t)
		e := d.issued("ada")
		d.press("c")
		for range i {
			d.press("down")
		}
		d.press("w")
		d.shows("Write " + form.Title() + " to a file")
		name := regexp.MustCompile(`> (token\.[a-z]+)`).FindStringSubmatch(d.screenText())
		if name == nil {
			t.Fatalf("no name is proposed:\n%s", d.screenText())
		}
		path := filepath.Join(t.TempDir(), name[1])
		d.write(path)
		d.press("enter")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := form.Render(asCopy(e.Token, moment))
		equal(t, form.Name(), string(text), want+"\n")
	}
}

// TestWriteOnce: enter twice does not write twice.
func TestWriteOnce(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("w")
	d.write(filepath.Join(t.TempDir(), "x"))
	_, first := d.Update(keyPress(t, "enter"))
	_, second := d.Update(keyPress(t, "enter"))
	if first == nil || second != nil {
		t.Error("the second enter writes again")
	}
	d.run(first)
	equal(t, "the dialogs over the screen", d.over(), "")
}

// TestToast goes away by itself, and when the clock was put back.
func TestToast(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.after(messageTime - time.Second)
	d.shows("issued for ada")
	d.after(messageTime)
	d.hides("issued for ada")
	d.press("y")
	d.after(-time.Hour)
	d.hides("sent to the clipboard")
}

// TestCopyMenuSaysThereIsMore where not all forms have room.
func TestCopyMenuSaysThereIsMore(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("c")
	const title = "╭─ Copy as ─"
	for _, test := range []struct {
		height int
		more   bool
	}{{10, true}, {15, true}, {16, true}, {17, false}, {24, false}} {
		d.resize(40, test.height)
		for line := range strings.SplitSeq(d.screenText(), "\n") {
			if strings.Contains(line, title) {
				equal(t, "more at "+strconv.Itoa(test.height), strings.Contains(line, "↑/↓"), test.more)
			}
		}
		d.shows(title)
	}
}

// TestCopyAsRemembers the last form, and the URL for the settings that it was typed for.
func TestCopyAsRemembers(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.Request.URL = "http://x.example/me" })
	e := d.issued("ada")
	d.press("c")
	for !strings.Contains(d.screenText(), "▌ curl") {
		d.press("down")
	}
	compact := e.Token.Compact
	short := compact[:10] + "..." + compact[len(compact)-10:]
	d.shows("curl -H 'Authorization: Bearer "+short+"'", "http://x.example")
	d.press("u")
	d.shows("URL of the request", "> http://x.example/me", "API_URL")
	d.write("localhost:9")
	d.press("enter")
	d.shows("✗ \"localhost:9\" is not an http or https URL")
	d.write("http://localhost:9000/users/me")
	d.press("enter", "enter")
	want := "curl -H 'Authorization: Bearer " + compact + "' http://localhost:9000/users/me"
	equal(t, "the copied text", d.clip[0], want)
	d.press("c")
	d.shows("▌ curl")
	d.press("enter")
	equal(t, "the text that was copied again", d.clip[1], want)
	d.press("c", "u")
	d.write("")
	d.press("enter", "enter")
	equal(t, "the text with the URL of the settings", d.clip[2], "curl -H 'Authorization: Bearer "+compact+"' http://x.example/me")
	d.press("c", "up")
	d.hides("set URL")
}

// TestCopyAsSaysWhyNot: the preview says what is wrong with an API_URL of something else.
func TestCopyAsSaysWhyNot(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.Request.URL = "/api" })
	d.issued("ada")
	d.press("c")
	for !strings.Contains(d.screenText(), "▌ Python requests") {
		d.press("down")
	}
	d.shows(`"/api" is not an http or https URL`)
}

// TestWriteProposesAFreeName in the folder where the console runs.
func TestWriteProposesAFreeName(t *testing.T) {
	t.Chdir(t.TempDir())
	d := newDesktop(t)
	e := d.issued("ada")
	for _, name := range []string{"token.txt", "token-2.txt", "token-3.txt"} {
		d.press("w")
		d.shows("> " + name)
		d.press("enter")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, name, string(text), e.Token.Compact+"\n")
	}
}
