package ui

import (
	"context"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

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

// disk is what the console has to do with files.
type disk struct {
	files  files
	memory memory
}

// mark changes whenever something has changed that is kept.
type mark struct {
	board, folds, screens int
	form, theme           string
}

// newMemory returns the memory beside the user's ledger, or none if the ledger is off.
func newMemory(d *desk.Desk, user *ledger.Ledger) memory {
	if desk.LedgerOf(d) == nil {
		return memory{}
	}
	return memory{path: ledger.StatePath(user.Path())}
}

// remembering returns the screens that know something worth keeping.
func (s *stack) remembering() []frame.Remembering {
	var all []frame.Remembering
	for _, row := range s.rows {
		if r, ok := row.screen.(frame.Remembering); ok {
			all = append(all, r)
		}
	}
	return all
}

// markOf returns the mark of this moment.
func markOf(m *Model) mark {
	now := mark{
		board: desk.ChangesOf(m.ctx.Board), folds: m.ctx.Env.Folds.Changes(),
		form: m.ctx.Env.Copying.Form, theme: m.wishes.chosen,
	}
	for _, r := range m.stack.remembering() {
		now.screens += r.Changes()
	}
	return now
}

// recall reads what was kept, and then the tokens of the board.
func (k *memory) recall(m *Model, c *frame.Ctx) tea.Cmd {
	if k.path == "" {
		return nil
	}
	path := k.path
	read := func(context.Context, *desk.Desk) (ledger.State, error) { return ledger.LoadState(path) }
	return frame.Do(c, nil, read, func(c *frame.Ctx, state ledger.State, err error) tea.Cmd {
		if err != nil {
			c.Show(nil, frame.Fault(err))
		}
		if !ledger.Usable(err) {
			k.path = ""
			return nil
		}
		k.before, k.known = state, true
		leave(m, c, &state)
		k.written = markOf(m)
		if len(state.Board) == 0 {
			return nil
		}
		return k.recallBoard(m, c)
	})
}

// recallBoard puts the tokens on the board that were there. Nothing is signed.
func (k *memory) recallBoard(m *Model, c *frame.Ctx) tea.Cmd {
	k.waiting = true
	watched := k.before.Board
	find := func(_ context.Context, d *desk.Desk) ([]*desk.Entry, error) { return desk.Watching(d, watched), nil }
	return frame.Do(c, nil, find, func(c *frame.Ctx, entries []*desk.Entry, _ error) tea.Cmd {
		isSaved := k.written == markOf(m)
		desk.Restore(c.Board, entries)
		k.waiting = false
		if isSaved {
			k.written = markOf(m)
		}
		return nil
	})
}

// leave leaves the console as the user left it.
func leave(m *Model, c *frame.Ctx, state *ledger.State) {
	if order, ok := desk.OrderOf(state.Sort); ok {
		c.Board.Sort(order)
	}
	c.Env.Copying.Form = state.CopyForm
	for id, open := range state.Folds {
		c.Env.Folds.Set(id, open)
	}
	m.wishes.remember(c, state.Theme)
	for _, r := range m.stack.remembering() {
		r.Restore(c, state)
	}
}

// state returns what is kept of this moment.
func (k *memory) state(m *Model) ledger.State {
	s := ledger.State{Wishes: ledger.Wishes{
		Sort: m.ctx.Board.Order().String(), CopyForm: m.ctx.Env.Copying.Form, Theme: m.wishes.chosen,
		Folds: keptFolds(m.ctx.Env.Folds.All()),
	}}
	if k.waiting {
		s.Board = slices.Clone(k.before.Board) // they are not on the board yet
	}
	for _, e := range desk.EntriesOf(m.ctx.Board) {
		if isForeign := e.Arrival.Pasted || e.Arrival.File != ""; isForeign && !e.Arrival.Unkept || !isForeign && e.Recorded {
			s.Board = append(s.Board, desk.WatchedOf(e))
		}
	}
	for _, r := range m.stack.remembering() {
		r.Remember(&s)
	}
	return s
}

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

// write returns the function that writes what has changed, and returns that. It may be called
// off the loop.
func (k *memory) write(m *Model) func() (ledger.State, error) {
	k.written = markOf(m)
	path, before, state, d := k.path, k.before, k.state(m), m.ctx.Desk
	if !k.known { // the file knows more
		state.Wishes = before.Wishes
	}
	return func() (ledger.State, error) {
		desk.GuardOf(d).CleanState(&state)
		return state, ledger.SaveState(path, before, state)
	}
}

// keep writes what has changed, if anything has.
func (k *memory) keep(m *Model, c *frame.Ctx) tea.Cmd {
	if k.path == "" || !k.known || k.writing.Busy() || markOf(m) == k.written {
		return nil
	}
	write := k.write(m)
	work := func(context.Context, *desk.Desk) (ledger.State, error) { return write() }
	return frame.Do(c, &k.writing, work, func(c *frame.Ctx, state ledger.State, err error) tea.Cmd {
		switch {
		case err == nil:
			k.before, k.warned = state, false
		case !k.warned:
			k.warned = true
			c.Show(nil, widget.Note{Tone: widget.Warn, Text: explain.Lines(err)[0].String()})
		}
		return nil
	})
}

// end writes at the end of a run what has changed, and says what is lost.
func (k *memory) end(m *Model) string {
	if k.path == "" {
		return lost(m.ctx.Board, "")
	}
	if markOf(m) != k.written || k.writing.Busy() || k.warned {
		if _, err := k.write(m)(); err != nil {
			return lost(m.ctx.Board, explain.Lines(err)[0].String())
		}
	}
	return forgotten(m.ctx.Board)
}
