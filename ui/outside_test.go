package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tokendesk/desk"
)

// TestWindowTitle: the title says how many tokens are active and when the next one runs
// out, and never a subject, a label or a token.
func TestWindowTitle(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	title := func() string { return d.View().WindowTitle }
	equal(t, "the title without a token", title(), "tokendesk")
	d.issued("ada@example.com")
	equal(t, "the title", title(), "tokendesk · 1 active · next in 30m")
	d.after(time.Second)
	equal(t, "the title a second later", title(), "tokendesk · 1 active · next in 29m")
	d.issued("bob@example.com")
	d.after(29*time.Minute + time.Second)
	equal(t, "the title in the last minute", title(), "tokendesk · 2 active · next in under 1m")
	d.after(30 * time.Minute)
	equal(t, "the title when one has expired", title(), "tokendesk · 1 active · next in under 1m")
	d.after(time.Hour)
	equal(t, "the title when all have expired", title(), "tokendesk · 2 expired")
	d.clock.set(moment)
	equal(t, "a title of 40 hours", windowTitle(d.ctx.Board, moment.Add(-40*time.Hour)), "tokendesk · 2 active · next in 40h")
	equal(t, "a title of 9 days", windowTitle(d.ctx.Board, moment.Add(-9*24*time.Hour)), "tokendesk · 2 active · next in 9d")
	b := &desk.Board{}
	b.Add(d.ctx.Desk.Keyring().Verify(handmade(t, plainHeader, `{"sub":"ada"}`), desk.Checks{}, moment))
	equal(t, "the title of a token without expiry", windowTitle(b, moment), "tokendesk · 1 active")
}

// TestNotifications: an expiry reaches the terminal as the sequence that was asked for,
// and the screen stays as it is without it.
func TestNotifications(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ way, tmux, want string }{
		{"", "", ""},
		{"off", "", ""},
		{"bell", "", "\a"},
		{"osc9", "", "\x1b]9;Tokendesk: a token has expired\a"},
		{"osc777", "", "\x1b]777;notify;Tokendesk;a token has expired\a"},
		{"bell", "TMUX=/tmp/tmux", "\a"},
		{"osc9", "TMUX=/tmp/tmux", "\x1bPtmux;\x1b\x1b]9;Tokendesk: a token has expired\a\x1b\\"},
	} {
		s := emulate(t, 100, 30, func(c *Config) {
			c.Preferences.Notify = test.way
			c.Environ = append(c.Environ, test.tmux)
		})
		s.shows("such as ada@example.com")
		s.press("ada@example.com", enter)
		s.shows("active")
		s.tick(moment.Add(30 * time.Minute))
		s.shows("expired")
		bells := map[string]int{"bell": 1}[test.way] // those that do not end a sequence
		s.wait(func(string) bool {
			raw := s.written()
			return strings.Contains(raw, test.want) && strings.Count(raw, "\a") == strings.Count(raw, "\x1b]")+bells
		}, "the terminal did not get %q alone", test.want)
		raw := s.written()
		for title := range strings.SplitSeq(raw, "\x1b]2;") {
			if title, _, _ = strings.Cut(title, "\a"); strings.HasPrefix(title, "tokendesk") && strings.Contains(title, "ada") {
				t.Errorf("the title is %q", title)
			}
		}
	}
}

// TestManyExpire: several that expire at once are one notification.
func TestManyExpire(t *testing.T) {
	t.Parallel()
	if cmd := notification("osc9", 3, nil); cmd == nil {
		t.Fatal("no notification")
	} else if text := rawText(cmd()); text != ansi.Notify("Tokendesk: 3 tokens have expired") {
		t.Errorf("the notification is %q", text)
	}
}
