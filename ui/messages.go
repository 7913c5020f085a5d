package ui

import (
	"time"

	"tokendesk/ui/frame"
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

// spot is where a message may be drawn.
type spot struct {
	layout

	typing, helping bool // a text field has the cursor; the help is open
}

// lines draws a message in the lines that it may take, and reports whether the whole
// message has room.
func (s *messages) lines(t *widget.Theme, n widget.Note, at spot) ([]string, bool) {
	most, hint, width := 4, "… f1", at.tabs.W-2
	switch {
	case at.helping: // the help shows the whole message
		most, hint = 1, "…"
	case at.typing && !frame.Divide(at.body).Bordered:
		most = 2
	case at.typing:
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

// put puts the message beside the tabs, or over them if there is no room: for its few
// seconds the message matters more. One of several lines takes the border below
// as well, then the title row, and the first line of the screen last.
func (s *messages) put(t *widget.Theme, lines []string, at spot, tabs string) {
	if s.now.Text == "" {
		return
	}
	width := at.tabs.W
	whole := t.Sentence(s.now, width, 0)
	if len(whole) == 1 && widget.Width(tabs)+widget.Width(whole[0])+3 <= width {
		lines[at.tabs.Y] = widget.Spread(tabs, whole[0]+" ", width)
		return
	}
	text, _ := s.lines(t, s.now, at)
	first := at.tabs.Y
	if len(text) > 2 || len(text) > 1 && !frame.Divide(at.body).Bordered {
		first = at.title.Y
	}
	for i, line := range text {
		lines[first+i] = widget.Fit(" "+line, width)
	}
}
