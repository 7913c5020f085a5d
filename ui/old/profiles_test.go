package old

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/settings"
)

// Secrets of the profiles in these tests.
const (
	stagingSecret    = "staging-Tq8XvW2pLz5RkUd0yJcBf7HsNa"
	productionSecret = "production-q8XvW2pLz5RkUd0yJcBf7Hs"
)

// testProfile returns the settings of a profile, or what is wrong with it.
func testProfile(t testing.TB, p settings.Profile) (*settings.Settings, error) {
	t.Helper()
	s := testSettings(t)
	s.File, s.KeySource, s.Profile = p.File, p.File, p.Name
	switch p.Name {
	case "staging":
		s.Key, s.Lifetime = testKey(t, auth.HS256, stagingSecret), 45*time.Minute
	case "production":
		s.Key, s.Protected = testKey(t, auth.HS256, productionSecret), true
	case "broken":
		return &settings.Settings{File: p.File, Profile: p.Name, Found: true}, settings.Problems{
			{File: p.File, Line: 3, Name: "SECRET_KEY", Text: "has 6 bytes and HS256 wants 32", Do: "make one with openssl rand -hex 32"},
			{File: p.File, Line: 5, Name: "MAX_TOKEN_MINUTES", Text: "MAX_TOKEN_MINUTES is not a number", Do: "use whole minutes, such as 30"},
		}
	case "empty":
		s.Key = nil
	}
	return s, nil
}

// in opens the console in one of these profiles.
func in(name string, others ...string) func(*Config, *settings.Settings) {
	return func(c *Config, s *settings.Settings) {
		var all []settings.Profile
		for _, each := range append([]string{name}, others...) {
			all = append(all, settings.Profile{Name: each, File: settings.ProfileFile(each)})
		}
		t := noTest{}
		first, _ := testProfile(t, all[0])
		*s = *first
		c.Profiles = func() []settings.Profile { return all }
		c.LoadProfile = func(p settings.Profile) (*settings.Settings, error) { return testProfile(t, p) }
	}
}

// noTest is for helpers that cannot fail here.
type noTest struct{ testing.TB }

func (noTest) Helper()           {}
func (noTest) Fatal(args ...any) { panic(args) }

