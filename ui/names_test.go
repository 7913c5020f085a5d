package ui

import (
	"errors"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/settings"
	"tokendesk/settings/project"
)

// severalNames makes the settings have two names for the secret, or more, until one is chosen.
func severalNames(more ...project.Candidate) change {
	return func(c *Config, s *settings.Settings) {
		choices := []project.Candidate{
			{Name: "JWT_SECRET_KEY", Line: 2, Class: project.Signs, Reason: "its name says that it signs tokens"},
			{Name: "SECRET_KEY", Line: 1, Class: project.Own, Reason: "it is Tokendesk's own name for the secret"},
		}
		choices = append(choices, more...)
		open := *s
		open.Key, open.KeySource = nil, ""
		open.Recognised = project.Recognition{Ask: choices, Why: "SECRET_KEY and JWT_SECRET_KEY have different values"}
		problems := settings.Problems{{File: ".env", Name: "SECRET_KEY_NAME", Text: open.Recognised.Why, Do: "choose one", Choice: true}}
		for _, choice := range choices {
			problems = append(problems, &settings.Problem{
				File: ".env", Line: choice.Line, Name: choice.Name, Text: choice.Name + " could be it: " + choice.Reason, Choice: true,
			})
		}
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			if o.SecretFrom == "" {
				out := open
				return &out, problems
			}
			out := *s
			out.KeyName = o.SecretFrom
			return &out, nil
		}
		c.Source.KeepName = func(file, name string) error {
			if file != ".env" || name != "SECRET_KEY" {
				return errors.New("wrote " + name + " into " + file)
			}
			return nil
		}
	}
}

// nearby makes other env files be found, by default that of a backend.
func nearby(found ...settings.Near) change {
	if len(found) == 0 {
		found = []settings.Near{{File: "backend/.env", Name: "JWT_SECRET"}, {File: ".env.local", Name: "TOKEN_SECRET"}}
	}
	return func(c *Config, s *settings.Settings) {
		full := *s
		full.Key, full.Found = nil, false
		c.Source.Nearby = func(string) []settings.Near { return found }
		other := *s
		other.File, other.KeySource, other.KeyName, other.Found = found[0].File, found[0].File, found[0].Name, true
		if other.Key == nil {
			other.Key, _ = auth.NewHMACKey(auth.HS256, []byte(testSecret))
		}
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			if o.File == found[0].File {
				out := other
				return &out, nil
			}
			out := full
			return &out, nil
		}
	}
}

// TestSecretNames: several names are a question, and enter answers it.
func TestSecretNames(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, severalNames())
	equal(t, "the dialogs", d.over(), "")
	d.shows("No secret is chosen yet", "▌ Sign with JWT_SECRET_KEY", "Sign with SECRET_KEY", ".env, line 2",
		"JWT_SECRET_KEY: its name says that it signs tokens.")
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "the dialogs", d.over(), "")
	d.shows("JWT_SECRET_KEY · HS256", "✓ JWT_SECRET_KEY signs from now on")
	d.typed("ada")
	d.press("enter")
	d.shows("● active")
}

// TestKeepSecretName: s writes the choice into the file.
func TestKeepSecretName(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, severalNames())
	d.press("down", "down")
	d.shows("▌ Choose the name of the secret")
	d.press("enter", "s")
	equal(t, "the dialog", d.over(), "secretName")
	d.shows("✗ wrote JWT_SECRET_KEY into .env")
	d.press("down", "s")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("✓ wrote SECRET_KEY_NAME=SECRET_KEY into the settings file")
	d.hides("JWT_SECRET_KEY")
}

// TestSecretNamesClosed: without an answer the console stays open, and asks again.
func TestSecretNamesClosed(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, severalNames())
	d.press("down", "down", "enter")
	d.shows("Which secret signs tokens?", "▌ JWT_SECRET_KEY  line 2", "  SECRET_KEY      line 1",
		"SECRET_KEY and JWT_SECRET_KEY have different values")
	d.press("esc")
	equal(t, "the screen", d.front(), "Start")
	d.shows("▌ Choose the name of the secret", "Read .env again", "Names that could be the secret's: JWT_SECRET_KEY, SECRET_KEY.")
	d.press("enter", "down", "enter")
	equal(t, "the screen", d.front(), "Issue")
}

// TestSecretNamesFirst: where there is little room, the names are shown rather than the reason.
func TestSecretNamesFirst(t *testing.T) {
	t.Parallel()
	long := project.Candidate{Name: "AUTHENTICATION_SECRET", Line: 3, Reason: "some projects sign tokens with a secret of that name"}
	d := newDesktop(t, severalNames(long))
	d.resize(40, 10)
	d.press("down", "down", "down", "enter", "down", "down")
	d.shows("Which secret signs tokens?", "  JWT_SECRET_KEY", "  SECRET_KEY", "▌ AUTHENTICATION_SECRET",
		"AUTHENTICATION_SECRET: some projects")
}

