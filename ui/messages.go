package ui

import (
	"time"

	"tokendesk/ui/widget"
)

// messages holds the sentence that disappears by itself.
type messages struct {
	now   widget.Note // without text when there is none
	until time.Time
	last  widget.Note // the latest, even after it has disappeared
}

const messageTime = 6 * time.Second

func (s *messages) say(n widget.Note, now time.Time) {
	s.now, s.last, s.until = n, n, now.Add(messageTime)
}

// end ends a message that has been shown for long enough. It also ends one when the
// clock was set back, since that would keep it.
func (s *messages) end(now time.Time) {
	if !now.Before(s.until) || s.until.Sub(now) > messageTime {
		s.now = widget.Note{}
	}
}

// lines draws a message in at most so many lines, with a hint at the end if it is
// cut. It reports whether the whole message has room.
func (s *messages) lines(t *widget.Theme, n widget.Note, width, most int, hint string) ([]string, bool) {
	lines := t.Sentence(n, width, 0)
	if len(lines) <= most {
		return lines, true
	}
	lines = t.Sentence(n, width, most)
	lines[most-1] = widget.Cut(lines[most-1], width-widget.Width(hint)) + t.Tone(n.Tone).Render(hint)
	return lines, false
}
