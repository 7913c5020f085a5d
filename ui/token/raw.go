package token

import (
	"strings"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Raw shows a part of the token of a pane as JSON, exactly as it is in the token, and what
// would be copied of it. It follows the cursor of the pane. The zero value is ready to use.
type Raw struct {
	chosen int // which part, counted on without end
	air    int // blank lines above
	area   widget.Rect
	scroll widget.Scroll
	doc    document
	seen   string   // the row of the pane that it followed last
	drawn  []string // the visible lines
	from   int      // the first of them
	copied []string // what would be copied, with a line above it
}

// document is a part of a token in lines of JSON.
type document struct {
	of     documentOf
	titles []string // of the parts there are
	at     int      // the part
	id     string   // that its rows have in front of their names
	lines  []string
	starts []int // the lines that members begin at
	// carried are the bytes at the start of a line that belong to the string of the line before.
	carried map[int]int
	names   []string
}

// documentOf is everything that the lines depend on.
type documentOf struct {
	report *explain.Report
	chosen int
	width  int
	theme  *widget.Theme
}

// Action returns the key that shows the next part.
func (r *Raw) Action() frame.Action {
	not := ""
	if len(r.doc.titles) < 2 {
		not = "there is only one part"
	}
	return frame.Unless(Keys().Part, not, frame.Just(func() { r.chosen++ }))
}

// Scroll scrolls by that many lines.
func (r *Raw) Scroll(lines int) { r.scroll.By(lines) }

// Layout builds the lines when the pane shows something else, and scrolls to the claim that
// is selected there. The area is the one inside the border.
func (r *Raw) Layout(c *frame.Ctx, area widget.Rect, p *Pane) {
	r.air = 0
	if area.H >= roomy {
		r.air = 1
		area.Take(1)
	}
	r.area = area
	if p.shown.report == nil || area.W <= 0 {
		r.doc, r.drawn, r.copied = document{}, nil, nil
		return
	}
	of := documentOf{p.shown.report, r.chosen, area.W, c.Env.Theme}
	fresh := of != r.doc.of
	if fresh {
		r.doc = newDocument(of)
	}
	r.copied = copied(c, p, area)
	r.scroll.Layout(len(r.doc.lines), max(1, area.H-len(r.copied)))
	r.follow(p.sheet.place.id, fresh)
	r.paint(fresh)
}

// follow scrolls to the member with the cursor, if it is in this part and the cursor has
// moved.
func (r *Raw) follow(id string, fresh bool) {
	if id == r.seen && !fresh {
		return
	}
	r.seen = id
	rest, mine := strings.CutPrefix(id, r.doc.id+"\x00")
	if !mine {
		return
	}
	name, _, _ := strings.Cut(rest, "\x00")
	for i, of := range r.doc.names {
		if of != name {
			continue
		}
		first, end := r.scroll.Window()
		if at := r.doc.starts[i]; at < first || at >= end {
			r.scroll.By(at - first - (end-first)/3)
			r.scroll.Layout(len(r.doc.lines), end-first)
		}
		return
	}
}

// paint draws the visible lines, if they are others than before.
func (r *Raw) paint(fresh bool) {
	first, end := r.scroll.Window()
	if !fresh && first == r.from && end-first == len(r.drawn) {
		return
	}
	r.from, r.drawn = first, make([]string, 0, end-first)
	t := r.doc.of.theme
	for i, text := range r.doc.lines[first:end] {
		line, carried := "", r.doc.carried[first+i]
		if carried > 0 {
			line = t.Str.Render(text[:carried])
		}
		r.drawn = append(r.drawn, line+colorJSON(t, text[carried:]))
	}
}

// View returns the visible lines, and below them what would be copied.
func (r *Raw) View(*frame.Ctx) []string {
	lines := append(make([]string, r.air), r.drawn...)
	if len(r.copied) == 0 {
		return lines
	}
	for len(lines) < r.air+r.area.H-len(r.copied) {
		lines = append(lines, "")
	}
	return append(lines, r.copied...)
}

// Title returns the titles of the pane: which parts there are, the one that is shown with
// the accent, and the key for the next.
func (r *Raw) Title(c *frame.Ctx) (title, sign string) {
	t := c.Env.Theme
	parts := make([]string, len(r.doc.titles))
	for i, name := range r.doc.titles {
		style := t.Faint
		if i == r.doc.at {
			style = t.Strong
		}
		parts[i] = style.Render(name)
	}
	if len(parts) > 1 {
		parts = append(parts, t.HelpKey.Render("t")+t.HelpText.Render(" next"))
	}
	return t.Strong.Render("Raw"), strings.Join(parts, t.Faint.Render(" · "))
}

// mostCopied is how many lines of what would be copied are shown.
const mostCopied = 8

// copied draws what would be copied in the form that was chosen last, if there is room.
func copied(c *frame.Ctx, p *Pane, area widget.Rect) []string {
	e := p.shown.entry
	if e == nil || whyNotCopied(e) != "" || area.H < 3*mostCopied {
		return nil
	}
	t := c.Env.Theme
	if e.Unsigned() {
		return []string{t.Border.Render(strings.Repeat("─", area.W)), t.HelpKey.Render("y") + t.HelpText.Render(" signs it again and copies it")}
	}
	title, text, err := dialog.LastCopy(c, e.Token)
	lines := []string{
		t.Border.Render(strings.Repeat("─", area.W)),
		widget.Spread(t.Strong.Render(title), t.HelpKey.Render("c")+t.HelpText.Render(" changes the form"), area.W),
	}
	if err != nil {
		return append(lines, t.Sentence(frame.Fault(err), area.W, mostCopied)...)
	}
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, styled(widget.Chop(visible.Text(line), area.W), t.Plain)...)
	}
	return lines[:min(len(lines), mostCopied+2)]
}
