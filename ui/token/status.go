package token

import (
	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/ui/widget"
)

// Sign draws where a token stands, as a sign and a word.
func Sign(t *widget.Theme, s explain.Status) string {
	return t.Tone(s.Tone).Render(s.Sign + " " + s.Word)
}

// Left draws how much is left of a token's life as a bar.
func Left(t *widget.Theme, s explain.Status, width int) string {
	return widget.Bar(s.Portion, width, t.Tone(s.Bar), t.Border)
}

// statusLine draws the bar and the countdown.
func statusLine(t *widget.Theme, s explain.Status, width int) string {
	text, style := s.Left, t.Strong
	switch {
	case s.Soon:
		text, style = explain.Warn.Sign()+" "+text, t.Warn.Bold(true)
	case s.State == auth.StateExpired:
		style = t.Bad.Bold(true)
	}
	room := width - widget.Width(text) - 2
	if room < 4 || !s.HasBar {
		return widget.Spread("", style.Render(text), width)
	}
	return Left(t, s, room) + "  " + style.Render(text)
}