// TestSecretNamesSaidOnce: the screen behind the question does not repeat it.
func TestSecretNamesSaidOnce(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, severalNames())
	d.resize(80, 24)
	d.press("down", "down", "enter")
	for _, once := range []string{"Which secret signs tokens?", "have different values", "its name says that it signs tokens"} {
		equal(t, once, strings.Count(d.screenText(), once), 1)
	}
}

// TestNearby: another env file is the first choice.
func TestNearby(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, nearby())
	d.shows("▌ Use backend/.env, which has JWT_SECRET", "Use .env.local, which has TOKEN_SECRET", "Create .env here with a fresh secret",
		"Nothing is written. In a command: to use it, add --env-file backend/.env.")
	d.press("enter")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("✓ the settings were read", "JWT_SECRET · HS256")
	d.typed("ada")
	d.press("enter")
	d.shows("● active")
}

// TestNotice: what was recognised is said once and stays in the help.
func TestNotice(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(_ *Config, s *settings.Settings) {
		s.KeyName = "JWT_SECRET"
		s.Notices = []settings.Notice{{Name: "JWT_SECRET", Text: "JWT_SECRET of .env signs", Do: "SECRET_KEY_NAME=JWT_SECRET makes it a setting"}}
	})
	d.shows("JWT_SECRET of .env signs", "JWT_SECRET · HS256")
	d.press("f1")
	d.shows("JWT_SECRET of .env signs; SECRET_KEY_NAME=JWT_SECRET")
}

// TestOtherSecrets: another secret of the file is two keys away, for the run or for good.
func TestOtherSecrets(t *testing.T) {
	t.Parallel()
	var kept string
	d := newDesktop(t, func(c *Config, s *settings.Settings) {
		s.KeyName = "JWT_SECRET"
		s.Recognised = project.Recognition{
			Chosen: &project.Candidate{Name: "JWT_SECRET", Line: 1, Class: project.Signs},
			Others: []project.Candidate{
				{Name: "JWT_REFRESH_SECRET", Line: 2, Class: project.Other, Reason: "its name says that it is for other tokens"},
			},
		}
		set := *s
		c.Source.Load = func(o settings.Options) (*settings.Settings, error) {
			out := set
			if o.SecretFrom != "" {
				out.KeyName = o.SecretFrom
				out.Recognised = project.Recognition{Chosen: &set.Recognised.Others[0], Others: []project.Candidate{*set.Recognised.Chosen}}
			}
			return &out, nil
		}
		c.Source.KeepName = func(_, name string) error {
			kept = name
			return nil
		}
	})
	d.press("f10")
	equal(t, "the dialog", d.over(), "secretName")
	d.shows("▌ JWT_REFRESH_SECRET  line 2", "its name says that it is for", "JWT_SECRET signs now")
	d.press("enter")
	equal(t, "the dialogs", d.over(), "")
	d.shows("JWT_REFRESH_SECRET signs from now on", "JWT_REFRESH_SECRET · HS256")
	d.press("f10")
	d.shows("▌ JWT_SECRET  line 1")
	d.press("s")
	equal(t, "the name in the file", kept, "JWT_SECRET")
	d.shows("JWT_SECRET · HS256", "wrote SECRET_KEY_NAME=JWT_SECRET into the settings file")
}

// TestNoOtherSecrets: with one secret there is no such key.
func TestNoOtherSecrets(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.press("f10")
	equal(t, "the dialogs", d.over(), "")
}

// TestFill: a name without a value is filled in with two keys.
func TestFill(t *testing.T) {
	t.Parallel()
	filled := ""
	d := newDesktop(t, func(c *Config, s *settings.Settings) {
		full := *s
		full.KeyName = "JWT_SECRET"
		full.Notices = []settings.Notice{{Name: "JWT_SECRET", Text: "JWT_SECRET of .env signs"}}
		empty := *s
		empty.Key, empty.Found = nil, true
		empty.Recognised.Empty = "JWT_SECRET"
		c.Source.Load = func(settings.Options) (*settings.Settings, error) {
			out := empty
			if filled != "" {
				out = full
			}
			return &out, nil
		}
		c.Source.FillSecret = func(file, name, secret string) error {
			if len(secret) < 32 {
				return errors.New("the secret is short")
			}
			filled = name + " of " + file
			return nil
		}
	})
	d.shows("▌ Write a fresh secret into JWT_SECRET of .env")
	d.shows("An API that is running must read the file again.")
	d.press("enter")
	equal(t, "what was written", filled, "JWT_SECRET of .env")
	equal(t, "the screen", d.front(), "Issue")
	d.shows("wrote .env with a fresh secret in JWT_SECRET")
}
