package ui

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/widget"
)

// TestProfileOnTheTitleRow is there where it could be another one.
func TestProfileOnTheTitleRow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		change change
		want   string
	}{
		{func(_ *Config, s *settings.Settings) { s.Profile = "default" }, "Job Board 1.0.0 .env · HS256, HMAC with SHA-256 · key abc5cd36"},
		{in("default"), "Job Board 1.0.0 .env · HS256, HMAC with SHA-256 · key abc5cd36"},
		{in("default", "staging"), "Job Board 1.0.0 profile default · HS256, HMAC with SHA-256 · key abc5cd36"},
		{in("staging"), "Job Board 1.0.0 profile staging · HS256, HMAC with SHA-256 · key"},
		{in("production"), "Job Board 1.0.0 profile production · ▲ PROTECTED · HS256, HMAC with SHA-256 · key"},
		{func(c *Config, s *settings.Settings) {
			in("staging")(c, s)
			s.KeySource = environment
		}, "profile staging · environment · HS256, HMAC with SHA-256 · key"},
		{func(_ *Config, s *settings.Settings) {
			s.Profile, s.Protected = "default", true
		}, "profile default · ▲ PROTECTED · HS256, HMAC with SHA-256 · key abc5cd36"},
		{in("a\x1b[31m\u202eb"), `profile a\x1b[31m<U+202E>b · HS256, HMAC with SHA-256`},
	} {
		newDesktop(t, test.change).shows(test.want)
	}
}

// TestTitleRowOfProfiles: neither a long name nor a banner pushes the key out.
func TestTitleRowOfProfiles(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"staging", "production", strings.Repeat("long", 30), strings.Repeat("漢字", 30)} {
		for _, change := range []func(*settings.Settings){
			func(*settings.Settings) {},
			func(s *settings.Settings) { s.Protected = true },
			func(s *settings.Settings) { s.KeySource = environment },
			func(s *settings.Settings) {
				s.Protected, s.Warnings = true, make([]settings.Warning, 2)
				weakKey(nil, s)
			},
		} {
			d := newDesktop(t, in(name), func(_ *Config, s *settings.Settings) { change(s) })
			for width := minWidth; width <= 200; width++ {
				row := ansi.Strip(titleRow(d.c(), width))
				equal(t, "the width of "+row, widget.Width(row), width)
				if !strings.Contains(row, "key "+d.ctx.Desk.Key().Fingerprint()) {
					t.Errorf("the key is not in %q", row)
				}
				if d.set.Protected && !strings.Contains(row, "▲ PROTECTED") {
					t.Errorf("the banner is not in %q", row)
				}
				if len(name) < 12 && width >= 60 && len(d.set.Warnings) == 0 && !strings.Contains(row, name+" · ") {
					t.Errorf("the profile is not in %q", row)
				}
			}
		}
	}
}

func TestSwitch(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "production", "staging"))
	first := d.issued("ada").Token
	d.press("esc")
	d.write("bob")
	d.press("f9")
	d.shows("Profiles", "▌ default .env in use", "production .env.production", "staging .env.staging")
	d.press("up", "enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	d.shows("✓ the profile is now staging", "profile staging · HS256", "For bob", "Good for 45m")

	// The token on the desk keeps its verdict, also when it is verified again.
	d.after(time.Minute)
	d.press("f3")
	d.press("enter")
	d.shows("ada · default", "● active", "signed with HS256 by key abc5cd36")
	d.after(31 * time.Minute)
	d.shows("✗ expired")
	d.hides("bad signature")

	// Inspect asks whether this profile takes a token, and asks again after a change.
	d.read(first.Compact)
	d.shows("✗ bad signature")
	d.press("f9", "up", "up", "enter")
	d.shows("profile default", "✗ expired", "signed with HS256 by key abc5cd36")
	d.hides("✗ bad signature")

	second := d.issued("bob")
	equal(t, "the keys of the issued token", second.Result.Key, d.ctx.Desk.Key())
	if !explain.Verified(&second.Result) {
		t.Error("what was issued after the change is not verified")
	}
}

// TestSwitchLifetime: a lifetime that was typed stays.
func TestSwitchLifetime(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"))
	d.form("Lifetime")
	d.write("2h")
	d.press("f9", "down", "enter")
	equal(t, "the lifetime", d.field("Lifetime"), "2h")
	equal(t, "the profile", d.ctx.Desk.Name(), "staging")
}

