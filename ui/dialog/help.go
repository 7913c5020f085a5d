package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Help shows the keys as they were when it was opened, from the same table that
// handles them. Above them it shows the sentences that have no room elsewhere.
type Help struct {
	groups []frame.Group
	above  func(c *frame.Ctx, width int) []string
	scroll widget.Scroll
	outer  int
	lines  []string
}

// NewHelp returns the help for groups of keys, below the lines that above draws.
func NewHelp(groups []frame.Group, above func(c *frame.Ctx, width int) []string) *Help {
	return &Help{groups: groups, above: above}
}

// Actions returns the keys that leave the help and scroll it.
func (h *Help) Actions(*frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	leave := k.Back
	leave.SetKeys("esc", "f1", "?", "q", "enter")
	scrolls := frame.Steps(k.Up, k.Down, true, 1, func(_ *frame.Ctx, step int) { h.scroll.By(step) })
	return []frame.Group{{Title: "Help", Actions: append([]frame.Action{
		frame.On(leave, true, func(c *frame.Ctx) tea.Cmd { return c.Close(h) }),
	}, scrolls...)}}
}

// Typing reports that nothing is typed.
func (h *Help) Typing() bool { return false }

// Update scrolls with the wheel.
func (h *Help) Update(_ *frame.Ctx, msg tea.Msg) tea.Cmd {
	h.scroll.By(frame.Wheel(msg))
	return nil
}

// Layout makes the lines, with the keys in two columns if one has no room.
func (h *Help) Layout(c *frame.Ctx, r widget.Rect) {
	h.outer = min(r.W, width)
	inner, room := h.outer-4, r.H-2
	above, keys := h.above(c, inner), h.keys(c.Env.Theme)
	if len(above)+len(keys) > room && h.outer >= 44 {
		half := (len(keys) + 1) / 2
		keys = widget.Beside(widget.Fill(keys, inner/2, half), keys[half:])
	}
	h.lines = slices.Concat(above, keys)
	h.scroll.Layout(len(h.lines), room)
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
	if h.scroll.Hides() {
		right = t.Faint.Render("↑/↓")
	}
	first, end := h.scroll.Window()
	return frame.Drawing{
		Lines: widget.Box(t.BorderFocus, t.Strong.Render("Help"), right, h.lines[first:end], h.outer, end-first+2),
	}
}
