package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tokendesk/desk"
	"tokendesk/settings"
)

// folder is a folder with real files, and a console in it.
type folder struct {
	*desktop
	dir string
}

const otherSecret = "Zt4Kp9Lw2Xc7Vb1Nm6Qs3Df8Gh5Jr0Ty2Ui"

func openProject(t *testing.T, env string) folder {
	t.Helper()
	p := folder{dir: t.TempDir()}
	p.desktop = &desktop{t: t}
	p.write(".env", env)
	p.desktop = newDesktop(t, func(c *Config, _ *settings.Settings) {
		c.Source = desk.Source{
			File: filepath.Join(p.dir, ".env"), Lookup: func(string) (string, bool) { return "", false }, Now: c.Source.Now, Rand: c.Source.Rand,
		}
	})
	p.look()
	return p
}

func (p folder) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// look does what a tick does every other second.
func (p folder) look() {
	p.t.Helper()
	p.run(p.files.look(p.c(), p.stack.screen))
}

// TestSettingsChange: settings that somebody else has changed are noticed, said once and in
// the title row until they are read again, with one key press that leaves the form alone.
func TestSettingsChange(t *testing.T) {
	t.Parallel()
	p := openProject(t, "SECRET_KEY="+testSecret+"\n")
	p.form("Subject")
	p.write(".env", "SECRET_KEY="+testSecret+"\nISSUER=https://example.com\n")
	p.desktop.write("ada@example.com")
	p.look()
	const said = ".env has changed: f12 reads it again; what was read before is still in use"
	p.shows(said, "▲ .env CHANGED (f12)")
	p.hush()
	p.look()
	p.shows("▲ .env CHANGED")
	p.hides(said)
	p.press("f12")
	p.shows("the settings were read: HS256, key abc5cd36", "ada@example.com")
	p.hides("CHANGED")
	equal(t, "the issuer", p.ctx.Desk.Settings().Issuer, "https://example.com")
	equal(t, "the field", p.focus(), "Subject")
	p.look()
	p.hides("CHANGED")
	p.press("enter")
	if _, ok := p.entry().Token.Claims.Get("iss"); !ok {
		t.Error("a token has no issuer")
	}

	p.write(".env", "SECRET_KEY="+otherSecret+"\n")
	p.look()
	p.press("alt+r")
	p.issued("bob")
	equal(t, "the key", p.entry().Fingerprint(), testKey(t, "HS256", otherSecret).Fingerprint())
	if old := p.ctx.Board.Len(); old != 2 {
		t.Errorf("%d tokens are on the board", old)
	}
}

// TestSettingsBreak: settings that cannot be used when they are read again leave those
// that were read before.
func TestSettingsBreak(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"SECRET_KEY=" + testSecret + "\nMAX_TOKEN_MINUTES=soon\n": "MAX_TOKEN_MINUTES is not a number",
		"ISSUER=x\n": "there is no key",
	} {
		p := openProject(t, "SECRET_KEY="+testSecret+"\n")
		p.write(".env", text)
		p.look()
		p.press("f12")
		p.shows(want, "▲ .env CHANGED")
		p.issued("ada")
	}
	p := openProject(t, "SECRET_KEY="+testSecret+"\n")
	if err := os.Remove(filepath.Join(p.dir, ".env")); err != nil {
		t.Fatal(err)
	}
	p.look()
	p.shows(".env was removed; what was read before is still in use", "▲ .env REMOVED")
	p.press("f12")
	p.shows("there is no key", "▲ .env REMOVED")
	p.write(".env", "SECRET_KEY="+testSecret+"\n")
	p.look()
	p.hides("REMOVED", "CHANGED")
}

// TestKeyFileChanges: the key and the personas are watched too, and what the console
// writes itself is not reported.
func TestKeyFileChanges(t *testing.T) {
	t.Parallel()
	p := openProject(t, "SECRET_KEY="+testSecret+"\n")
	p.form("Subject")
	p.desktop.write("ada@example.com")
	p.press("ctrl+r")
	p.typed("admin")
	p.press("enter")
	p.shows("the persona admin was added")
	p.look()
	p.hides("CHANGED")
	p.write("personas.yaml", "admin: {subject: eve}\n")
	p.look()
	p.shows("▲ personas.yaml CHANGED")
	p.write(".env", "KEY_FILE=key\n")
	p.write("key", otherSecret)
	p.look()
	p.shows("2 files of the settings have changed", "▲ 2 FILES CHANGED (f12)")
	p.press("f12")
	p.hides("CHANGED")
	p.write("key", testSecret)
	p.look()
	p.shows("key has changed: f12 reads it again")
}

// TestLookIsQuiet: looking at files that did not change sends no message, and one look
// waits for the other.
func TestLookIsQuiet(t *testing.T) {
	t.Parallel()
	p := openProject(t, "SECRET_KEY="+testSecret+"\n")
	look := p.files.look(p.c(), p.stack.screen)
	if p.files.look(p.c(), p.stack.screen) != nil {
		t.Error("a second look began before the first had ended")
	}
	if msg := look(); msg != nil {
		t.Errorf("the message is %T", msg)
	}
	late := p.files.look(p.c(), p.stack.screen)
	p.write(".env", "SECRET_KEY="+otherSecret+"\n")
	p.Replace(p.ctx.Desk.Reload(context.Background()))
	p.run(late)
	p.hides("CHANGED")
	p.look()
	p.look()
	p.hides("CHANGED")
	equal(t, "looks", p.files.looks(time.Unix(2, 0)), true)
}

// TestReloadJudgesAgain: after the settings were read again with another secret, the token that
// the old one signed is refused on every screen, also one that is not open.
func TestReloadJudgesAgain(t *testing.T) {
	t.Parallel()
	p := openProject(t, "SECRET_KEY="+testSecret+"\n")
	for _, name := range []string{"ada@example.com", "bob@example.com"} {
		p.form("Subject")
		p.press("ctrl+u")
		p.desktop.write(name)
		p.press("enter")
	}
	p.shows("valid")
	p.write(".env", "SECRET_KEY="+otherSecret+"\n")
	p.press("f12")
	p.shows("bad signature")
	p.press("f3")
	for range 2 {
		p.after(time.Second)
		p.press("enter")
		p.shows("bad signature")
		p.press("esc", "down")
	}
	p.write(".env", "SECRET_KEY="+testSecret+"\n")
	p.press("f12")
	p.after(2 * time.Second)
	p.hides("bad signature")
}
