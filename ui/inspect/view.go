package inspect

import (
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Layout gives the token or the field the whole room.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.learn(c)
	s.room = frame.Divide(r, frame.Plan{Left: r.W})
	in := s.room.Inner(r)
	s.input.Layout(c.Env.Theme, in.W)
	s.pane.Layout(c, in, s.room.Bordered)
}

// View draws the token, or the field while there is none.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, r := c.Env.Theme, s.room
	title, sign := s.pane.Title(c, "Inspect")
	if s.pane.Entry() != nil {
		return frame.Drawing{
			Lines: r.Pane(t, r.Body, title, sign, s.pane.View(c), true), Cursor: s.pane.Cursor(), Zones: s.pane.Zones(),
		}
	}
	in := r.Inner(r.Body)
	field := widget.Rect{X: in.X, Y: in.Y + 1, W: in.W, H: 1}
	return frame.Drawing{
		Lines:  r.Pane(t, r.Body, title, sign, s.question(t, in), true),
		Cursor: field.Shift(s.input.Cursor()),
		Zones:  []frame.Zone{{Rect: field, At: s.input.Click}},
	}
}

// question draws the field and says which texts it takes.
func (s *Screen) question(t *widget.Theme, in widget.Rect) []string {
	prompt := "Paste anything that holds a token"
	if s.job.Busy() {
		prompt = "Reading…"
	}
	note := widget.Note{
		Text: "a bare token, a Bearer header, a curl command, JSON with an access_token, a cookie or a URL; it never leaves this machine",
	}
	if why := s.input.Note(); why != "" {
		note = widget.Note{Tone: widget.Warn, Text: why}
	}
	return append([]string{t.Strong.Render(prompt), s.input.View(), ""}, t.Sentence(note, in.W, max(1, in.H-3))...)
}
