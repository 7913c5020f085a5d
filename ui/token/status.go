package token

import (
	"time"

	"charm.land/lipgloss/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/ui/widget"
)

// ExpiresSoon reports whether an active token is near its end: in its last tenth,
// or its last minute.
func ExpiresSoon(s auth.Status) bool {
	return s.State == auth.StateActive && (s.Portion <= 0.1 || s.Left <= time.Minute)
}

// Sign returns where the token stands as a sign and a word, coloured. A token
// that is not verified is never called active.
func Sign(t *widget.Theme, e *desk.Entry, status auth.Status) string {
	switch {
	case !e.Verified():
		return t.Bad.Render("✗ " + e.Result.Verdict.String())
	case e.Result.Verdict == auth.VerdictNotYetValid: // also for an "iat" to come
		return t.Warn.Render("○ not yet valid")
	case ExpiresSoon(status):
		return t.Warn.Render("▲ expires soon")
	case status.State == auth.StateActive:
		return t.Good.Render("● active")
	case status.State == auth.StateExpired:
		return t.Bad.Render("✗ expired")
	case status.State == auth.StateNotYetValid:
		return t.Warn.Render("○ not yet valid")
	default:
		return t.Warn.Render("∞ no expiry")
	}
}

// Left draws how much is left of a token's life as a bar.
func Left(t *widget.Theme, e *desk.Entry, status auth.Status, width int) string {
	return widget.Bar(status.Portion, width, barStyle(t, e, status), t.Border)
}

func barStyle(t *widget.Theme, e *desk.Entry, status auth.Status) lipgloss.Style {
	switch {
	case !e.Verified():
		return t.Faint
	case ExpiresSoon(status):
		return t.Warn
	default:
		return t.Good
	}
}

// statusLine draws the bar and the countdown.
func statusLine(t *widget.Theme, e *desk.Entry, status auth.Status, width int) string {
	text := status.String()
	style := t.Strong
	switch {
	case ExpiresSoon(status):
		text, style = "▲ "+text, t.Warn.Bold(true)
	case status.State == auth.StateExpired:
		style = t.Bad.Bold(true)
	}
	room := width - widget.Width(text) - 2
	if room < 4 || status.State == auth.StateNoExpiry {
		return widget.Spread("", style.Render(text), width)
	}
	return Left(t, e, status, room) + "  " + style.Render(text)
}
