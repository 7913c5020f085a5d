package ui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
	"tokendesk/settings/project"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// creating makes Create write a key, and Load find it from then on.
func creating(created settings.Created) change {
	return func(c *Config, s *settings.Settings) {
		made := false
		full := *s
		empty := settings.Settings{File: ".env", Lifetime: 30 * time.Minute}
		c.Source.Load = func(settings.Options) (*settings.Settings, error) {
			if made {
				return &full, nil
			}
			return &empty, nil
		}
		c.Source.Create = func() (settings.Created, error) {
			made = true
			return created, nil
		}
	}
}

// TestFirstRun needs only enter, a name and enter.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, creating(settings.Created{Path: ".env", GitIgnored: true, GitIgnorePath: ".gitignore"}))
	d.shows("You need a key to sign tokens", "▌ Create .env here with a fresh secret", "Use a key for this run only", "Quit")
	d.shows("1 Issue", "2 Board", "3 Inspect", "Paste a token at any time")
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("✓ wrote .env with a fresh secret and added it to .gitignore", ".env · HS256")
	d.typed("ada")
	d.press("enter")
	d.shows("● active")
}

// TestFirstRunFits: on the narrowest screen with two parts nothing is clipped.
func TestFirstRunFits(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, creating(settings.Created{Path: ".env"}))
	d.resize(100, 30)
	for range 4 {
		if strings.Contains(d.screenText(), "… │") {
			t.Errorf("something is clipped:\n%s", d.screenText())
		}
		d.press("down")
	}
	d.shows("What needs no key")
}

func TestFirstRunWarning(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, creating(settings.Created{
		Path: ".env", Warning: &settings.Warning{File: ".gitignore", Text: "it could not be written", Do: "add .env to it"},
	}))
	d.press("enter")
	d.shows("▲ .gitignore: it could not be written; add .env to it")
}

func TestStartOther(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	d.press("down", "down", "down", "up", "up")
	d.shows("▌ Use a key for this run only")
	d.press("j")
	d.shows("▌ Sign with the key of a file")
	for _, k := range []string{"1", "f2", "esc", "x"} {
		d.press(k)
		equal(t, "the screen after "+k, d.front(), "Start")
	}
	for k, screen := range map[string]string{"f3": "Board", "f4": "Inspect", "f5": "Faults"} {
		d.press(k)
		equal(t, "the screen after "+k, d.front(), screen)
	}
	d.press("f2", "j")
	d.shows("▌ Quit")
	d.press("enter")
	equal(t, "quit", d.quit, true)
}

func TestCreateFails(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey, func(c *Config, _ *settings.Settings) {
		c.Source.Create = func() (settings.Created, error) { return settings.Created{}, fs.ErrExist }
	})
	d.press("enter")
	equal(t, "the screen", d.front(), "Start")
	d.shows("✗ file already exists", "▌ Create .env")
	d.press("down", "enter")
	equal(t, "the screen", d.front(), "Issue")
}

// TestCreateOnce: enter twice does not create twice.
func TestCreateOnce(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	_, first := d.Update(keyPress(t, "enter"))
	d.shows("Working…")
	_, second := d.Update(keyPress(t, "enter"))
	if first == nil || second != nil {
		t.Error("the second enter creates again")
	}
}

func TestThrowawayFails(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey, func(c *Config, _ *settings.Settings) { c.Source.Rand = failing{} })
	d.press("down", "enter")
	equal(t, "the screen", d.front(), "Start")
	d.shows("✗ ")
}

// TestFix reads the settings again until they are right.
func TestFix(t *testing.T) {
	t.Parallel()
	var loaded error = testProblems()
	d := newDesktop(t, func(c *Config, s *settings.Settings) {
		c.Source.Load = func(settings.Options) (*settings.Settings, error) {
			if loaded != nil {
				return &settings.Settings{File: ".env", Found: true}, loaded
			}
			return s, nil
		}
	})
	d.shows("The settings need fixing", "✗ .env", "✗ environment", "▌ Read .env again", "After you have changed it.")
	d.press("enter")
	d.shows("The settings need fixing")
	loaded = errors.New("open .env: permission denied")
	d.press("enter")
	d.shows("The settings could not be read", "✗ open .env: permission denied")
	loaded = nil
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("✓ the settings were read", "Job Board 1.0.0")
}

