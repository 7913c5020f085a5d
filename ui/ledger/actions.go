package ledger

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// The reasons why something cannot be done now.
const (
	noneChosen = "no row is selected"
	isBatch    = "a batch is one row, without its single tokens"
)

// keyOfAll shows removals and labels too.
func (s *Screen) keyOfAll() key.Binding {
	if s.search.all {
		return frame.Bind("s", "issued only", "s")
	}
	return frame.Bind("s", "every event", "s")
}

// Actions returns the keys of the open token, of the filter, or of the list.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	switch {
	case s.opened:
		groups := s.pane.Actions(c)
		if s.showsRaw() && !s.pane.Typing() {
			groups[0].Actions = append(groups[0].Actions, s.raw.Action())
		}
		return groups
	case s.filter.Typing():
		by := func(_ *frame.Ctx, step int) { s.list.Move(step) }
		return []frame.Group{frame.Filtering(frame.Just(s.filter.Keep), s.clear, by)}
	}
	return []frame.Group{
		{Title: "Ledger", Actions: s.rowActions(c)},
		{Title: "List", Actions: append(s.listActions(), s.moves()...)},
	}
}

// not says why nothing can be done with the token of the selected row, or nothing.
func (s *Screen) not() string {
	switch {
	case s.row() == nil:
		return noneChosen
	case s.entry() == nil:
		return isBatch
	}
	return ""
}

// rowActions returns the actions for the selected row.
func (s *Screen) rowActions(c *frame.Ctx) []frame.Action {
	of, not, e := token.Keys(), s.not(), s.entry()
	again, edit, watch := not, not, not
	if not == "" {
		again, edit, watch = token.WhyNotRepeated(c, e), token.WhyNotEdited(c, e), token.WhyNotWatched(c, e)
	}
	all := []frame.Action{
		frame.Titled("Open the token: sign it again", frame.Unless(frame.DefaultKeys().Open, not, s.open)),
		frame.Titled("Copy the token: sign it again", frame.Unless(of.Copy, not, s.whole(token.Copy))),
		frame.Unless(of.CopyAs, not, s.whole(token.CopyAs)),
		frame.Titled("Issue a token like it", frame.Unless(of.Again, again, func(c *frame.Ctx) tea.Cmd { return token.Again(c, e, frame.Fail) })),
		frame.Titled("Add to the board", frame.Unless(of.Watch, watch, func(c *frame.Ctx) tea.Cmd { return token.Watch(c, e) })),
		frame.Unless(of.Write, not, s.whole(token.Write)),
		frame.Unless(of.Edit, edit, s.whole(func(c *frame.Ctx, e *desk.Entry) tea.Cmd { return c.Hand(frame.Edit{Entry: e}) })),
		frame.Unless(of.Local, "", func(c *frame.Ctx) tea.Cmd {
			c.Env.Local = !c.Env.Local
			return nil
		}),
	}
	if s.showsRaw() {
		all = append(all, s.raw.Action())
	}
	return all
}

// listActions returns the actions for the list as a whole.
func (s *Screen) listActions() []frame.Action {
	k, empty := frame.DefaultKeys(), ""
	if len(s.search.rows) == 0 && !s.filter.Shown() {
		empty = "there are no rows yet"
	}
	all := frame.Unless(s.keyOfAll(), "", func(c *frame.Ctx) tea.Cmd {
		s.search.all = !s.search.all
		return s.begin(c)
	})
	return []frame.Action{
		frame.Titled("Filter the ledger", frame.Unless(k.Filter, empty, frame.Just(s.filter.Open))),
		frame.Titled("Show every event, or only issued tokens", all),
		frame.On(k.Clear, s.filter.Shown(), s.clear),
	}
}

// clear shows all rows again.
func (s *Screen) clear(c *frame.Ctx) tea.Cmd {
	s.filter.Clear()
	return s.narrow(c)
}

// moves returns the actions that move the selection.
func (s *Screen) moves() []frame.Action {
	k, some, n := frame.DefaultKeys(), len(s.search.rows) > 0, len(s.search.rows)
	by := func(key key.Binding, step int) frame.Action {
		return frame.On(key, some, func(c *frame.Ctx) tea.Cmd { return s.move(c, step) })
	}
	return frame.Hide(by(k.Up, -1), by(k.Down, 1), by(k.PageUp, -s.page()), by(k.PageDown, s.page()), by(k.Top, -n), by(k.Bottom, n))
}

func (s *Screen) page() int { return max(1, s.rows.H-2) }

// whole returns the action that does something with the token of the selected row.
func (s *Screen) whole(do func(c *frame.Ctx, e *desk.Entry) tea.Cmd) func(c *frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		old := s.entry()
		return frame.Whole(c, old, func(c *frame.Ctx, e *desk.Entry) tea.Cmd {
			s.take(old, e)
			return do(c, e)
		})
	}
}

// open shows the token in the whole room. If it cannot be signed again, what is known of it is
// shown, and why.
func (s *Screen) open(c *frame.Ctx) tea.Cmd {
	old := s.entry()
	return frame.Sign(c, old, func(c *frame.Ctx, e *desk.Entry, err error) tea.Cmd {
		if s.entry() != old {
			return nil // the user has gone on
		}
		s.take(old, e)
		s.pane.Show(e)
		s.opened = true
		if err != nil {
			return frame.Tell(c, frame.NotSigned(err))
		}
		if e != old {
			return c.Say(widget.Good, "signed again with key "+e.Fingerprint()+": the very same token")
		}
		return nil
	})
}
