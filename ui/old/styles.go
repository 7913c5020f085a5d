package old

import (
	"image/color"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"
)

// styles is every style of the console. One value is made for a dark and one
// for a light background; nothing else holds a style.
type styles struct {
	plain, strong, faint        lipgloss.Style
	accent, good, warn, bad     lipgloss.Style
	brand, tab, tabActive       lipgloss.Style
	border, borderFocus         lipgloss.Style
	button, buttonFocus         lipgloss.Style
	selected, banner, alarm     lipgloss.Style
	header, payload, signature  lipgloss.Style // the three parts of a token
	name, str, number, literal  lipgloss.Style // JSON
	helpKey, helpText           lipgloss.Style
	textColor, faintColor, line color.Color
}

func newStyles(isDark bool) styles {
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
	return styles{
		plain: fg(text), strong: fg(text).Bold(true), faint: fg(faint),
		accent: fg(accent), good: fg(good), warn: fg(warn), bad: fg(bad),
		brand:       fg(accent).Bold(true),
		tab:         fg(faint),
		tabActive:   fg(accent).Bold(true),
		border:      fg(line),
		borderFocus: fg(accent),
		button:      fg(text).Bold(true),
		buttonFocus: fg(accent).Bold(true).Reverse(true),
		selected:    fg(text).Background(raised).Bold(true),
		banner:      fg(bad).Bold(true),
		alarm:       fg(bad).Bold(true).Reverse(true),
		header:      fg(pink), payload: fg(accent), signature: fg(blue),
		name: fg(accent), str: fg(good), number: fg(warn), literal: fg(blue),
		helpKey: fg(text), helpText: fg(faint),
		textColor: text, faintColor: faint, line: line,
	}
}

// faded returns the styles in which a token is drawn that is no longer current.
func (s styles) faded() styles {
	for _, style := range []*lipgloss.Style{&s.plain, &s.strong, &s.header, &s.payload, &s.signature, &s.name, &s.str, &s.number, &s.literal} {
		*style = s.faint
	}
	return s
}

// input returns the styles of a text field.
func (s styles) input() textinput.Styles {
	state := textinput.StyleState{Text: s.plain, Placeholder: s.faint, Suggestion: s.faint, Prompt: s.accent}
	blurred := state
	blurred.Prompt = s.faint
	out := textinput.DefaultStyles(true)
	out.Focused, out.Blurred = state, blurred
	out.Cursor.Blink = false
	out.Cursor.Color = nil
	return out
}

// area returns the styles of a text field of several lines.
func (s styles) area() textarea.Styles {
	state := textarea.StyleState{
		Text: s.plain, Placeholder: s.faint, Prompt: s.accent, EndOfBuffer: s.faint,
		LineNumber: s.faint, CursorLineNumber: s.faint, CursorLine: s.plain,
	}
	blurred := state
	blurred.Prompt = s.faint
	out := textarea.DefaultStyles(true)
	out.Focused, out.Blurred = state, blurred
	out.Cursor.Blink = false
	out.Cursor.Color = nil
	return out
}
