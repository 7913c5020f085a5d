package personas

import (
	"cmp"
	"context"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// Actions returns the keys of what stands beside the list, of the filter, or of the list.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	table := keys{s, c}
	list := frame.Group{Title: "Personas", Actions: table.issuing()}
	switch {
	case s.editor != nil:
		return bench{s}.editActions(c)
	case s.side.away:
		list.Actions = keyless(list.Actions)
		return append(table.beside(), list)
	case s.people.filter.Typing():
		list.Actions = keyless(list.Actions)
		f := &s.people.filter
		move := func(_ *frame.Ctx, step int) { s.move(step) }
		return []frame.Group{frame.Filtering(frame.Just(f.Keep), frame.Just(f.Clear), move), list}
	}
	return []frame.Group{
		list,
		{Title: "File", Actions: append(table.file(), table.further()...)},
		{Title: "Token", Actions: table.token()},
		{Title: "List", Actions: table.moves()},
	}
}

// keyless returns actions of which the first has no key: another action has it.
func keyless(actions []frame.Action) []frame.Action {
	first := &actions[0]
	*first = frame.Named(first.Title, first.Not, first.Run)
	return actions
}

// keys is the key table of a screen.
type keys struct {
	s *Screen
	c *frame.Ctx
}

const noneChosen = "no persona is selected"

// nothing says why nothing can be done with the selected persona, or nothing.
func (k keys) nothing() string { return frame.When(k.s.selected() == nil, noneChosen) }

// issuing returns the action that issues a token.
func (k keys) issuing() []frame.Action {
	not := k.nothing()
	if p := k.s.selected(); p != nil && p.Disabled {
		not = "the persona is disabled: z enables it"
	}
	return []frame.Action{
		frame.Titled("Issue a token for the persona", frame.Unless(frame.Bind("enter", "issue", "enter"), not, k.issue)),
	}
}

// further returns what else can be done with the list and the selected persona.
func (k keys) further() []frame.Action {
	s, none, d, l := k.s, k.nothing(), frame.DefaultKeys(), &k.s.people
	empty := frame.When(len(l.all) == 0, "there are no personas")
	return []frame.Action{
		frame.Titled("Filter the personas", frame.Unless(d.Filter, empty, frame.Just(l.filter.Open))),
		frame.On(d.Clear, l.filter.Shown(), frame.Just(l.filter.Clear)),
		frame.Titled("Open the persona in the form", frame.Unless(frame.Bind("o", "open in the form", "o"), none, k.fill)),
		frame.Titled("Preview the next token", frame.Unless(frame.Bind("tab", "to the preview", "tab"), none,
			frame.Just(func() { s.side.away = true }))),
	}
}

// file returns what changes the file.
func (k keys) file() []frame.Action {
	w, file, one := writer{k.s}, k.unwritable(), k.fixed()
	power := frame.Bind("z", "disable", "z")
	title := "Disable the persona"
	if p := k.s.selected(); p != nil && p.Disabled {
		power, title = frame.Described(power, "enable"), "Enable the persona"
	}
	undo := frame.When(w.undoable() == nil, "there is nothing to undo, or somebody else has changed the file since")
	return []frame.Action{
		frame.Titled("New persona", frame.Unless(frame.Bind("n", "new", "n"), file, k.create)),
		frame.Titled("Edit the persona", frame.Unless(frame.Bind("e", "edit", "e"), one, k.openForm)),
		frame.Titled("Edit the persona as YAML", frame.Unless(frame.Bind("t", "as YAML", "t", "ctrl+t"), one, k.openDocument)),
		frame.Titled("Copy the persona", frame.Unless(frame.Bind("m", "copy it", "m"), cmp.Or(k.nothing(), file), w.copy)),
		frame.Titled(title, frame.Unless(power, one, w.disable)),
		frame.Titled("Remove the persona from the file", frame.Unless(frame.Bind("x", "remove", "x", "delete"), one, w.remove)),
		frame.Titled("Undo the last change of the file", frame.Unless(frame.Bind("u", "undo", "u"), undo, w.undo)),
		frame.Named("Rename the persona", one, k.rename),
	}
}

// unwritable says why the file cannot be changed, or nothing.
func (k keys) unwritable() string {
	l := &k.s.people
	switch {
	case l.err != nil:
		return "the personas file has an error"
	case l.file == nil:
		return "there is no personas file"
	}
	return ""
}

