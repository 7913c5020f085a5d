package dialog

import (
	"cmp"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// compare shows two tokens claim by claim in the whole room of a screen.
type compare struct {
	entries [2]*desk.Entry
	others  func(*frame.Ctx) []*desk.Entry // to choose another second one from, or nil

	reports [2]*explain.Report
	all     []compared // what differs comes first
	rows    []compared // those that are shown
	differ  int        // how many of all differ
	only    bool       // only what differs is shown

	list   widget.List
	outer  widget.Rect
	detail []string // about the selected row
}

// compared is a member of two tokens, and the part that it is in.
type compared struct {
	explain.Compared
	part string
}

// NotComparable says in a clause why two tokens cannot be compared, or is empty.
func NotComparable(first, second *desk.Entry) string {
	for _, e := range []*desk.Entry{first, second} {
		if e == nil || e.Result.Innermost().Token.Claims == nil {
			return "one of them has no claims that can be read"
		}
	}
	return ""
}

// Compare compares two tokens claim by claim.
func Compare(c *frame.Ctx, first, second *desk.Entry) tea.Cmd {
	return CompareWith(c, first, second, nil)
}

// CompareWith is [Compare] with other tokens to choose the second one from.
func CompareWith(c *frame.Ctx, first, second *desk.Entry, others func(*frame.Ctx) []*desk.Entry) tea.Cmd {
	if why := NotComparable(first, second); why != "" {
		return c.Say(widget.Warn, why)
	}
	d := &compare{entries: [2]*desk.Entry{first, second}, others: others}
	d.read(c)
	return c.Push(d)
}

// read compares the tokens.
func (d *compare) read(c *frame.Ctx) {
	for i, e := range d.entries {
		d.reports[i] = explain.Token(e.Known(), c.Now)
		for d.reports[i].Claims == nil && d.reports[i].Inner != nil {
			d.reports[i] = d.reports[i].Inner
		}
	}
	found := explain.Compare(d.reports[0], d.reports[1])
	d.all = nil
	for _, m := range found.Claims {
		d.all = append(d.all, compared{m, "claims"})
	}
	for _, m := range found.Header {
		d.all = append(d.all, compared{m, "header"})
	}
	d.differ, _ = found.Differing()
	slices.SortStableFunc(d.all, func(a, b compared) int { return cmp.Compare(min(1, int(b.How)), min(1, int(a.How))) })
	d.rows = d.all
	d.list.Select(0)
}

// Actions returns the keys of the comparison.
func (d *compare) Actions(*frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	only := frame.Bind("d", "only what differs", "d")
	if d.only {
		only.SetHelp("d", "everything")
	}
	nothing := ""
	switch {
	case d.differ == 0:
		nothing = "nothing differs"
	case d.differ == len(d.all):
		nothing = "everything differs"
	}
	return []frame.Group{{Title: "Compare", Actions: append([]frame.Action{
		frame.On(k.Back, true, func(c *frame.Ctx) tea.Cmd { return c.Close(d) }),
		frame.Unless(only, nothing, frame.Just(d.toggle)),
		frame.On(frame.Bind("=", "with another one", "="), d.others != nil, d.choose),
		frame.On(frame.Bind("x", "exchange them", "x"), true, func(c *frame.Ctx) tea.Cmd {
			d.entries[0], d.entries[1] = d.entries[1], d.entries[0]
			d.read(c)
			return nil
		}),
	}, frame.Moves(len(d.rows) > 1, max(1, d.outer.H-8), len(d.rows), func(_ *frame.Ctx, step int) { d.list.Move(step) })...)}}
}

// toggle shows only what differs, or everything again.
func (d *compare) toggle() {
	d.only = !d.only
	d.rows = d.all
	if d.only {
		d.rows = d.all[:d.differ]
	}
}

// choose asks for another second token.
func (d *compare) choose(c *frame.Ctx) tea.Cmd {
	return PickToken(c, "Compare with", d.others(c), func(c *frame.Ctx, e *desk.Entry) tea.Cmd {
		if why := NotComparable(d.entries[0], e); why != "" {
			return c.Say(widget.Warn, why)
		}
		d.entries[1] = e
		d.read(c)
		return nil
	})
}

// Typing reports that nothing is typed.
func (d *compare) Typing() bool { return false }

// Update moves with the wheel, and reads what is pasted.
func (d *compare) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	if paste, ok := msg.(tea.PasteMsg); ok {
		return c.Hand(frame.Read{Text: paste.Content})
	}
	d.list.Move(frame.Wheel(msg))
	return nil
}

// Layout takes the whole room. Below the rows stand both values of the selected one.
func (d *compare) Layout(c *frame.Ctx, r widget.Rect) {
	d.outer = r
	d.detail = d.values(c, r.W-4)
	room := max(1, r.H-2-1-len(d.detail)) // the border and the titles
	d.list.Layout(len(d.rows), room, d.heads()...)
}

// heads returns the rows that have a heading: the first that differs, and the first that is
// equal.
func (d *compare) heads() []int {
	switch {
	case d.outer.H < 16:
		return nil
	case d.differ == 0 || d.differ >= len(d.rows):
		return []int{0}
	}
	return []int{0, d.differ}
}

