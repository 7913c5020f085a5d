package token

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Browser is a list with a filter, and the token of the selected row where there is
// room for both. An open token has the keys, and the whole room if it is not beside
// the list. The screen has the rows and draws them.
type Browser struct {
	Pane Pane // the token of the selected row, or the one that was opened
	Raw  Raw  // its JSON, if the plan has a third part

	list      List
	filter    widget.Field
	filtering bool // the filter has the cursor
	opened    bool // the pane has the keys
	room      frame.Room
}

// List is what a [Browser] knows of its list for good.
type List struct {
	Title  string
	Hint   string                       // in the empty filter
	Plan   func(width int) frame.Plan   // divides the room
	Move   func(c *frame.Ctx, step int) // moves the selection
	Narrow func()                       // the text of the filter has changed
	Select func(c *frame.Ctx, row int)
	Open   func(c *frame.Ctx) tea.Cmd // opens the selected row
}

// Rows is what a [Browser] knows of its list at the moment.
type Rows struct {
	Filters, Moves, Opens bool // whether that can be done
	Shown                 int  // how many rows there are
}

// NewBrowser returns a browser that shows the list.
func NewBrowser(l List) *Browser {
	b := &Browser{list: l, filter: widget.NewField(l.Hint)}
	b.filter.Prompt("/ ")
	b.Pane.Owner = Owner{Leave: frame.Just(func() { b.opened = false }), Fail: frame.Fail}
	return b
}

// Show opens a token.
func (b *Browser) Show(e *desk.Entry) {
	b.Pane.Show(e)
	b.opened = true
}

// Follow shows the token of the selected row beside the list; nil is none.
func (b *Browser) Follow(e *desk.Entry) {
	if !b.opened && e != b.Pane.Entry() {
		b.Pane.Show(e)
	}
}

// Opened reports whether a token was opened, and Covers whether the list gave way to it.
func (b *Browser) Opened() bool { return b.opened }

// Covers reports whether the open token has the whole room.
func (b *Browser) Covers() bool { return b.opened && b.room.Shape != frame.Sided }

// Room returns how the list and the token stand.
func (b *Browser) Room() frame.Room { return b.room }

// Filter returns the text of the filter.
func (b *Browser) Filter() string { return b.filter.Value() }

// Typing reports whether the filter or the search has the cursor.
func (b *Browser) Typing() bool {
	if b.opened {
		return b.Pane.Typing()
	}
	return b.filtering
}

// Actions returns the keys of the token that is shown, of the filter, or of the list
// with those of the screen.
func (b *Browser) Actions(c *frame.Ctx, rows Rows, own []frame.Action) []frame.Group {
	switch {
	case b.opened:
		return b.tokenActions(c)
	case b.filtering:
		return []frame.Group{frame.Filtering(frame.Just(b.keep), frame.Just(b.clear), b.list.Move)}
	}
	k := frame.DefaultKeys()
	all := []frame.Action{
		frame.On(k.Open, rows.Opens, b.list.Open),
		frame.On(k.Clear, b.filter.Value() != "", frame.Just(b.clear)),
		frame.On(k.Filter, rows.Filters, frame.Just(func() {
			b.filtering = true
			b.filter.Focus()
		})),
	}
	all = append(append(all, own...), frame.Moves(rows.Moves, max(1, b.room.First.H-3), rows.Shown, b.list.Move)...)
	return []frame.Group{{Title: b.list.Title, Actions: all}}
}

// tokenActions returns the keys of the open token.
func (b *Browser) tokenActions(c *frame.Ctx) []frame.Group {
	groups := b.Pane.Actions(c)
	if b.room.Third.W > 0 && !b.Pane.Typing() {
		groups[0].Actions = append(groups[0].Actions, b.Raw.Action())
	}
	return groups
}

// keep leaves the filter with its text.
func (b *Browser) keep() {
	b.filtering = false
	b.filter.Blur()
}

func (b *Browser) clear() {
	b.keep()
	b.filter.Set("")
	b.list.Narrow()
}

// Update types into the filter, and moves list or token with the wheel.
func (b *Browser) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	step := frame.Wheel(msg)
	switch {
	case b.opened && (!pasted || b.Typing()):
		return b.Pane.Update(c, msg)
	case step != 0:
		b.list.Move(c, step)
	case pasted:
		return dialog.Pasted(c, paste, b.Typing(), b.write)
	case b.Typing():
		b.write(msg)
	}
	return nil
}

