package ui

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

var _ frame.Shell = (*Model)(nil)

// Push opens a dialog over the part that has the focus.
func (m *Model) Push(d frame.Dialog) { m.stack.dialogs = append(m.stack.dialogs, d) }

// Top returns the part that has the focus.
func (m *Model) Top() frame.Part {
	return m.stack.top()
}

// Close closes a dialog and what lies over it. A screen without a tab gives way
// to the one before it, or to the first.
func (m *Model) Close(p frame.Part) tea.Cmd {
	if m.stack.closeDialog(p) {
		return nil
	}
	if p != frame.Part(m.stack.screen()) || m.stack.tabbed() {
		return nil
	}
	m.stack.dialogs = nil
	m.stack.back()
	return m.stack.screen().Enter(m.c())
}

// Hand gives something to the screen that accepts it, which comes to the front.
// Dialogs are closed.
func (m *Model) Hand(i frame.Intent) tea.Cmd {
	for n, row := range m.stack.rows {
		cmd, ok := row.screen.Accept(m.c(), i)
		if !ok {
			continue
		}
		m.stack.dialogs = nil
		return tea.Batch(cmd, m.goTo(n))
	}
	return nil
}

// goTo brings a screen to the front.
func (m *Model) goTo(n int) tea.Cmd {
	m.stack.show(n)
	return m.stack.screen().Enter(m.c())
}

// Replace gives every screen another desk.
func (m *Model) Replace(d *desk.Desk) tea.Cmd {
	m.ctx.Desk = d
	var all []tea.Cmd
	for _, row := range m.stack.rows {
		all = append(all, row.screen.Renew(m.c()))
	}
	return tea.Batch(append(all, m.stack.screen().Enter(m.c()))...)
}

// Learn replaces the desk by the same one that knows more.
func (m *Model) Learn(d *desk.Desk) { m.ctx.Desk = d }

// Ask asks the user for what the desk needs first, and continues with the desk that
// has the answer. For the screens it is the same desk.
func (m *Model) Ask(l *desk.Locked, again func(c *frame.Ctx) tea.Cmd) tea.Cmd {
	m.Push(dialog.Locked(l, func(_ *frame.Ctx, d *desk.Desk) tea.Cmd {
		m.Learn(d)
		return again(m.c())
	}))
	return nil
}

// Say shows a sentence for a while. It returns no command: the ticks end it.
func (m *Model) Say(t widget.Tone, text string) tea.Cmd {
	m.messages.say(widget.Note{Tone: t, Text: text}, m.ctx.Now)
	return nil
}
