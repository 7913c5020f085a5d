package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/issue"
)

// issueStates are those of the form and the token beside it.
func issueStates() []state {
	issues := func(d *desktop) { d.issued("ada@example.com") }
	return []state{
		{"issue empty", after(func(*desktop) {})},
		{"issue typing", after(func(d *desktop) { d.typed("ada@example.com") })},
		{"issue invalid", after(func(d *desktop) { d.typed(" a@b@c "); d.press("tab"); d.write("1.5h") })},
		{"issue nothing typed", after(func(d *desktop) { d.press("enter") })},
		{"issue lifetime", after(func(d *desktop) { d.typed("ada"); d.press("tab", "down") })},
		{"issue claims rows", after(func(d *desktop) { d.press("tab", "tab"); d.typed("role=admin\nscopes:=[\"read\",\"write\"]") })},
		{"issue claims JSON", after(func(d *desktop) {
			d.press("tab", "tab")
			d.typed("role=admin\nscopes:=[\"read\",\"write\"]")
			d.press("ctrl+t")
		})},
		{"issue claims error", after(func(d *desktop) { d.press("tab", "tab"); d.typed("role=admin\nscopes:=[\"read\",") })},
		{"issue button", after(func(d *desktop) { d.typed("ada"); d.press("shift+tab") })},
		{"issue active", after(func(d *desktop) { issues(d); d.after(19 * time.Second) })},
		{"issue form beside a token", after(func(d *desktop) { issues(d); d.after(19 * time.Second); d.press("esc") })},
		{"issue soon", after(func(d *desktop) { issues(d); d.after(29 * time.Minute) })},
		{"issue expired", after(func(d *desktop) { issues(d); d.after(30*time.Minute + 12*time.Second) })},
		{"issue with claims", after(func(d *desktop) {
			d.form("Claims")
			d.typed("role=admin\nscopes:=[\"read\",\"write\"]\nname=Zoë Müller")
			issues(d)
		}, func(_ *Config, s *settings.Settings) {
			s.Issuer, s.Audience = "https://auth.example.com", []string{"jobs", "mail"}
		})},
		{"issue weak key", after(issues, weakKey)},
		{"issue with weak key", after(func(*desktop) {}, weakKey)},
		{"issue weak and protected", after(func(d *desktop) {
			d.typed("ada")
			d.press("enter")
		}, weakKey, func(_ *Config, s *settings.Settings) { s.Profile, s.Protected = "production", true })},
		{"issue throwaway", after(func(d *desktop) { d.press("down", "enter"); issues(d) }, noKey)},
		{"issue local time", after(func(d *desktop) {
			d.at(moment.In(time.FixedZone("CET", 3600)))
			issues(d)
			d.press("l")
		})},
		{"issue warning", after(func(*desktop) {}, func(_ *Config, s *settings.Settings) {
			s.Warnings = []settings.Warning{{File: ".env", Text: "others can read this file", Do: "chmod 600 .env"}}
		})},
		{"issue refused", after(func(d *desktop) {
			issues(d)
			d.press("esc")
			form, _ := d.stack.screen().(*issue.Screen)
			d.send(frame.Done{Now: moment, Apply: func(c *frame.Ctx) tea.Cmd { return form.Fail(c, errTest) }})
		})},
	}
}

func weakKey(_ *Config, s *settings.Settings) {
	s.Key, _ = auth.NewHMACKey(auth.HS256, []byte("secret"))
	weakness := s.Key.Weakness()
	s.Warnings = append(s.Warnings, settings.Warning{
		File: ".env", Line: 1, Name: "SECRET_KEY", Weak: true, Source: auth.WeakSource, Text: "SECRET_KEY is weak: " + weakness.Error(),
		Do: weakness.Advice() + ", or set ALLOW_WEAK_SECRET=true if a test system uses this one",
	})
}
