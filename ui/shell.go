package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

var _ frame.Shell = (*Model)(nil)

// Push opens a dialog over the part that has the focus.
func (m *Model) Push(d frame.Dialog) tea.Cmd {
	m.stack.dialogs = append(m.stack.dialogs, d)
	return nil
}

// Top returns the part that has the focus.
func (m *Model) Top() frame.Part { return m.stack.top() }

// Close closes a dialog and what lies over it. A screen without a tab gives way
// to the one before it, or to the first.
func (m *Model) Close(p frame.Part) tea.Cmd {
	if m.stack.closeDialog(p) || p != frame.Part(m.stack.screen()) || m.stack.tabbed() {
		return nil
	}
	m.stack.dialogs = nil
	m.stack.back()
	return m.stack.screen().Enter(m.c())
}

// Hand gives something to the screen that accepts it, which comes to the front.
// Dialogs are closed.
func (m *Model) Hand(i frame.Intent) tea.Cmd {
	var all []tea.Cmd
	for n, row := range m.stack.rows {
		cmd, ok := row.screen.Accept(m.c(), i)
		all = append(all, cmd)
		if ok {
			m.stack.dialogs = nil
			return tea.Batch(append(all, m.goTo(n))...)
		}
	}
	return tea.Batch(all...)
}

// goTo brings a screen to the front.
func (m *Model) goTo(n int) tea.Cmd {
	m.stack.show(n)
	return m.stack.screen().Enter(m.c())
}

// Replace gives every screen another desk. The one in front is entered: it may be another
// one now, because the desk can sign or no longer can. One that gives way to another screen
// has entered that already.
func (m *Model) Replace(d *desk.Desk) tea.Cmd {
	m.ctx.Desk = d
	desk.Rekey(m.ctx.Board, d.Keyring())
	m.stack.signs = desk.Signs(d)
	front := m.stack.front
	var all []tea.Cmd
	for _, row := range m.stack.rows {
		all = append(all, row.screen.Renew(m.c()))
		if row.start != nil {
			all = append(all, row.start.Renew(m.c()))
		}
	}
	if m.stack.front == front {
		all = append(all, m.stack.screen().Enter(m.c()))
	}
	return tea.Batch(all...)
}

// Learn replaces the desk by the same one that knows more.
func (m *Model) Learn(d *desk.Desk) { m.ctx.Desk = d }

// Ask asks the user for what the desk needs first, and continues with the desk that
// has the answer. For the screens it is the same desk. Another job that needs the
// same answer while the question is open continues with it too.
func (m *Model) Ask(l *desk.Locked, again func(c *frame.Ctx) tea.Cmd) tea.Cmd {
	if open := m.stack.question(l); open != nil {
		open.then = append(open.then, again)
		return nil
	}
	q := &question{about: l, then: []func(*frame.Ctx) tea.Cmd{again}}
	q.answer = func(_ *frame.Ctx, d *desk.Desk) tea.Cmd {
		m.Learn(d)
		all := make([]tea.Cmd, len(q.then))
		for i, then := range q.then {
			all[i] = then(m.c())
		}
		return tea.Batch(all...)
	}
	q.dialog = dialog.Locked(l, q.answer)
	m.stack.questions = append(m.stack.questions, q)
	if l.Trusted {
		return m.run(l, q)
	}
	return m.Push(q.dialog)
}

// firstFrame is how long the first frame takes at most to be drawn.
const firstFrame = 150 * time.Millisecond

// run runs the program that prints the key, since the user has agreed to it before, but not
// before the first frame. The dialog opens only if that fails.
func (m *Model) run(l *desk.Locked, q *question) tea.Cmd {
	wait := time.Duration(0)
	if m.size == (widget.Rect{}) {
		wait = firstFrame
	}
	m.c().Say(widget.Quiet, "running "+visible.Text(l.Command.Words[0])+" for the key …")
	work := func(ctx context.Context, _ *desk.Desk) (*desk.Desk, error) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
			return l.Answer("")
		}
	}
	return frame.Do(m.c(), nil, work, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd {
		if err != nil {
			pushed := m.Push(q.dialog)
			if prompt, ok := q.dialog.(*dialog.Prompt); ok {
				return tea.Batch(pushed, prompt.Fail(c, err))
			}
			return pushed
		}
		return q.answer(c, d)
	})
}

// Show shows a sentence while a screen is in front, or on every screen if that is nil.
func (m *Model) Show(on frame.Screen, n widget.Note) {
	var until time.Time
	if on == nil || on == m.stack.screen() {
		until = m.ctx.Now.Add(messageTime)
	}
	m.messages.say(on, n, until)
}
