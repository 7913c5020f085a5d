package widget

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Theme holds all styles of the console, for a dark or for a light background. Nothing
// else holds a style.
type Theme struct {
	Plain, Strong, Faint       lipgloss.Style
	Accent, Good, Warn, Bad    lipgloss.Style
	Brand, Tab, TabActive      lipgloss.Style
	Border, BorderFocus        lipgloss.Style
	Button, ButtonFocus        lipgloss.Style
	Selected, Banner, Alarm    lipgloss.Style
	Marked                     lipgloss.Style // the selection in a text
	Header, Payload, Signature lipgloss.Style // the three parts of a token
	Name, Str, Number, Literal lipgloss.Style // JSON
	HelpKey, HelpText          lipgloss.Style
}

// NewTheme returns the styles for a dark or a light background.
func NewTheme(isDark bool) *Theme {
	pick := lipgloss.LightDark(isDark)
	c := func(light, dark string) color.Color { return pick(lipgloss.Color(light), lipgloss.Color(dark)) }
	var (
		text   = c("#1f2328", "#e6e6e6")
		faint  = c("#6b7280", "#8a8f98")
		accent = c("#5b3cc4", "#a78bfa")
		good   = c("#0f7a3d", "#4ade80")
		warn   = c("#9a6700", "#fbbf24")
		bad    = c("#c01c28", "#f87171")
		blue   = c("#0b62c4", "#7dd3fc")
		pink   = c("#ad1f73", "#f9a8d4")
		line   = c("#c4c8d0", "#4b5162")
		raised = c("#e8e4fa", "#37325a")
	)
	fg := func(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c) }
	return &Theme{
		Plain: fg(text), Strong: fg(text).Bold(true), Faint: fg(faint),
		Accent: fg(accent), Good: fg(good), Warn: fg(warn), Bad: fg(bad),
		Brand:       fg(accent).Bold(true),
		Tab:         fg(faint),
		TabActive:   fg(accent).Bold(true),
		Border:      fg(line),
		BorderFocus: fg(accent),
		Button:      fg(text).Bold(true),
		ButtonFocus: fg(accent).Bold(true).Reverse(true),
		Selected:    fg(text).Background(raised).Bold(true),
		Banner:      fg(bad).Bold(true),
		Alarm:       fg(bad).Bold(true).Reverse(true),
		Marked:      fg(text).Reverse(true),
		Header:      fg(pink), Payload: fg(accent), Signature: fg(blue),
		Name: fg(accent), Str: fg(good), Number: fg(warn), Literal: fg(blue),
		HelpKey: fg(text), HelpText: fg(faint),
	}
}

// Faded returns the styles for a token that is out of date.
func (t *Theme) Faded() *Theme {
	f := *t
	for _, style := range []*lipgloss.Style{
		&f.Plain, &f.Strong, &f.Header, &f.Payload, &f.Signature, &f.Name, &f.Str, &f.Number, &f.Literal,
	} {
		*style = f.Faint
	}
	return &f
}

// Mark returns the sign before a row of a list and the style of its first
// column.
func (t *Theme) Mark(selected bool) (string, lipgloss.Style) {
	if selected {
		return t.Accent.Render("▌ "), t.Selected
	}
	return "  ", t.Plain
}
