package ui

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/phrase"
	"tokendesk/settings"
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
	d.hides("1 Issue")
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("✓ wrote .env with a fresh secret and added it to .gitignore", ".env · HS256")
	d.typed("ada")
	d.press("enter")
	d.shows("● active")
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
	d.shows("▌ Quit")
	for _, k := range []string{"1", "2", "3", "f2", "f3", "f4", "esc", "x"} {
		d.press(k)
		equal(t, "the screen after "+k, d.front(), "Start")
	}
	d.paste("eyJhbGciOiJIUzI1NiJ9.e30.c2ln")
	equal(t, "the screen", d.front(), "Start")
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
	d.shows("The settings need fixing", "✗ .env", "✗ environment", "▌ Read .env again", "After you have fixed it.")
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
	d.press("enter")
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
		if banner := style.Render("▲ " + phrase.Count(len(test.warnings), "warning", "warnings")); !strings.Contains(d.View().Content, banner) {
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
