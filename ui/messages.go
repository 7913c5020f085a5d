package ui

import (
	"time"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// message is a sentence that disappears by itself. One that says what failed on a screen
// stays until a key is pressed.
type message struct {
	note  widget.Note
	until time.Time // zero until it has been on the screen
	// fresh says that it was said while the latest event was handled, and global that it
	// belongs to no screen.
	fresh, global bool
}

func (m *message) stays() bool { return m.note.Tone == widget.Bad && !m.global }

// messages holds the sentence of each screen; that of no screen is shown on all.
type messages struct {
	of   map[frame.Screen]*message
	last widget.Note // the latest, even after it has disappeared
}

const messageTime = 6 * time.Second

// say shows a sentence on a screen in place of the one before. It disappears at a time,
// or if that is zero, after it has been on the screen. An empty one only ends the one before.
func (s *messages) say(on frame.Screen, n widget.Note, until time.Time) {
	if s.of == nil {
		s.of = map[frame.Screen]*message{}
	}
	delete(s.of, nil) // the newer one counts
	if n.Text == "" {
		delete(s.of, on)
		return
	}
	s.of[on], s.last = &message{n, until, true, on == nil}, n
}

// follow hands what was just said on a screen to the one that has taken its place.
func (s *messages) follow(from, to frame.Screen) {
	if m := s.of[from]; m != nil && m.fresh && from != to {
		delete(s.of, from)
		s.of[to] = m
	}
	for _, m := range s.of {
		m.fresh = false
	}
}

// shown returns the message of the screen in front, or nil.
func (s *messages) shown(front frame.Screen) *message {
	if m := s.of[nil]; m != nil {
		return m
	}
	return s.of[front]
}

// end ends the message in front if it has been shown for long enough. It also ends one
// when the clock was set back, since that would keep it.
func (s *messages) end(front frame.Screen, now time.Time) {
	m := s.shown(front)
	switch {
	case m == nil || m.stays():
	case m.until.IsZero():
		m.until = now.Add(messageTime)
	case !now.Before(m.until) || m.until.Sub(now) > messageTime:
		s.drop(m)
	}
}

// read ends a message that stays until a key is pressed.
func (s *messages) read(front frame.Screen) {
	if m := s.shown(front); m != nil && m.stays() {
		s.drop(m)
	}
}

func (s *messages) drop(m *message) {
	for on, each := range s.of {
		if each == m {
			delete(s.of, on)
		}
	}
}

// draw draws a message in as many lines as there are for it over a part that the user
// types into or not, and reports whether all of it has room. The help shows all of it anyway.
func (l layout) draw(t *widget.Theme, n widget.Note, typing, helping bool) ([]string, bool) {
	const hint = "… f1"
	most, width := 4, l.message.W-2
	switch {
	case helping:
		most = 1
	case typing && l.message.Y == l.help.Y:
		most = 2
	case typing:
		most = 3
	}
	lines := t.Sentence(n, width, 0)
	if len(lines) <= most {
		return lines, true
	}
	lines = t.Sentence(n, width, most)
	lines[most-1] = widget.Cut(lines[most-1], width-widget.Width(hint)) + t.Tone(n.Tone).Render(hint)
	return lines, false
}

// put puts the lines of a message into its line. Those that have no room stand above it.
func (l layout) put(lines, message []string) {
	first := l.message.Y + 1 - len(message)
	for i, line := range message {
		lines[first+i] = widget.Fit(" "+line, l.message.W)
	}
}
