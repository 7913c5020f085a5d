package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// drawn is the drawing of the whole screen, with its zones for clicks.
type drawn struct {
	view  tea.View
	zones []frame.Zone
}

// draw draws the console. It changes nothing.
func (m *Model) draw() (d drawn) {
	defer func() {
		if m.ctx.Env.Trace.Caught(recover()) {
			m.failed.Store(true)
			d.zones = nil
			d.view.SetContent("This screen could not be drawn. ctrl+c quits.")
		}
	}()
	d.view.AltScreen = true
	d.view.WindowTitle = "tokendesk"
	if m.ctx.Desk.Settings().Mouse {
		d.view.MouseMode = tea.MouseModeCellMotion
	}
	if m.size.W == 0 || m.size.H == 0 {
		return d
	}
	if !roomy(m.size) {
		text := widget.Wrap("Tokendesk needs 40 columns and 10 rows. Make the window larger, or press ctrl+c to quit.", m.size.W)
		d.view.SetContent(strings.Join(widget.Fill(text, m.size.W, min(m.size.H, len(text))), "\n"))
		return d
	}
	l, tabs := newLayout(m.size), m.stack.tabs(m.c(), m.size.W, m.goTo)
	body := m.drawBody(l)
	lines := append([]string{titleRow(m.c(), l.title.W), widget.Fit(tabs.text, l.tabs.W)}, body.Lines...)
	lines = append(lines, helpLine(m.ctx.Env.Theme, m.groups(), l.help.W))
	m.putMessage(lines, l, tabs.text)
	if !m.clusters {
		settle(lines)
	}
	d.view.SetContent(strings.Join(lines, "\n"))
	d.view.Cursor, d.zones = body.Cursor, body.Zones
	if len(m.stack.dialogs) == 0 {
		d.zones = append(tabs.zones, d.zones...)
	}
	return d
}

// drawBody draws the screen, and the dialog on top in the middle of it.
func (m *Model) drawBody(l layout) frame.Drawing {
	screen := m.stack.screen().View(m.c())
	n := len(m.stack.dialogs)
	if n == 0 {
		return screen
	}
	top := m.stack.dialogs[n-1].View(m.c())
	lines, at := widget.Over(screen.Lines, top.Lines, l.body.W)
	at.X, at.Y = at.X+l.body.X, at.Y+l.body.Y
	d := frame.Drawing{Lines: lines, Cursor: at.Shift(top.Cursor), Short: top.Short}
	for _, zone := range top.Zones {
		zone.X, zone.Y = zone.X+at.X, zone.Y+at.Y
		d.Zones = append(d.Zones, zone)
	}
	return d
}

// putMessage puts the message beside the tabs, or over them if there is no room: for
// its few seconds the message matters more. One of several lines takes the border
// below as well, then the title row, and the first line of the screen last.
func (m *Model) putMessage(lines []string, l layout, tabs string) {
	note := m.messages.now
	if note.Text == "" {
		return
	}
	width := l.tabs.W
	whole := m.ctx.Env.Theme.Sentence(note, width, 0)
	if len(whole) == 1 && widget.Width(tabs)+widget.Width(whole[0])+3 <= width {
		lines[l.tabs.Y] = widget.Spread(tabs, whole[0]+" ", width)
		return
	}
	text, _ := m.messageLines(l, note)
	first := l.tabs.Y
	if len(text) > 2 || len(text) > 1 && !frame.Divide(l.body).Bordered {
		first = l.title.Y
	}
	for i, line := range text {
		lines[first+i] = widget.Fit(" "+line, width)
	}
}

// messageLines draws a message in the lines that it may take, and reports whether
// the whole message has room.
func (m *Model) messageLines(l layout, n widget.Note) ([]string, bool) {
	most, hint := 4, "… f1"
	switch typing := m.Top().Typing(); {
	case m.stack.helping(): // which shows the whole message
		most, hint = 1, "…"
	case typing && !frame.Divide(l.body).Bordered:
		most = 2
	case typing:
		most = 3
	}
	return m.messages.lines(m.ctx.Env.Theme, n, l.tabs.W-2, most, hint)
}

// aboveHelp draws the sentences for which the part under the help has no room, and
// the problems and warnings of the settings.
func (m *Model) aboveHelp(c *frame.Ctx, under frame.Part, isDialog bool, width int) []string {
	t, d := c.Env.Theme, c.Desk
	short := func(notes []widget.Note) (lines []string) {
		for _, n := range notes {
			lines = append(lines, t.Sentence(n, width, 0)...)
		}
		return lines
	}
	var lines []string
	if last := m.messages.last; last.Text != "" {
		if _, whole := m.messageLines(newLayout(m.size), last); !whole {
			lines = short([]widget.Note{last})
		}
	}
	notes := short(under.View(c).Short)
	if !isDialog {
		lines = append(lines, notes...)
	}
	lines = append(lines, frame.Problems(t, d.Problem(), width)...)
	lines = append(lines, frame.Warnings(t, d.Settings().Warnings, width)...)
	if isDialog {
		lines = append(lines, notes...)
	}
	return lines
}

// helpLine draws as many of the current keys in one line as fit. Those that are
// always there come last.
func helpLine(t *widget.Theme, groups []frame.Group, width int) string {
	var items, last []string
	for i, g := range groups {
		for _, a := range g.Actions {
			h := a.Help()
			if !a.Enabled() || h.Desc == "" {
				continue
			}
			item := t.HelpKey.Render(h.Key) + " " + t.HelpText.Render(h.Desc)
			switch {
			case a.Always:
				last = append(last, item)
			case i < len(groups)-1:
				items = append(items, item)
			}
		}
	}
	separator := t.Faint.Render(" · ")
	tail := strings.Join(last, separator)
	line, room := " ", width-1-widget.Width(tail)
	for _, item := range items {
		if need := widget.Width(item) + 3; need <= room { // with its separator
			line += item + separator
			room -= need
		}
	}
	return widget.Fit(line+tail, width)
}