// fixed says why the selected persona cannot be changed, or nothing.
func (k keys) fixed() string {
	set := k.c.Desk.Settings()
	switch p := k.s.selected(); {
	case p == nil:
		return noneChosen
	case isOfToken(&set, p):
		return "it comes from a token in " + filepath.Base(p.File) + ": m makes it a persona"
	}
	return k.unwritable()
}

// token returns what can be done with the token of the persona that lasts longest.
func (k keys) token() []frame.Action {
	of, e := token.Keys(), k.live()
	not := k.nothing()
	if not == "" {
		not = frame.When(e == nil, "the persona has no active token: enter issues one")
	}
	return []frame.Action{
		frame.Unless(of.Copy, not, func(c *frame.Ctx) tea.Cmd { return token.Copy(c, e) }),
		frame.Unless(of.CopyAs, not, func(c *frame.Ctx) tea.Cmd { return token.CopyAs(c, e) }),
		frame.Unless(of.Write, not, func(c *frame.Ctx) tea.Cmd { return token.Write(c, e) }),
		frame.Unless(of.Local, "", func(c *frame.Ctx) tea.Cmd {
			c.Env.Local = !c.Env.Local
			return nil
		}),
	}
}

// live returns the token that is shown, or that of the selected persona on the board which
// lasts longest, or nil.
func (k keys) live() *desk.Entry {
	p := k.s.selected()
	switch {
	case p == nil:
		return nil
	case k.s.side.made != nil:
		return k.s.side.made
	}
	return desk.StandingOf(k.c.Board, p.Name, k.c.Now).Lasts
}

// moves returns the keys that move the selection.
func (k keys) moves() []frame.Action {
	l := &k.s.people
	page, n := max(1, k.s.places.rows.H-1), len(l.listed)
	move := func(_ *frame.Ctx, step int) { k.s.move(step) }
	return frame.Moves(n > 0, page, n, move)
}

// beside returns the keys of what stands beside the list.
func (k keys) beside() []frame.Group {
	groups := k.s.side.pane.Actions(k.c)
	if k.s.side.pane.Previews() && !k.s.side.pane.Typing() {
		back := frame.On(frame.Bind("esc", "to the list", "esc", "tab"), true, frame.Just(k.s.toList))
		groups[0].Actions = append(groups[0].Actions, back)
	}
	return groups
}

// create opens the form for a new persona.
func (k keys) create(c *frame.Ctx) tea.Cmd {
	return bench{k.s}.edit(c, newForm(c, &k.s.people, "", settings.Own{}))
}

// openForm opens the form for the selected persona.
func (k keys) openForm(c *frame.Ctx) tea.Cmd {
	p := k.s.selected()
	return bench{k.s}.edit(c, newForm(c, &k.s.people, p.Name, p.Own()))
}

// rename opens the form at the name.
func (k keys) rename(c *frame.Ctx) tea.Cmd {
	p := k.s.selected()
	f := newForm(c, &k.s.people, p.Name, p.Own())
	f.moveTo(nameField)
	f.texts.name.SelectAll()
	return bench{k.s}.edit(c, f)
}

// openDocument opens the text of the selected persona.
func (k keys) openDocument(c *frame.Ctx) tea.Cmd {
	p := k.s.selected()
	text, err := k.s.people.file.YAML(p.Name)
	if err != nil {
		return frame.Fail(c, err)
	}
	return bench{k.s}.edit(c, newDocument(p, text))
}

// issue issues a token for the selected persona and puts it on the board. One without a
// subject goes to the form, which asks for it.
func (k keys) issue(c *frame.Ctx) tea.Cmd {
	p := k.s.selected()
	draft := desk.Draft{Persona: p}
	switch {
	case k.s.issuing.Busy():
		return nil
	case !draft.Whole():
		return k.fill(c)
	}
	work := func(ctx context.Context, d *desk.Desk) (*desk.Entry, error) { return d.Issue(ctx, draft) }
	return frame.Do(c, &k.s.issuing, work, func(c *frame.Ctx, made *desk.Entry, err error) tea.Cmd {
		if err != nil {
			return frame.Fail(c, err)
		}
		c.Board.Add(made)
		k.s.side.made = made
		return token.SayIssued(c, made)
	})
}

// fill fills the form from the selected persona, so that it can be changed before a token is
// issued.
func (k keys) fill(c *frame.Ctx) tea.Cmd { return c.Hand(frame.Fill{Persona: k.s.selected()}) }
