package ui

import (
	"slices"
	"strings"
	"testing"

	"tokendesk/settings"
	"tokendesk/ui/widget"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// TestThemesAreOffered: the preference has exactly the themes that there are.
func TestThemesAreOffered(t *testing.T) {
	t.Parallel()
	if theme := settings.PreferenceTable()[0]; theme.Name != "theme" || !slices.Equal(theme.Values, widget.Themes()) {
		t.Errorf("the preference %s has %q, want %q", theme.Name, theme.Values, widget.Themes())
	}
}

// TestWishes: the preferences hold from the first frame, and can be changed for the run.
func TestWishes(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, func(c *Config, _ *settings.Settings) {
		c.Preferences = settings.Preferences{
			File: "/home/ada/.config/tokendesk/config.yaml", Theme: "light", Zone: "local", Mouse: "off",
			Warnings: []settings.Warning{{File: "config.yaml", Line: 3, Text: "there is no preference \"theem\"", Do: "perhaps theme was meant"}},
		}
	})
	d.shows("1 warning about your preferences: see f1")
	d.press("f1")
	d.shows("config.yaml:3: there is no preference \"theem\"")
	d.press("esc")
	equal(t, "local times", d.ctx.Env.Local, true)
	equal(t, "the mouse", d.View().MouseMode == 0, true)
	light := d.View().Content
	change := func(title string) {
		t.Helper()
		d.find(title)
		d.press("enter")
	}
	change("theme mono")
	d.shows("theme is mono for this run; to keep it, write theme: mono into /home/ada/.config/tokendesk/config.yaml")
	if d.View().Content == light {
		t.Error("the theme did not change")
	}
	change("mouse on")
	equal(t, "the mouse", d.View().MouseMode == 0, false)
	change("notify bell")
	equal(t, "notifications", d.wishes.Notify, "bell")
}

// TestFewColours: with 16 colours text has the colour of the terminal, whatever the theme is.
func TestFewColours(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	before := d.View().Content
	d.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI})
	if d.View().Content == before || strings.Contains(d.View().Content, "38;2;") {
		t.Errorf("it is drawn with more colours than the terminal has: %q", d.View().Content)
	}
	d.send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	equal(t, "the screen in true colour", d.View().Content, before)
}