// values draws both values of the selected member with their meaning.
func (d *compare) values(c *frame.Ctx, width int) []string {
	if d.list.Cursor() >= len(d.rows) || d.outer.H < 9 {
		return nil
	}
	t, m := c.Env.Theme, d.rows[d.list.Cursor()]
	clock := explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}
	most := max(1, min(4, (d.outer.H-8)/3))
	lines := []string{t.Border.Render(repeat("─", width))}
	for i, value := range []*explain.Member{m.First, m.Second} {
		name := [...]string{"first   ", "second  "}[i]
		text := t.Faint.Render("does not have it")
		if value != nil {
			text = visible.Text(value.Text)
			if note := value.Note(clock); note != "" {
				text += " · " + visible.Text(note)
			}
		}
		wrapped := widget.Wrap(text, width-len(name))
		if len(wrapped) > most {
			wrapped = append(wrapped[:most-1], widget.Clip(wrapped[most-1], width-len(name)-1)+"…")
		}
		for _, line := range wrapped {
			lines = append(lines, t.Faint.Render(name)+t.Plain.Render(line))
			name = "        "
		}
	}
	return lines
}

func repeat(sign string, n int) string {
	text := ""
	for range max(0, n) {
		text += sign
	}
	return text
}

// columnsOf returns the widths of the name and of each value.
func (d *compare) columnsOf(width int) (name, value int) {
	for _, m := range d.rows {
		name = max(name, widget.Width(visible.Text(m.Name)))
	}
	name = min(name, max(8, width/4))
	return name, max(4, (width-name-6)/2)
}

// View draws the titles of both tokens, the rows and the values of the selected one.
func (d *compare) View(c *frame.Ctx) frame.Drawing {
	t, inner := c.Env.Theme, d.outer.W-4
	name, value := d.columnsOf(inner - 2)
	title := repeat(" ", 2+2+name+1)
	for i := range d.entries {
		title += widget.Fit(d.title(c, i, value), value) + " "
	}
	lines := []string{title}
	clock := explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}
	lines = append(lines, d.list.View(t, inner, func(i int) string { return rowOf(t, clock, d.rows[i], name, value) }, func(i int) string {
		if i < d.differ {
			return t.Faint.Render(phrase.Count(d.differ, "difference", "differences"))
		}
		return t.Faint.Render(strconv.Itoa(len(d.all)-d.differ) + " equal")
	})...)
	room := d.outer.H - 2 - len(d.detail)
	for len(lines) < room {
		lines = append(lines, "")
	}
	lines = append(lines[:max(1, room)], d.detail...)
	sum := phrase.Count(d.differ, "difference", "differences") + " in " + strconv.Itoa(len(d.all))
	if d.differ == 0 {
		sum = "all " + strconv.Itoa(len(d.all)) + " are equal"
	}
	out := frame.Drawing{Lines: widget.Box(t.BorderFocus, t.Strong.Render("Compare"), t.Faint.Render(sum), lines, d.outer.W, d.outer.H)}
	rows := widget.Rect{X: 2, Y: 2, W: inner, H: room - 1}
	for i, place := range d.list.Places(rows) {
		out.Zones = append(out.Zones, frame.Zone{Rect: place, Do: frame.Just(func() { d.list.Select(i) })})
		if i == d.list.Cursor() {
			out.Cursor = place.Cursor()
		}
	}
	return out
}

// title names a token, with its status.
func (d *compare) title(c *frame.Ctx, i, width int) string {
	t, e := c.Env.Theme, d.entries[i]
	status := explain.StatusOf(&e.Result, c.Now)
	sign := t.Tone(status.Tone).Render(status.Sign) + " "
	name := visible.Text(explain.Subject(e.Result.Innermost().Token))
	left := ""
	if status.Left != "" {
		left = t.Faint.Render(" · " + status.Left)
	}
	if widget.Width(sign+name+left) > width {
		left = ""
	}
	return widget.Clip(sign+t.Strong.Render(name)+left, width)
}

// rowOf draws a member: how it compares, its name and both values.
func rowOf(t *widget.Theme, clock explain.Clock, m compared, name, value int) string {
	sign := t.Warn.Render(map[explain.Likeness]string{explain.Changed: "≠", explain.OnlyFirst: "−", explain.OnlySecond: "+"}[m.How])
	style := t.Plain
	if m.How == explain.Equal {
		sign, style = t.Faint.Render("="), t.Faint
	}
	label := visible.Text(m.Name)
	line := sign + " " + t.Name.Render(widget.Fit(label, name)) + " "
	for _, each := range []*explain.Member{m.First, m.Second} {
		if each == nil {
			line += t.Faint.Render(widget.Fit("—", value)) + " "
			continue
		}
		text := style.Render(visible.Text(each.Text))
		if note := each.Note(clock); each.Date != nil && note != "" {
			text += t.Faint.Render(" · " + visible.Text(note))
		}
		line += widget.Fit(text, value) + " "
	}
	return line
}