func TestStillNoKey(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey, func(_ *Config, s *settings.Settings) { s.Found = true })
	d.shows("You need a key to sign tokens", ".env: there is no key: neither SECRET_KEY nor KEY_FILE is set")
	d.press("r")
	d.shows("✗ there is still no key")
}

func TestWarningsAreShown(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.Warnings = []settings.Warning{{File: ".env", Text: "others can read this file", Do: "chmod 600 .env"}}
	})
	d.shows("▲ 1 warning", "▲ .env")
	d.after(time.Minute)
	d.shows("▲ 1 warning")
	d.press("f1")
	d.shows("others can read this file", "chmod 600 .env")
}

// TestWarningsOnTheStartScreen: a warning can be the cause of a problem.
func TestWarningsOnTheStartScreen(t *testing.T) {
	t.Parallel()
	warnings := func(_ *Config, s *settings.Settings) {
		s.Warnings = []settings.Warning{{File: ".env", Line: 1, Text: "# begins a comment here", Do: "put the value in quotes", Severe: true}}
	}
	for _, change := range []change{loadFails(testProblems()), noKey, loadFails(errTest)} {
		newDesktop(t, warnings, change).shows("✗ .env:1: # begins a comment here; put the value in quotes")
	}
}

// TestWarningTone: only a severe warning is red.
func TestWarningTone(t *testing.T) {
	t.Parallel()
	mild, severe := settings.Warning{File: ".env", Text: "mild"}, settings.Warning{File: ".env", Text: "severe", Severe: true}
	for _, test := range []struct {
		warnings []settings.Warning
		want     widget.Tone
	}{{[]settings.Warning{mild}, widget.Warn}, {[]settings.Warning{mild, severe}, widget.Bad}} {
		d := newDesktop(t, func(_ *Config, s *settings.Settings) { s.Warnings = test.warnings })
		equal(t, "the message", d.said().Tone, test.want)
		style := d.ctx.Env.Theme.Tone(test.want).Bold(true)
		warned := phrase.Count(len(test.warnings), "warning", "warnings")
		if banner := style.Render(test.want.Sign() + " " + warned); !strings.Contains(d.View().Content, banner) {
			t.Errorf("the banner of %v has another colour", test.warnings)
		}
		d.shows("▲ .env: mild")
	}
}

// TestProblemsKeepTheChoices: many problems do not push the choices away.
func TestProblemsKeepTheChoices(t *testing.T) {
	t.Parallel()
	var many settings.Problems
	for range 30 {
		many = append(many, testProblems()...)
	}
	d := newDesktop(t, loadFails(many))
	d.resize(40, 10)
	d.shows("▌ Read .env again", "Quit")
}

// TestProblemsCanBeRead: in every size the first problem is on the screen, and
// the others are a few keys away, there and in the help.
func TestProblemsCanBeRead(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {60, 14}, {80, 24}} {
		d := newDesktop(t, loadFails(manyProblems()), func(_ *Config, s *settings.Settings) {
			s.Warnings = []settings.Warning{{File: ".env", Line: 1, Text: "# begins a comment here", Do: "put the value in quotes"}}
		})
		d.resize(size[0], size[1])
		d.shows("The settings need fixing", "✗ .env:3: has 6 bytes and HS256 needs 32; make one with openssl rand -hex 32",
			"▌ Read .env again", "Quit")
		read := func(down string) {
			seen := ""
			for range 60 {
				d.shows("Quit")
				seen += d.screenText()
				d.press(down)
			}
			lines := frame.Problems(d.ctx.Env.Theme, d.ctx.Desk.Problem(), 200)
			for _, line := range append(lines, frame.Warnings(d.ctx.Env.Theme, d.ctx.Desk.Settings().Warnings, 200)...) {
				for _, word := range strings.Fields(ansi.Strip(line)) {
					if !strings.Contains(seen, word) {
						t.Errorf("%q is out of reach at %v", word, size)
					}
				}
			}
		}
		if size[1] < 24 {
			read("pgdown")
			for range 22 {
				d.press("pgup")
			}
			d.shows("✗ .env:3: has 6 bytes")
		}
		d.press("?", "tab")
		d.shows("has 6 bytes")
		for range 60 {
			seen := flat(d.screenText())
			if strings.Contains(seen, "comment here") {
				break
			}
			d.press("down")
		}
		d.shows("comment here")
	}
}

