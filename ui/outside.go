package ui

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/ui/frame"
)

const program = "tokendesk"

// windowTitle says what runs out next. It names no subject and no label: a title is seen
// by whoever shares a screen, and terminals and their logs keep it. It counts minutes, so
// that it seldom changes.
func windowTitle(b *desk.Board, now time.Time) string {
	active, next := b.Ahead(now)
	title := program
	switch {
	case active > 0:
		title += " · " + strconv.Itoa(active) + " active"
	case b.Len() > 0:
		title += " · " + strconv.Itoa(b.Len()) + " expired"
	}
	if !next.IsZero() {
		title += " · next in " + roughly(next.Sub(now))
	}
	return title
}

// roughly returns a duration in the largest whole unit that fits.
func roughly(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return "under 1m"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + "m"
	case d < 2*day:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	default:
		return strconv.Itoa(int(d/day)) + "d"
	}
}

// notification has the terminal tell that tokens of the board have expired, in the way
// that the user wants. It names no subject. Inside tmux the terminal around it tells.
func notification(way string, expired int, environ []string) tea.Cmd {
	text := "a token has expired"
	if expired > 1 {
		text = phrase.Count(expired, "token has", "tokens have") + " expired"
	}
	sequence := ""
	switch way {
	case "bell":
		return tea.Raw("\a")
	case "osc9":
		sequence = ansi.Notify("Tokendesk: " + text)
	case "osc777":
		sequence = ansi.URxvtExt("notify", "Tokendesk", text)
	default:
		return nil
	}
	if frame.Lookup(environ, "TMUX") != "" {
		sequence = ansi.TmuxPassthrough(sequence)
	}
	return tea.Raw(sequence)
}
