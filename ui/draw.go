package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
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
	d.view.WindowTitle = m.inLocale(windowTitle(m.ctx.Board, m.ctx.Now))
	if m.wishes.mouse(m.ctx.Desk.Settings()) {
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
	body, dialog := m.stack.draw(m.c(), l.body)
	t := m.ctx.Env.Theme
	groups := m.groups()
	tabs.offerFind(t, groups, l.tabs.W)
	lines := append([]string{t.OnBar(titleRow(m.c(), l.title.W), l.title.W), widget.Fit(tabs.text, l.tabs.W)}, body.Lines...)
	for len(lines) < l.help.Y {
		lines = append(lines, strings.Repeat(" ", l.help.W))
	}
	help := newHelpLine(t, groups, l.help)
	lines = append(lines, t.OnBar(help.text, l.help.W))
	if said := m.messages.shown(m.stack.screen()); said != nil {
		message, _ := l.draw(t, said.note, m.Top().Typing(), m.stack.helping())
		l.put(lines, message)
		if l.message.Y == l.help.Y {
			help.zones = nil // it is covered
		}
	}
	if m.keyboard.escaped {
		body.Cursor = nil
	}
	d.view.KeyboardEnhancements = enhancements(types(m))
	d.view.Cursor, d.zones = body.Cursor, slices.Concat(help.zones, body.Zones)
	if !m.wishes.clusters {
		d.view.Cursor = settleCursor(lines, body.Cursor)
		settle(lines)
	}
	d.view.SetContent(m.inLocale(strings.Join(lines, "\n")))
	if len(m.stack.dialogs) > 0 {
		d.zones = append(d.zones, around(m, dialog)...)
	} else {
		d.zones = append(tabs.zones, d.zones...)
	}
	return d
}

// inLocale returns what is drawn in the characters of the locale. Every cell stays where it is.
func (m *Model) inLocale(drawn string) string {
	if m.wishes.ascii {
		return visible.ASCIICells(drawn)
	}
	return drawn
}

// aboveHelp draws the sentences for which the part under the help has no room, and
// the problems and warnings of the settings.
func (m *Model) aboveHelp(c *frame.Ctx, under frame.Part, isDialog bool, width int) []string {
	t, d := c.Env.Theme, c.Desk
	var lines []string
	if last := m.messages.last; last.Text != "" {
		if _, whole := newLayout(m.size).draw(t, last, m.Top().Typing(), m.stack.helping()); !whole {
			lines = t.Sentence(last, width, 0)
		}
	}
	short := t.Sentences(under.View(c).Short, width)
	set := d.Settings()
	wrong := slices.Concat(frame.Problems(t, d.Problem(), width), frame.Warnings(t, set.Warnings, width),
		frame.Warnings(t, m.wishes.Warnings, width), frame.Notices(t, set.Notices, width))
	if isDialog {
		return slices.Concat(lines, wrong, short)
	}
	return slices.Concat(lines, short, wrong)
}
