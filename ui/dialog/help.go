package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Help shows the keys as they were when it was opened, from the same table that
// handles them. Beside or below them it shows the sentences that have no room elsewhere.
type Help struct {
	groups []frame.Group
	notes  func(c *frame.Ctx, width int) []string
	scroll widget.Scroll
	outer  int
	lines  []string
	below  int // the line in which the notes begin below the keys, or 0
}

// NewHelp returns the help for groups of keys, with the lines that notes draws.
func NewHelp(groups []frame.Group, notes func(c *frame.Ctx, width int) []string) *Help {
	return &Help{groups: groups, notes: notes}
}

// Actions returns the keys that leave the help and scroll it.
func (h *Help) Actions(*frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	leave := k.Back
	leave.SetKeys("esc", "f1", "?", "q", "enter")
	moves := frame.Moves(h.scroll.Hides(), helpPage, len(h.lines), func(_ *frame.Ctx, step int) { h.scroll.By(step) })
	return []frame.Group{{Title: "Help", Actions: append([]frame.Action{
		frame.On(leave, true, func(c *frame.Ctx) tea.Cmd { return c.Close(h) }),
		frame.On(frame.Bind("tab", "to the notes", "tab"), h.below > 0, frame.Just(func() { h.scroll.By(h.below - h.first()) })),
	}, moves...)}}
}

// Typing reports that nothing is typed.
func (h *Help) Typing() bool { return false }

// Update scrolls with the wheel.
func (h *Help) Update(_ *frame.Ctx, msg tea.Msg) tea.Cmd {
	h.scroll.By(frame.Wheel(msg))
	return nil
}

// helpPage is how many lines a page of the help moves.
const helpPage = 5

// Layout makes the lines, with the keys in two columns if one has no room.
func (h *Help) Layout(c *frame.Ctx, r widget.Rect) {
	const narrow, gap, least, frame = 56, 3, 44, 4 // of the keys and the notes beside them, and of the border
	h.outer, h.below = min(r.W, width), 0
	room, keys := r.H-2, h.keys(c.Env.Theme)
	notes := h.notes(c, h.outer-frame)
	switch {
	case len(notes) == 0:
		h.lines = columns(keys, h.outer-frame, room)
	case r.W >= narrow+gap+least+frame:
		h.outer = min(r.W, narrow+gap+width)
		notes = h.notes(c, h.outer-frame-narrow-gap)
		keys = columns(keys, narrow, room)
		h.lines = widget.Beside(widget.Fill(keys, narrow+gap, max(len(keys), len(notes))), notes)
	default:
		keys = columns(keys, h.outer-4, room-len(notes)-1)
		h.below = len(keys) + 1
		h.lines = slices.Concat(keys, []string{""}, notes)
	}
	h.scroll.Layout(len(h.lines), room)
}

// first returns the first visible line.
func (h *Help) first() int {
	first, _ := h.scroll.Window()
	return first
}

// columns puts the lines into two columns if they have no room in one.
func columns(lines []string, width, room int) []string {
	const least = 52
	if len(lines) <= room || width < least {
		return lines
	}
	half := (len(lines) + 1) / 2
	return widget.Beside(widget.Fill(lines, width/2, half), lines[half:])
}

// keys draws each group of keys below its title.
func (h *Help) keys(t *widget.Theme) []string {
	var lines []string
	for _, g := range h.groups {
		var rows []string
		for _, a := range g.Actions {
			if help := a.Help(); a.Enabled() && help.Desc != "" {
				rows = append(rows, "  "+t.HelpKey.Render(widget.Fit(help.Key, 12))+t.HelpText.Render(help.Desc))
			}
		}
		if len(rows) > 0 {
			lines = append(append(lines, t.Strong.Render(g.Title)), rows...)
		}
	}
	return lines
}

// View draws the visible lines.
func (h *Help) View(c *frame.Ctx) frame.Drawing {
	t, right := c.Env.Theme, ""
	first, end := h.scroll.Window()
	switch {
	case h.below > first && end < len(h.lines):
		right = t.Warn.Render("tab: the notes")
	case h.scroll.Hides():
		right = t.Faint.Render("↑/↓")
	}
	return frame.Drawing{
		Lines: widget.Box(t.BorderFocus, t.Strong.Render("Help"), right, h.lines[first:end], h.outer, end-first+2),
	}
}
