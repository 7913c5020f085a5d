package edit

import (
	"strings"

	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// least is how high the token is below the document, with its border: its first lines say
// how long it lasts and whether it is valid.
const least = 5

// places says where everything is on the screen.
type places struct {
	room       frame.Room
	text, note widget.Rect
}

// plan gives up to half of the room to the document, and from 160 columns a part to what
// is changed.
func plan(width int) frame.Plan {
	return frame.Plan{Left: min(width/2, max(60, width*2/5)), Third: width / 4, Above: -least}
}

// Layout divides the room between the document and the token. The sentence below the
// document takes as many lines as it needs, up to half of them.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	p := places{room: frame.Divide(r, plan(r.W))}
	t, in := c.Env.Theme, p.room.Inner(p.room.First)
	lines := max(1, min(in.H/2, len(t.Sentence(s.note(c), in.W, 0))))
	p.text = widget.Rect{X: in.X, Y: in.Y, W: in.W, H: max(1, in.H-lines)}
	p.note = widget.Rect{X: in.X, Y: in.Y + p.text.H, W: in.W, H: lines}
	s.places = p
	s.text.Layout(s.look(c))
	s.pane.Quiet = true
	if p.room.Shape != frame.Single {
		in := p.room.Inner(p.room.Second)
		in.H = max(in.H, least*2) // only its first lines are seen below the document
		s.pane.Layout(c, in, p.room.Bordered)
	}
}

// look returns how the document is drawn: in colour, with the numbers of its lines, and
// with signs at the line and the character at fault.
func (s *Screen) look(c *frame.Ctx) widget.Look {
	t := c.Env.Theme
	look := widget.Numbered(&s.text, t, s.places.text, s.result.place)
	look.Color = func(line string) []widget.Part { return token.JSONParts(t, line) }
	look.Aside = func(line string, room int) string { return timeOf(c, line, room) }
	return look
}

// View draws the document, and beside or below it the token when there is room.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, p, note := c.Env.Theme, s.places, s.note(c)
	lines := append(strings.Split(s.text.View(), "\n"), t.Sentence(note, p.note.W, p.note.H)...)
	d := frame.Drawing{
		Lines:  p.room.Pane(t, p.room.First, t.Strong.Render("Edit as new"), "", lines, true),
		Cursor: p.text.Shift(s.text.Cursor()),
		Zones:  []frame.Zone{{Rect: p.text, Text: &s.text}},
	}
	if t.Cuts(note, p.note) {
		d.Short = []widget.Note{note}
	}
	if p.room.Shape != frame.Single {
		d.Lines = p.room.Join(d.Lines, s.viewToken(c), s.viewChanges(c))
	}
	return d
}

// viewToken draws the token that the document makes, or why there is none.
func (s *Screen) viewToken(c *frame.Ctx) []string {
	t, r := c.Env.Theme, s.places.room
	name, content := "Re-signed", s.pane.View(c)
	if s.result.err != nil {
		name = "Signed earlier"
	}
	if s.pane.Entry() == nil {
		name = "Not signed"
		content = s.unsigned(t, r.Inner(r.Second))
	}
	title, sign := s.pane.Title(c, name)
	return r.Pane(t, r.Second, title, sign, content, false)
}

// unsigned says why there is no token.
func (s *Screen) unsigned(t *widget.Theme, in widget.Rect) []string {
	why := "The document cannot be signed."
	switch {
	case s.signing.job.Busy():
		return nil
	case s.result.locked != nil:
		why = "The profile " + visible.Text(s.result.locked.Profile) + " is protected. Keep the token and type that name to sign it."
	}
	if in.H < least {
		return t.Sentence(widget.Note{Text: why}, in.W, in.H)
	}
	return widget.Centered(t, in.W, in.H, "No token yet.", why)
}
