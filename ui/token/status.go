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

// SignLeft is [Sign] with the time that is left.
func SignLeft(t *widget.Theme, s explain.Status) string {
	text := s.Sign + " " + s.Word
	switch {
	case s.Left == "":
	case s.State == auth.StateExpired && s.Word == s.State.String(), s.State == auth.StateNoExpiry && s.Word == s.State.String():
		text = s.Sign + " " + s.Left // has the word
	default:
		text += " · " + s.Left
	}
	return t.Tone(s.Tone).Bold(true).Render(text)
}

// Left draws how much is left of a token's life as a bar.
func Left(t *widget.Theme, s explain.Status, width int) string {
	return widget.Bar(s.Portion, width, t.Tone(s.Bar), t.Border)
}

// bar draws the bar over the whole width, if there is something to show.
func bar(t *widget.Theme, s explain.Status, width int) string {
	if !s.HasBar || width < 4 {
		return ""
	}
	return Left(t, s, width)
}
