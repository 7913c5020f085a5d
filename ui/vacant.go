package ui

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// vacant holds the tab of a screen that is still in package old.
type vacant struct{ name string }

func (v *vacant) Name() string { return v.name }
func (v *vacant) Badge(c *frame.Ctx) string {
	if n := c.Board.Len(); v.name == "Board" && n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}
func (v *vacant) Enter(*frame.Ctx) tea.Cmd                        { return nil }
func (v *vacant) Renew(*frame.Ctx) tea.Cmd                        { return nil }
func (v *vacant) Accept(*frame.Ctx, frame.Intent) (tea.Cmd, bool) { return nil, false }
func (v *vacant) Actions(*frame.Ctx) []frame.Group                { return nil }
func (v *vacant) Typing() bool                                    { return false }
func (v *vacant) Update(*frame.Ctx, tea.Msg) tea.Cmd              { return nil }
func (v *vacant) Layout(*frame.Ctx, widget.Rect)                  {}
func (v *vacant) View(*frame.Ctx) frame.Drawing                   { return frame.Drawing{} }