// TestSwitchBroken leaves the desk as it was and says why.
func TestSwitchBroken(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "broken", "empty"))
	d.typed("ada")
	d.press("f9", "down", "enter")
	d.shows("▌ broken .env.broken ✗ broken", "✗ .env.broken:3: has 6 bytes and HS256 needs 32",
		"✗ .env.broken:5: ", "Nothing was changed.", "profile default")
	d.press("down", "enter")
	d.shows("✗ .env.empty: there is no key: neither SECRET_KEY nor")
	d.hides(".env.broken:3")
	d.press("esc", "enter")
	d.shows("● active", "key abc5cd36")
	for height := minHeight; height < 24; height++ {
		d.resize(minWidth, height)
		d.press("f9", "down", "enter")
		d.shows("▌ broken", "✗ .env.broken:3: has 6 bytes")
		d.press("?", "tab")
		d.shows("✗ .env.broken:3: has 6 bytes and HS256 needs 32; make one with openssl rand -hex 32")
		d.press("esc", "esc")
		equal(t, "the dialogs over the screen", d.over(), "")
	}
}

// TestSwitchFromTheStart: a folder may have a profile and no .env.
func TestSwitchFromTheStart(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), noKey)
	d.shows("You need a key to sign tokens", "Choose another profile")
	d.press("down", "down", "down")
	d.shows("▌ Choose another profile", "The same folder has 1 other profile.")
	d.press("enter")
	d.shows("▌ default .env missing")
	d.press("esc", "f9", "down", "enter")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("profile staging", "✓ the profile is now staging")
	d.issued("ada")
}

// TestSwitchLate: an answer that nobody waits for any more changes nothing.
func TestSwitchLate(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"))
	d.press("f9", "down")
	_, late := d.Update(keyPress(t, "enter"))
	d.shows("Reading…")
	if _, again := d.Update(keyPress(t, "enter")); again != nil {
		t.Error("the second enter reads again")
	}
	d.press("esc")
	d.run(late)
	equal(t, "the profile", d.ctx.Desk.Name(), "default")
	equal(t, "the dialogs over the screen", d.over(), "")

	_, list := d.Update(keyPress(t, "f9"))
	d.press("f1")
	d.run(list)
	equal(t, "the dialogs over the screen", d.over(), "Help")
}

// TestSwitchWarns about the settings of the profile.
func TestSwitchWarns(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), func(c *Config, _ *settings.Settings) {
		load := c.Source.Load
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			s, err := load(o)
			if o.File == settings.ProfileFile("staging") {
				s.Warnings = []settings.Warning{{File: o.File, Text: "others can read it", Severe: true}}
			}
			return s, err
		}
	})
	d.press("f9", "down", "enter")
	d.shows("✗ the profile is now staging, with 1 warning about its settings: see f1", "✗ 1 warning")
}

// TestSwitcherScrolls in the smallest size, by keys and by the wheel.
func TestSwitcherScrolls(t *testing.T) {
	t.Parallel()
	many := make([]string, 0, 20)
	for i := range 20 {
		many = append(many, "p"+strconv.Itoa(10+i))
	}
	d := newDesktop(t, in("default", many...))
	d.resize(40, 10)
	d.press("f9", "up")
	d.shows("▌ p29 .env.p29", "↑/↓")
	d.press("down")
	d.shows("▌ default .env in use")
}

// TestNoProfiles: a console that was given none has no key for them.
func TestNoProfiles(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f9")
	equal(t, "the dialogs over the screen", d.over(), "")
}

// TestSwitcherHostile: a file may have any name.
func TestSwitcherHostile(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "a\x1b[31m\u202eb", strings.Repeat("long", 30), strings.Repeat("漢字", 30), "broken"))
	d.press("f9", "up", "enter")
	for _, size := range [][2]int{{40, 10}, {41, 12}, {80, 24}, {120, 40}} {
		d.resize(size[0], size[1])
		for range 5 {
			d.press("down")
			checkSize(t, d, size[0], size[1], true)
		}
	}
	d.shows(`a\x1b[31m<U+202E>b .env.a\x1b[31m<U+202E>b`)

	// The name is shown as it must be typed.
	d = newDesktop(t, in("a\x1b[31m\u202eb"), func(_ *Config, s *settings.Settings) { s.Protected = true })
	d.typed("ada")
	d.press("enter")
	d.typed(`a\x1b[31m<U+202E>b`)
	d.press("enter")
	d.shows("issued for ada")
}
