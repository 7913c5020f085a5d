package issue

import (
	"slices"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// keyMap holds the keys of the form.
type keyMap struct {
	next, prev, submit, submitAny, nextPreset, prevPreset key.Binding
	back, forward, toggle, copied, aside, saveAs          key.Binding
}

func keys() keyMap {
	return keyMap{
		next:       frame.Bind("tab", "next field", "tab"),
		prev:       frame.Bind("shift+tab", "previous field", "shift+tab"),
		submit:     frame.Bind("enter", "issue", "enter", "ctrl+s"),
		submitAny:  frame.Bind("ctrl+s", "issue", "ctrl+s"),
		nextPreset: frame.Bind("↑↓", "usual lifetimes", "down"),
		prevPreset: frame.Bind("", "", "up"),
		back:       frame.Bind("↑", "recent", "up"),
		forward:    frame.Bind("", "", "down"),
		toggle:     frame.Bind("ctrl+t", "JSON", "ctrl+t"),
		copied:     frame.Bind("ctrl+y", "copy", "ctrl+y"),
		aside:      frame.Bind("esc", "to the token", "esc"),
		saveAs:     frame.Bind("ctrl+r", "keep as persona", "ctrl+r"),
	}
}

// Actions returns the keys of the form and of what stands beside it, first those of the one that
// has the focus. Of the other one the palette has those that do something.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	form := frame.Group{Title: "New token", Actions: s.formActions(c)}
	if !s.signed() && s.preview.report == nil { // there is nothing beside it yet
		return []frame.Group{form}
	}
	side := s.side().Actions(c)
	if s.room.Third.W > 0 {
		side[0].Actions = append(side[0].Actions, s.raw.Action())
	}
	if !s.form.away {
		return []frame.Group{form, {Title: side[0].Title, Actions: letters(side[0].Actions)}}
	}
	if s.side() == &s.sketch && !s.sketch.Typing() {
		back := frame.On(frame.Bind("esc", "to the form", "esc"), true, frame.Just(func() { s.form.give(false) }))
		next := frame.On(frame.Bind("n", "next name", "n"), true, frame.Just(s.next))
		side[0].Actions = append(side[0].Actions, back, next)
	}
	return append(side, form)
}

// letters returns the actions with those of their keys alone that are letters, so that no other
// key reaches them from the form.
func letters(actions []frame.Action) []frame.Action {
	for i := range actions {
		keys := slices.DeleteFunc(slices.Clone(actions[i].Keys()), func(k string) bool { return utf8.RuneCountInString(k) > 1 })
		actions[i].SetKeys(keys...)
	}
	return slices.DeleteFunc(actions, func(a frame.Action) bool { return len(a.Keys()) == 0 })
}

// formActions returns the keys of the form.
func (s *Screen) formActions(c *frame.Ctx) []frame.Action {
	k, f := keys(), &s.form
	toggle := frame.Unless(frame.Described(k.toggle, f.nextShape()), "", frame.Just(s.nextShape))
	toggle.Title = "claims as " + f.nextShape()
	aside := frame.On(k.aside, true, frame.Just(func() { f.give(true) }))
	if !s.signed() {
		aside.Binding = frame.Described(k.aside, "to the preview")
	}
	var actions []frame.Action
	first := frame.Unless(k.submit, "", s.submit)
	if f.inRows() || f.away {
		first = frame.Unless(k.submitAny, "", s.submit)
	}
	first.Title = "issue the token of the form"
	copied := frame.Unless(k.copied, notSigned(s), func(c *frame.Ctx) tea.Cmd { return token.Copy(c, s.pane.Entry()) })
	copied.Title = "copy the token"
	if f.away { // the keys of the fields are not there
		return []frame.Action{first, toggle, s.saveAction(c), plainAction(f)}
	}
	actions = append(actions, first, copied, aside)
	actions = append(actions, frame.Hide(
		frame.On(k.back, f.focus == subjectField, frame.Just(func() { s.recall(f.recent.back(f.subject.Value())) })),
		frame.On(k.forward, f.focus == subjectField, frame.Just(func() { s.recall(f.recent.forward()) })),
		frame.On(k.nextPreset, f.focus == lifetimeField, preset(f, 1)),
		frame.On(k.prevPreset, f.focus == lifetimeField, preset(f, -1)),
		frame.On(k.next, true, s.move(1)),
	)...)
	actions = append(actions, toggle, s.saveAction(c), plainAction(f))
	return append(actions, frame.Hide(
		frame.On(k.prev, true, s.move(-1)),
		frame.On(frame.Bind("", "", "down"), f.focus == buttonField, s.move(1)),
		frame.On(frame.Bind("", "", "up"), f.focus == buttonField, s.move(-1)),
	)...)
}

// saveAction keeps the form as a persona.
func (s *Screen) saveAction(c *frame.Ctx) frame.Action {
	not := ""
	if c.Desk.Settings().PersonasFile == "" {
		not = "there is no file of personas"
	}
	save := frame.Unless(keys().saveAs, not, s.save)
	save.Title = "keep the form as a persona"
	return save
}

// notSigned says why there is no token to copy, or nothing.
func notSigned(s *Screen) string {
	if s.signed() {
		return ""
	}
	return "no token was issued from this form"
}

// recall puts a subject that was used before into the field.
func (s *Screen) recall(subject string, ok bool) {
	if ok {
		s.form.subject.Replace(subject)
	}
}

// nextShape shows the claims as JSON, then the exact payload, then rows.
func (s *Screen) nextShape() {
	f := &s.form
	before := f.typed()
	switch {
	case f.exact:
		f.exact = false
		if f.claims.AsJSON {
			f.claims.Text.Say(f.claims.Toggle())
		}
	case f.claims.AsJSON:
		f.exact = true
		if f.payload.Value() == "" {
			f.payload.Set(visible.JSON(string(s.preview.Payload)))
			f.payload.Go(widget.Place{Line: 1, Column: 1})
		}
	default:
		f.claims.Text.Say(f.claims.Toggle())
	}
	if s.pane.Entry() != nil && before == s.made && !f.exact && !before.exact {
		s.made = f.typed() // the same claims, written in another way
	}
	f.give(f.away)
}

// move goes to the next stop.
func (s *Screen) move(step stop) func(*frame.Ctx) tea.Cmd {
	return frame.Just(func() { s.form.moveTo(s.form.focus + step) })
}

func preset(f *form, step int) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		f.preset(step, c.Desk.Settings().MaxLifetime, c.Now)
		return nil
	}
}
