package edit

import (
	"time"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// changed returns the members in which a new token differs from the original.
func changed(was *explain.Report, made *desk.Entry, now time.Time) (header, claims []explain.Compared) {
	c := explain.Compare(was, explain.Token(made.Known(), now))
	return differing(c.Header), differing(c.Claims)
}

func differing(all []explain.Compared) []explain.Compared {
	var out []explain.Compared
	for _, m := range all {
		if m.How != explain.Equal {
			out = append(out, m)
		}
	}
	return out
}

// viewChanges draws what the document changes, member by member, as a diff does.
func (s *Screen) viewChanges(c *frame.Ctx) []string {
	r := s.places.room
	if r.Third.W == 0 {
		return nil
	}
	t, in := c.Env.Theme, r.Inner(r.Third)
	var lines []string
	value := func(sign string, tone widget.Tone, m *explain.Member) {
		if m == nil {
			return
		}
		text := sign + visible.Text(m.Text)
		note := dateNote(c, auth.Member{Name: m.Name, Value: m.Raw}, in.W-widget.Width(text)-len("  "))
		lines = append(lines, widget.Clip(t.Tone(tone).Render(text)+"  "+t.Faint.Render(note), in.W))
	}
	for _, part := range []struct {
		name string
		of   []explain.Compared
	}{{"header", s.result.header}, {"claims", s.result.claims}} {
		for i, m := range part.of {
			if i == 0 {
				lines = append(lines, t.Faint.Render(part.name))
			}
			lines = append(lines, t.Name.Render(widget.Clip(visible.Text(m.Name), in.W)))
			value("  − ", widget.Bad, m.First)
			value("  + ", widget.Good, m.Second)
		}
	}
	switch {
	case s.result.err != nil || s.result.locked != nil:
		lines = t.Sentence(widget.Note{Text: "They are compared when the document is signed."}, in.W, 0)
	case len(lines) == 0:
		lines = t.Sentence(widget.Note{Text: "Header and claims are those of the original."}, in.W, 0)
	}
	return r.Pane(t, r.Third, t.Strong.Render("Changes"), "", lines, false)
}
