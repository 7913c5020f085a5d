package ui

import (
	"context"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/advice"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ledger"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// memory keeps from one run to the next what the user would miss: the board, the names that
// tokens were issued for, and how the console was left. It is read and written off the loop.
type memory struct {
	path    string       // of the state, or empty if nothing is kept
	before  ledger.State // as this console has read or written it last
	known   bool         // it was read
	waiting bool         // the tokens of the board are being looked up in the ledger

	writing frame.Job
	written mark // what was written last
	warned  bool // it was said that it cannot be written
}

// mark changes whenever something has changed that is kept.
type mark struct {
	board, folds, screens int
	form, theme           string
}

// newMemory returns the memory beside the ledger of a desk.
func newMemory(d *desk.Desk) memory {
	if d.Ledger() == nil {
		return memory{}
	}
	return memory{path: ledger.StatePath(d.Ledger().Path())}
}

// remembering returns the screens that know something worth keeping.
func (m *Model) remembering() []frame.Remembering {
	var all []frame.Remembering
	for _, row := range m.stack.rows {
		if r, ok := row.screen.(frame.Remembering); ok {
			all = append(all, r)
		}
	}
	return all
}

// mark returns the mark of this moment.
func (m *Model) mark() mark {
	now := mark{
		board: m.ctx.Board.Changes(), folds: m.ctx.Env.Folds.Changes(),
		form: m.ctx.Env.Copying.Form, theme: m.wishes.chosen,
	}
	for _, r := range m.remembering() {
		now.screens += r.Changes()
	}
	return now
}

// recallState reads what was kept, and then the tokens of the board.
func (m *Model) recallState(c *frame.Ctx) tea.Cmd {
	if m.memory.path == "" {
		return nil
	}
	path := m.memory.path
	read := func(context.Context, *desk.Desk) (ledger.State, error) { return ledger.LoadState(path) }
	return frame.Do(c, nil, read, func(c *frame.Ctx, state ledger.State, err error) tea.Cmd {
		if err != nil {
			c.Show(nil, frame.Fault(err))
		}
		if !ledger.Usable(err) {
			m.memory.path = ""
			return nil
		}
		m.memory.before, m.memory.known = state, true
		m.takeWishes(c, &state)
		for _, r := range m.remembering() {
			r.Restore(c, &state)
		}
		m.memory.written = m.mark()
		if len(state.Board) == 0 {
			return nil
		}
		return m.recallBoard(c, state.Board)
	})
}

// recallBoard puts the tokens on the board that were there. Nothing is signed.
func (m *Model) recallBoard(c *frame.Ctx, watched []ledger.Watched) tea.Cmd {
	m.memory.waiting = true
	find := func(_ context.Context, d *desk.Desk) ([]*desk.Entry, error) { return d.Watching(watched), nil }
	return frame.Do(c, nil, find, func(c *frame.Ctx, entries []*desk.Entry, _ error) tea.Cmd {
		before := m.mark()
		c.Board.Restore(entries)
		m.memory.waiting = false
		if m.memory.written == before {
			m.memory.written = m.mark()
		}
		return nil
	})
}

// takeWishes leaves the console as the user left it.
func (m *Model) takeWishes(c *frame.Ctx, state *ledger.State) {
	if order, ok := desk.OrderOf(state.Sort); ok {
		c.Board.Sort(order)
	}
	c.Env.Copying.Form = state.CopyForm
	for id, open := range state.Folds {
		c.Env.Folds.Set(id, open)
	}
	m.wishes.remember(c, state.Theme)
}

// state returns what is kept of this moment.
func (m *Model) state() ledger.State {
	s := ledger.State{Wishes: ledger.Wishes{
		Sort: m.ctx.Board.Order().String(), CopyForm: m.ctx.Env.Copying.Form, Theme: m.wishes.chosen,
		Folds: keptFolds(m.ctx.Env.Folds.All()),
	}}
	if m.memory.waiting {
		s.Board = m.memory.before.Board // they are not on the board yet
	}
	for _, e := range m.ctx.Board.Entries() {
		if m.memory.keeps(e) {
			s.Board = append(s.Board, desk.WatchedOf(e))
		}
	}
	for _, r := range m.remembering() {
		r.Remember(&s)
	}
	return s
}

// keeps reports whether a token of the board is kept.
func (*memory) keeps(*desk.Entry) bool { return true }

// mostFolded is the longest name of something that folds that is kept. A stranger's token may
// have any name in it.
const mostFolded = 40

// keptFolds returns the folds that are kept.
func keptFolds(all map[string]bool) map[string]bool {
	kept := maps.Clone(all)
	maps.DeleteFunc(kept, func(id string, _ bool) bool {
		for name := range strings.SplitSeq(id, "\x00") {
			if len(name) > mostFolded {
				return true
			}
		}
		return false
	})
	return kept
}

// keep writes what has changed, if anything has.
func (m *Model) keep(c *frame.Ctx) tea.Cmd {
	now := m.mark()
	if m.memory.path == "" || !m.memory.known || m.memory.writing.Busy() || now == m.memory.written {
		return nil
	}
	m.memory.written = now
	path, before, state := m.memory.path, m.memory.before, m.state()
	write := func(context.Context, *desk.Desk) (bool, error) { return true, ledger.SaveState(path, before, state) }
	return frame.Do(c, &m.memory.writing, write, func(c *frame.Ctx, _ bool, err error) tea.Cmd {
		switch {
		case err == nil:
			m.memory.before, m.memory.warned = state, false
		case !m.memory.warned:
			m.memory.warned = true
			c.Show(nil, widget.Note{Tone: widget.Warn, Text: explain.Lines(err)[0].String()})
		}
		return nil
	})
}

// end writes at the end of a run what has changed, and says what is lost.
func (m *Model) end() string {
	if m.memory.path == "" {
		return lost(m.ctx.Board, "")
	}
	state, before := m.state(), m.memory.before
	if !m.memory.known { // it was not read: the file knows more
		state.Wishes = before.Wishes
	}
	if m.mark() != m.memory.written || m.memory.writing.Busy() || m.memory.warned {
		if err := ledger.SaveState(m.memory.path, before, state); err != nil {
			return lost(m.ctx.Board, err.Error()+"; "+advice.Of(err))
		}
	}
	return forgotten(m.ctx.Board)
}