// write types into the filter.
func (b *Browser) write(msg tea.Msg) {
	b.filter.Update(msg)
	b.list.Narrow()
}

// Layout divides the room between list and token. It returns what is inside the border of
// the list; the first line is the one above the rows.
func (b *Browser) Layout(c *frame.Ctx, r widget.Rect) widget.Rect {
	b.room = frame.Divide(r, b.list.Plan(r.W))
	in := b.room.Inner(b.room.First)
	b.filter.Layout(c.Env.Theme, max(10, in.W/2))
	b.Pane.Quiet = !b.opened
	switch {
	case b.Covers():
		b.Pane.Layout(c, b.room.Inner(b.room.Body), b.room.Bordered)
	case b.room.Shape != frame.Single:
		b.Pane.Layout(c, b.room.Inner(b.room.Second), b.room.Bordered)
		b.Raw.Layout(c, b.room.Inner(b.room.Third), &b.Pane)
	}
	return in
}

// Zones returns the zones of the visible rows: a click selects one, or opens the one
// that is selected already.
func (b *Browser) Zones(places map[int]widget.Rect, selected int) []frame.Zone {
	zones := make([]frame.Zone, 0, len(places))
	for row, at := range places {
		zones = append(zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			if row == selected {
				return b.list.Open(c)
			}
			b.list.Select(c, row)
			return nil
		}})
	}
	return zones
}

// Summary says how many of all things are listed.
func Summary(listed, all int, one, several string) string {
	text := phrase.Count(all, one, several)
	if listed == all {
		return text
	}
	return strconv.Itoa(listed) + " of " + text
}

// Head draws the line above the rows: a summary, with the filter when there is one, or
// else with what stands on the right.
func (b *Browser) Head(t *widget.Theme, summary, right string, width int) string {
	if b.filtering || b.filter.Value() != "" {
		return widget.Spread(b.filter.View(), t.Faint.Render(summary), width)
	}
	return widget.Spread(t.Faint.Render(summary), t.Faint.Render(right), width)
}

// View draws the lines of the list with its zones, and the token with that name. The
// cursor is that of the selected row, or nil.
func (b *Browser) View(c *frame.Ctx, lines []string, zones []frame.Zone, row *tea.Cursor, name string) frame.Drawing {
	t, r := c.Env.Theme, b.room
	if b.Covers() {
		return frame.Drawing{Lines: b.viewToken(c, r.Body, name), Cursor: b.Pane.Cursor(), Zones: b.Pane.Zones()}
	}
	d := frame.Drawing{
		Lines: r.Pane(t, r.First, t.Strong.Render(b.list.Title), "", lines, !b.opened), Zones: zones, Cursor: row,
	}
	if b.filtering {
		in := r.Inner(r.First)
		at := in.Take(1)
		d.Cursor = at.Shift(b.filter.Cursor())
		d.Zones = append(d.Zones, frame.Zone{Rect: at, Text: &b.filter})
	}
	if r.Shape != frame.Single {
		d.Lines = r.Join(d.Lines, b.viewToken(c, r.Second, name), b.viewRaw(c))
	}
	switch {
	case b.opened:
		d.Cursor, d.Zones = b.Pane.Cursor(), append(d.Zones, b.Pane.Zones()...)
	case r.Shape != frame.Single && b.Pane.Entry() != nil:
		d.Zones = append(d.Zones, frame.Zone{Rect: r.Second, Do: b.list.Open})
	}
	return d
}

// viewRaw draws the JSON in the third part.
func (b *Browser) viewRaw(c *frame.Ctx) []string {
	if b.room.Third.W <= 0 {
		return nil
	}
	title, sign := b.Raw.Title(c)
	return b.room.Pane(c.Env.Theme, b.room.Third, title, sign, b.Raw.View(c), false)
}

// viewToken draws the token in a rectangle.
func (b *Browser) viewToken(c *frame.Ctx, at widget.Rect, name string) []string {
	title, sign := b.Pane.Title(c, name)
	return b.room.Pane(c.Env.Theme, at, title, sign, b.Pane.View(c), b.opened)
}