// TestStartErrorIsSeen in the smallest size, beside the reasons.
func TestStartErrorIsSeen(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	d.press("enter")
	d.resize(40, 10)
	d.shows("You need a key to sign tokens", "▌ Create .env", "✗ not in this test")
}

// TestStartReads: without a key a pasted token is read, and verified with what there is.
func TestStartReads(t *testing.T) {
	t.Parallel()
	for _, change := range []change{noKey, loadFails(testProblems()), loadFails(errTest), severalNames()} {
		d := newDesktop(t, change)
		equal(t, "the screen", d.front(), "Start")
		d.paste("Bearer " + handmade(t, plainHeader, goodClaims("ada")))
		equal(t, "the screen", d.front(), "Inspect")
		d.shows("sub ada", "extracted from: Bearer")
		for _, k := range []string{"f3", "f4", "f5"} {
			d.press(k)
		}
		equal(t, "the screen", d.front(), "Faults")
		d.press("f2")
		equal(t, "the screen", d.front(), "Start")
	}
}

// publicOnly gives the console the public half of a key pair.
func publicOnly(t *testing.T) change {
	t.Helper()
	public, err := testPair(t, auth.ES256).EncodePublic(auth.FormatPEM)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := auth.ParseKeys(public, "")
	if err != nil {
		t.Fatal(err)
	}
	return func(_ *Config, s *settings.Settings) { s.Key, s.Keys, s.KeySource = keys[0], keys, "public.pem" }
}

// TestStartPublicKey: a key that can only verify opens on the choices, and verifies.
func TestStartPublicKey(t *testing.T) {
	t.Parallel()
	private := testPair(t, auth.ES256)
	d := newDesktop(t, publicOnly(t))
	equal(t, "the screen", d.front(), "Start")
	d.shows("The key verifies and cannot sign", "public.pem: it is a PEM public key", "Sign with the key of a file")
	d.paste(issuedBy(t, private))
	d.shows("● active")
	d.press("f2")
	d.shows("▌ Sign with the key of a file")
	d.press("down", "enter")
	equal(t, "the screen", d.front(), "Issue")
	d.issued("ada")
	d.read(issuedBy(t, private)) // the public key goes on verifying
	d.shows("● active")
}

// TestStartKeyFile signs with the key of a file for this run.
func TestStartKeyFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret.key"), []byte(testSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	d := newDesktop(t, noKey)
	d.press("down", "down", "enter")
	d.shows("The file of a key", "▌ secret.key")
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	d.issued("ada")
}

// TestStartIssuer: an issuer that the settings name is asked only when it is chosen.
func TestStartIssuer(t *testing.T) {
	t.Parallel()
	p := &published{set: someSet(t)}
	d := newDesktop(t, noKey, publishing(t, p), func(_ *Config, s *settings.Settings) {
		s.JWKSURL, s.Found = "", true
		s.Recognised.Published = []project.Published{{Name: "AUTH0_ISSUER", URL: "https://pear.example.com/"}}
	})
	d.shows("Verify with the keys of pear.example.com")
	d.press("up", "up", "up")
	d.shows("AUTH0_ISSUER of .env names https://pear.example.com/.", "JWKS_URL=https://pear.example.com/")
	equal(t, "requests", len(p.asked), 0)
	d.press("enter")
	equal(t, "requests", len(p.asked), 1)
	d.shows("✓ the keys of https://pear.example.com/ verify until you quit")
	d.paste(issuedBy(t, remote(t)))
	d.shows("● active")
}
