package ui

import (
	"errors"
	"testing"

	"tokendesk/settings"
)

// startStates are those of the screen that says why there is no key.
func startStates() []state {
	return []state{
		{"start first run", after(func(*desktop) {}, noKey)},
		{"start no key in file", after(func(*desktop) {}, noKey, func(_ *Config, s *settings.Settings) { s.Found = true })},
		{"start problems", after(func(*desktop) {}, loadFails(testProblems()))},
		{"start many problems", after(func(*desktop) {}, loadFails(manyProblems()))},
		{"start unreadable", after(func(*desktop) {}, loadFails(errors.New("open .env: permission denied")))},
		{"start busy", after(func(d *desktop) { d.Update(keyPress(d.t, "enter")) }, noKey)},
		{"start error", after(func(d *desktop) { d.press("enter") }, noKey)},
		{"start names", after(func(*desktop) {}, severalNames())},
		{"start names closed", after(func(d *desktop) { d.press("esc") }, severalNames())},
		{"start nearby", after(func(*desktop) {}, noKey, nearby())},
		{"start nearby example", after(func(*desktop) {}, noKey, nearby(settings.Near{File: ".env.example", Name: "JWT_SECRET", Example: true}))},
		{"start recognised", after(func(*desktop) {}, func(_ *Config, s *settings.Settings) {
			s.KeyName, s.Notices = "JWT_SECRET", []settings.Notice{{
				Name: "JWT_SECRET", Text: "JWT_SECRET of .env signs, for 7d by JWT_EXPIRES_IN",
				Do: "SECRET_KEY_NAME=JWT_SECRET in .env makes this a setting",
			}}
		})},
		{"start public key", func(t *testing.T) *desktop {
			t.Helper()
			return newDesktop(t, publicOnly(t))
		}},
		{"start profiles", after(func(d *desktop) { d.press("down", "down", "down") }, in("default", "staging"), noKey)},
	}
}

func noKey(_ *Config, s *settings.Settings) { s.Key, s.Found, s.KeySource = nil, false, "" }

// loadFails makes the settings unreadable.
func loadFails(err error) change {
	return func(c *Config, s *settings.Settings) {
		s.Key = nil
		c.Source.Load = func(settings.Options) (*settings.Settings, error) { return s, err }
	}
}

func testProblems() settings.Problems {
	return settings.Problems{
		{File: ".env", Line: 3, Name: "SECRET_KEY", Text: "has 6 bytes and HS256 needs 32", Do: "make one with openssl rand -hex 32"},
		{File: "environment", Name: "ALGORITHM", Text: "is not known", Do: "use HS256, HS384 or HS512"},
	}
}

func manyProblems() settings.Problems {
	problems := testProblems()
	for _, name := range []string{
		"ACCESS_TOKEN_EXPIRE_MINUTES", "MAX_TOKEN_MINUTES", "SECRET_KEY_ENCODING", "ALLOW_WEAK_SECRET", "PERSONAS_FILE", "KEY_FILE",
	} {
		problems = append(problems, &settings.Problem{
			File: ".env", Line: len(problems) + 4, Name: name, Text: name + " is not what it should be", Do: "write it as the template says",
		})
	}
	return problems
}