// TestProfileOnTheTitleRow is there where it could be another one.
func TestProfileOnTheTitleRow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		change func(*Config, *settings.Settings)
		want   string
	}{
		{func(_ *Config, s *settings.Settings) { s.Profile = "default" }, "Job Board 1.0.0 .env · HS256, HMAC with SHA-256 · key abc5cd36"},
		{in("default"), "Job Board 1.0.0 .env · HS256, HMAC with SHA-256 · key abc5cd36"},
		{in("default", "staging"), "Job Board 1.0.0 profile default · HS256, HMAC with SHA-256 · key abc5cd36"},
		{in("staging"), "Job Board 1.0.0 profile staging · HS256, HMAC with SHA-256 · key"},
		{in("production"), "Job Board 1.0.0 profile production · ▲ PROTECTED · HS256, HMAC with SHA-256 · key"},
		{func(c *Config, s *settings.Settings) { in("staging")(c, s); s.KeySource = environment }, "profile staging · environment · HS256, HMAC with SHA-256 · key"},
		{func(_ *Config, s *settings.Settings) { s.Profile, s.Protected = "default", true }, "profile default · ▲ PROTECTED · HS256, HMAC with SHA-256 · key abc5cd36"},
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
				s.Key = testKey(t, auth.HS256, "secret", auth.AllowWeak())
			},
		} {
			d := newDesktop(t, in(name), func(_ *Config, s *settings.Settings) { change(s) })
			for width := minWidth; width <= 200; width++ {
				row := ansi.Strip(d.titleRow(width))
				equal(t, "the width of "+row, textWidth(row), width)
				if !strings.Contains(row, "key "+d.desk.key().Fingerprint()) {
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
	first := d.issued("ada").token
	d.press("esc")
	d.issue.subject.set("bob")
	d.press("f9")
	d.shows("Profiles", "▌ default .env in use", "production .env.production", "staging .env.staging")
	d.press("up", "enter")
	equal(t, "the overlay", d.overlay, overlayNone)
	d.shows("✓ the profile is staging", "profile staging · HS256", "> bob", "‹ 45m", "Token · default")

	// The token on the desk keeps its verdict, also when it is verified again.
	d.after(time.Minute)
	d.goTo(screenBoard)
	d.press("enter")
	d.shows("Token · default", "● active", "signature verified with key abc5cd36")
	d.after(31 * time.Minute)
	d.shows("✗ expired")
	d.hides("bad signature")

	// Inspect asks whether this profile takes a token, and asks again after a change.
	d.read(first.Compact)
	d.shows("✗ bad signature")
	d.press("P", "up", "up", "enter")
	d.shows("profile default", "✗ expired", "signature verified with key abc5cd36")
	d.hides("✗ bad signature")

	second := d.issued("bob")
	equal(t, "the keys of what is issued", second.keys[0], d.desk.key())
	if !second.verified() {
		t.Error("what was issued after the change is not verified")
	}
}

// TestSwitchLifetime: a lifetime that was typed stays.
func TestSwitchLifetime(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"))
	d.issue.lifetime.set("2h")
	d.press("f9", "down", "enter")
	equal(t, "the lifetime", d.issue.lifetime.Value(), "2h")
	equal(t, "the profile", d.desk.settings.Profile, "staging")
}

// TestSwitchBroken leaves the desk as it was and says why.
func TestSwitchBroken(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "broken", "empty"))
	d.typed("ada")
	d.press("f9", "down", "enter")
	d.shows("▌ broken .env.broken ✗ broken", "✗ .env.broken:3: has 6 bytes and HS256 wants 32", "✗ .env.broken:5: ", "Nothing was changed.", "profile default")
	d.press("down", "enter")
	d.shows("✗ .env.empty has neither SECRET_KEY nor KEY_FILE")
	d.hides(".env.broken:3")
	d.press("esc", "enter")
	d.shows("● active", "key abc5cd36")
	for height := minHeight; height < 24; height++ {
		d.resize(minWidth, height)
		d.press("P", "down", "enter")
		d.shows("▌ broken", "✗ .env.broken:3: has 6 bytes")
		d.press("?")
		d.shows("✗ .env.broken:3: has 6 bytes and HS256 wants 32; make one with openssl rand -hex 32")
		d.press("esc", "esc")
		equal(t, "the overlay", d.overlay, overlayNone)
	}
}

// TestSwitchFromTheStart: a folder may have a profile and no .env.
func TestSwitchFromTheStart(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), noKey)
	d.shows("There is no key yet", "Choose another profile")
	d.press("down", "down")
	d.shows("▌ Choose another profile", "There is 1 other settings file beside .env.")
	d.press("enter")
	d.shows("▌ default .env not here")
	d.press("esc", "P", "down", "enter")
	equal(t, "the screen", d.screen, screenIssue)
	d.shows("profile staging", "✓ the profile is staging")
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
	equal(t, "the profile", d.desk.settings.Profile, "default")
	equal(t, "the overlay", d.overlay, overlayNone)

	_, list := d.Update(keyPress(t, "f9"))
	d.press("f1")
	d.run(list)
	equal(t, "the overlay", d.overlay, overlayHelp)
}

// TestSwitchWarns about the settings of the profile.
func TestSwitchWarns(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, in("default", "staging"), func(c *Config, _ *settings.Settings) {
		c.LoadProfile = func(p settings.Profile) (*settings.Settings, error) {
			s, err := testProfile(t, p)
			s.Warnings = []settings.Warning{{File: p.File, Text: "others can read it", Severe: true}}
			return s, err
		}
	})
	d.press("f9", "down", "enter")
	d.shows("✗ the profile is staging, with 1 warning about its settings: see f1", "▲ 1 warning")
}

// TestSwitcherScrolls in the smallest size, by keys and by the wheel.
func TestSwitcherScrolls(t *testing.T) {
	t.Parallel()
	many := make([]string, 0, 20)
	for i := range 20 {
		many = append(many, "p"+itoa(10+i))
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
	equal(t, "the overlay", d.overlay, overlayNone)
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

	// What is seen is what is typed.
	d = newDesktop(t, in("a\x1b[31m\u202eb"), func(_ *Config, s *settings.Settings) { s.Protected = true })
	d.typed("ada")
	d.press("enter")
	d.typed(`a\x1b[31m<U+202E>b`)
	d.press("enter")
	d.shows("issued a token for ada")
}
