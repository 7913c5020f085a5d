package dialog

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// picker is a list to choose from, with an optional filter above it and optional
// sentences below. The dialogs that embed it hold the items.
type picker struct {
	title, group, verb string
	list               widget.List
	rows               int // that the filter leaves
	most               int // without the filter: the list keeps the room for them
	wide               int // the greatest width; 0 is width
	filter             *widget.Field
	empty              string // shown when the filter leaves no row
	heads              []int  // the rows that a heading stands before

	row    func(c *frame.Ctx, i, width int) string
	head   func(c *frame.Ctx, i int) string
	below  func(c *frame.Ctx, width, room int) []string // nil draws nothing
	choose func(c *frame.Ctx, i int) tea.Cmd
	close  func(c *frame.Ctx) tea.Cmd
	narrow func(text string) // applies the filter
	more   []frame.Action    // after enter and esc

	outer, shown int      // width of the box, lines of the list
	sentences    []string // below the list
}

// Actions returns enter, esc, and the keys that move through the list.
func (p *picker) Actions(*frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	actions := append([]frame.Action{
		frame.On(frame.Described(k.Choose, p.verb), p.rows > 0, func(c *frame.Ctx) tea.Cmd { return p.choose(c, p.list.Cursor()) }),
		frame.On(k.Back, true, p.close),
	}, p.more...)
	turns := frame.Steps(k.Up, k.Down, p.rows > 1, 1, func(_ *frame.Ctx, step int) { p.list.Turn(step) })
	return []frame.Group{{Title: p.group, Actions: append(actions, turns...)}}
}

// Typing reports whether there is a filter.
func (p *picker) Typing() bool { return p.filter != nil }

// Update types into the filter, and turns the list with the wheel.
func (p *picker) Update(_ *frame.Ctx, msg tea.Msg) tea.Cmd {
	switch step := frame.Wheel(msg); {
	case step != 0:
		p.list.Turn(step / max(step, -step))
	case p.filter != nil:
		p.filter.Update(msg)
		p.list.Select(0)
		p.narrow(p.filter.Value())
	}
	return nil
}

// Layout gives the sentences the room that they need, and the list the rest.
func (p *picker) Layout(c *frame.Ctx, r widget.Rect) {
	p.outer = min(r.W, cmp.Or(p.wide, width))
	inner, room := p.outer-4, r.H-2
	if p.filter != nil {
		p.filter.Layout(c.Env.Theme, inner)
		room--
	}
	p.sentences = nil
	if p.below != nil {
		p.sentences = p.below(c, inner, room)
	}
	p.shown = max(1, min(p.most, room-len(p.sentences)))
	if n := len(p.sentences); n > 0 && p.shown+n+1 <= room {
		p.sentences = append([]string{""}, p.sentences...)
	}
	p.list.Restart()
	p.list.Layout(p.rows, p.shown, p.heads...)
}

// View draws the box, which keeps its size while the user types.
func (p *picker) View(c *frame.Ctx) frame.Drawing {
	t, inner := c.Env.Theme, p.outer-4
	var lines []string
	d := frame.Drawing{}
	if p.filter != nil {
		at := widget.Rect{X: 2, Y: 1, W: inner, H: 1}
		lines = append(lines, p.filter.View())
		d.Cursor, d.Zones = at.Shift(p.filter.Cursor()), []frame.Zone{{Rect: at, Text: p.filter}}
	}
	for i, at := range p.list.Places(widget.Rect{X: 1, Y: 1 + len(lines), W: p.outer - 2}) {
		d.Zones = append(d.Zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			p.list.Select(i)
			return p.choose(c, i)
		}})
		if p.filter == nil && i == p.list.Cursor() {
			d.Cursor = at.Cursor()
		}
	}
	rows := p.list.View(t, inner, func(i int) string { return p.row(c, i, inner-2) }, func(i int) string { return p.head(c, i) })
	if p.rows == 0 && p.empty != "" {
		rows = append(rows, t.Faint.Render(p.empty))
	}
	for len(rows) < p.shown {
		rows = append(rows, "")
	}
	lines = append(append(lines, rows...), p.sentences...)
	right := ""
	if p.list.Hides() {
		right = t.Faint.Render("↑/↓")
	}
	d.Lines = widget.Box(t.BorderFocus, t.Strong.Render(p.title), right, lines, p.outer, len(lines)+2)
	return d
}
