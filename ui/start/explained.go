package start

import (
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// explained draws what the selected choice does, by an example, and what comes after it.
func (s *Screen) explained(c *frame.Ctx) []string {
	t, in := c.Env.Theme, s.room.Inner(s.room.Second)
	if s.list.Cursor() >= len(s.choices) {
		return nil
	}
	lines := s.choices[s.list.Cursor()].explained(t, in.W)
	for _, part := range []struct {
		title string
		rows  [][2]string
	}{
		{"Then", [][2]string{
			{"ada@example.com ⏎", "a signed token, explained"},
			{"ctrl+y", "sends it to the clipboard"},
			{"esc, c", "copies it as curl or code"},
			{"ctrl+p", "finds everything else"},
		}},
		{"What needs no key", [][2]string{
			{"paste a token", "is read and verified"},
			{"a", "another key for the token"},
			{"f3", "the board of your tokens"},
			{"f5", "what an API must refuse"},
		}},
	} {
		if len(lines)+len(part.rows)+2 > in.H {
			break
		}
		lines = append(lines, t.Strong.Render(part.title))
		for _, row := range part.rows {
			line := t.HelpKey.Render(widget.Fit(row[0], 19)) + t.HelpText.Render(row[1])
			lines = append(lines, "  "+widget.Clip(line, max(1, in.W-2)))
		}
		lines = append(lines, "")
	}
	return append(lines, sample(t, in.W, in.H-len(lines))...)
}

// explained draws what the choice does.
func (o *choice) explained(t *widget.Theme, width int) []string {
	var lines []string
	for _, line := range widget.Wrap(o.text, width) {
		lines = append(lines, t.Accent.Render(line))
	}
	if o.note != "" {
		lines = append(lines, t.Sentence(widget.Note{Text: o.note}, width, 0)...)
	}
	lines = append(lines, "")
	for _, each := range o.example {
		lines = append(lines, "  "+t.Str.Render(widget.Clip(visible.Text(each), max(1, width-2))))
	}
	if o.example != nil {
		lines = append(lines, "")
	}
	return lines
}

// sample draws a token as the form makes it, if there is room.
func sample(t *widget.Theme, width, room int) []string {
	row := func(name, value, note string) string {
		return widget.Spread(t.Name.Render(widget.Fit(name, 8))+t.Str.Render(value), t.Faint.Render(note), width-4)
	}
	rows := []string{
		widget.Bar(0.97, width-4, t.Good, t.Border),
		t.Good.Render("✓ valid: signed with HS256 by key 3f9a1c07"),
		row("sub", "ada@example.com", "the form"),
		row("iat", "14:05:12 UTC", "issued 19s ago"),
		row("exp", "14:35:12 UTC", "expires in 29m 41s"),
		row("jti", "14d11e32fd18d4289f1cce03eed96044", "random"),
	}
	if room < len(rows)+2 || width < 60 {
		return nil
	}
	title, sign := t.Faint.Render("A token, for example"), t.Good.Render("● active · 29m 41s left")
	return widget.Box(t.Border, title, sign, rows, width, len(rows)+2)
}
