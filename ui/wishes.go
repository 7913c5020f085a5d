package ui

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// wishes are how the user wants the console, and what its terminal is like.
type wishes struct {
	settings.Preferences

	dark bool // the background of the terminal
}

// theme returns the styles for the background.
func (w *wishes) theme() *widget.Theme { return widget.NewTheme(w.Theme, w.dark) }

// local reports whether the console opens with times in the local zone.
func (w *wishes) local() bool { return w.Zone == "local" }

// mouse reports whether the console uses the mouse: unless the user or the project says no.
func (w *wishes) mouse(set settings.Settings) bool { return set.Mouse && w.Mouse != "off" }

// wished returns the value that a preference has now.
func (m *Model) wished(row settings.Preference) string {
	if row.Name == "zone" { // a key changes it too
		return map[bool]string{true: "local", false: "utc"}[m.ctx.Env.Local]
	}
	return m.wishes.Value(row)
}

// wish gives a preference a value for this run, and says how to keep it.
func (m *Model) wish(c *frame.Ctx, of settings.Preference, value string) tea.Cmd {
	m.wishes.Set(of, value)
	m.ctx.Env.Theme = m.wishes.theme()
	if of.Name == "zone" {
		m.ctx.Env.Local = m.wishes.local()
	}
	text := of.Name + " is " + value + " for this run"
	if file := m.wishes.File; file != "" {
		text += "; to keep it, write " + of.Name + ": " + value + " into " + visible.Text(file)
	}
	return c.Say(widget.Good, text)
}
