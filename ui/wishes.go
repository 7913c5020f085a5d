package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// wishes are how the user wants the console, and what its terminal is like.
type wishes struct {
	settings.Preferences

	chosen   string // the theme that was chosen in the console, in this run or an earlier one
	keeps    bool   // a theme that is chosen is kept
	dark     bool   // the background of the terminal
	few      bool   // it has 16 colours
	clusters bool   // it draws an emoji sequence as one
	ascii    bool   // its locale has no UTF-8
}

// theme returns the styles for the terminal.
func (w *wishes) theme() *widget.Theme {
	if w.few && w.Theme != "mono" {
		return widget.NewTheme(widget.FewColours, w.dark && w.Theme != "light" || w.Theme == "dark")
	}
	return widget.NewTheme(w.Theme, w.dark)
}

// local reports whether the console opens with times in the local zone.
func (w *wishes) local() bool { return w.Zone == "local" }

// mouse reports whether the console uses the mouse: unless the user or the project says no.
func (w *wishes) mouse(set settings.Settings) bool { return set.Mouse && w.Mouse != "off" }

// commands returns the commands of the palette that change a preference for this run.
func (w *wishes) commands(group string, of settings.Preference) []dialog.Command {
	all := make([]dialog.Command, len(of.Values))
	for i, value := range of.Values {
		all[i] = dialog.Command{
			Group: group, Title: strings.ToUpper(of.Name[:1]) + of.Name[1:] + " " + value, More: "For this run: " + of.Text + ".",
			Run: func(c *frame.Ctx) tea.Cmd { return w.change(c, of, value) },
		}
		if value == w.Value(of) {
			all[i].Not = "it is so now"
		}
	}
	return all
}

// change gives a preference a value for this run, and says how to keep it.
func (w *wishes) change(c *frame.Ctx, of settings.Preference, value string) tea.Cmd {
	if of.Name == themeName && w.keeps {
		w.chosen = value
		w.apply(c, value)
		return c.Say(widget.Good, "the theme is "+value+", also the next time")
	}
	w.Set(of, value)
	c.Env.Theme = w.theme()
	text := of.Name + " is " + value + " for this run"
	if w.File != "" {
		text += "; to keep it, write " + of.Name + ": " + value + " into " + visible.Text(w.File)
	}
	return c.Say(widget.Good, text)
}

const themeName = "theme"

// remember uses the theme that was chosen in an earlier run.
func (w *wishes) remember(c *frame.Ctx, theme string) {
	if w.keeps && w.chosen == "" && theme != "" {
		w.chosen = theme
		w.apply(c, theme)
	}
}

// apply uses a theme, if there is one of that name.
func (w *wishes) apply(c *frame.Ctx, theme string) {
	of := settings.PreferenceTable()[0]
	if slices.Contains(of.Values, theme) {
		w.Set(of, theme)
		c.Env.Theme = w.theme()
	}
}
