package personas

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// editor changes one persona: the form, or its text in the file.
type editor interface {
	// common returns what every editor has.
	common() *editing
	// text returns everything that was typed, to see whether it has changed.
	text() string
	// try returns the function that returns the persona as a file would have it. That one runs
	// off the loop, so it holds what is typed now.
	try() func(f *settings.PersonasFile) (*settings.Persona, error)
	// wrong moves to what has to be put right before the persona can be written, and reports
	// whether there is anything.
	wrong(c *frame.Ctx, f *settings.PersonasFile) bool
	// write returns the function that writes the persona, as try does. Theirs are the members
	// that it has in the file by now, if somebody else has changed it.
	write(theirs *settings.Own) func(f *settings.PersonasFile) (*settings.PersonasFile, error)
	// name returns the name that the persona will have.
	name() string

	// inRows reports whether enter begins a line.
	inRows() bool
	actions(c *frame.Ctx) []frame.Action
	update(msg tea.Msg)
	layout(c *frame.Ctx, in widget.Rect)
	draw(c *frame.Ctx) frame.Drawing
	title() string
}

// editing is what every editor has.
type editing struct {
	was     string       // the name of the persona in the file; empty for a new one
	base    settings.Own // the persona as it was when it was opened
	file    *settings.PersonasFile
	from    *settings.PersonasFile // the file then
	opened  string                 // the text then
	tried   string                 // the text that was tried last
	save    func(*frame.Ctx) tea.Cmd
	asked   bool // esc was pressed with unsaved changes
	job     frame.Job
	persona *settings.Persona // as the file would have it, or nil
	err     error             // why not
}

// edit opens an editor.
func (b bench) edit(c *frame.Ctx, e editor) tea.Cmd {
	of := e.common()
	of.opened, of.save, of.from = e.text(), b.save, b.s.people.file
	b.s.editor = e
	b.s.toList()
	b.s.side.made = nil
	return b.try(c)
}

// try tries the persona of the editor off the loop, to preview it.
func (b bench) try(c *frame.Ctx) tea.Cmd {
	e, file := b.s.editor, b.s.people.file
	if e == nil || file == nil || e.text() == e.common().tried {
		return nil
	}
	of := e.common()
	of.tried, of.file = e.text(), file
	try := e.try()
	work := func(context.Context, *desk.Desk) (*settings.Persona, error) { return try(file) }
	return frame.Do(c, &of.job, work, func(_ *frame.Ctx, p *settings.Persona, err error) tea.Cmd {
		if of.err = err; err == nil {
			of.persona = p
		}
		return nil
	})
}

// save writes the persona of the editor into the file.
func (b bench) save(c *frame.Ctx) tea.Cmd {
	e := b.s.editor
	if b.s.people.file == nil || e.wrong(c, b.s.people.file) {
		return nil
	}
	if e.common().changedIn(b.s.people.file) {
		return b.ask(c, b.s.people.file)
	}
	return b.write(c, e.write(nil))
}

// changedIn reports whether the text of the persona is another one in the file as it is now,
// which the screen has read since the editor was opened.
func (of *editing) changedIn(now *settings.PersonasFile) bool {
	if of.was == "" || now == of.from {
		return false
	}
	before, _ := of.from.YAML(of.was) // a file with an error is never written
	is, _ := now.YAML(of.was)
	return before != is
}

// write writes the persona with a function and leaves the editor.
func (b bench) write(c *frame.Ctx, how func(*settings.PersonasFile) (*settings.PersonasFile, error)) tea.Cmd {
	e, of := b.s.editor, b.s.editor.common()
	name := e.name()
	did := request{
		done: done{what: "the change of " + name, name: name}, edit: plain(how),
		says: "wrote " + name + " to " + fileName(b.s.people.file) + " · u undoes it",
		fail: b.refused, then: frame.Just(func() { b.s.editor = nil }),
	}
	if of.was == "" {
		did.done.what = "the new persona " + name
	}
	return writer(b).change(c, did)
}

// refused says in the editor why its persona was not written, or asks what to do about the
// change of somebody else.
func (b bench) refused(c *frame.Ctx, err error) tea.Cmd {
	if changed, is := errors.AsType[*settings.PersonasChanged](err); is && b.s.editor != nil {
		return b.ask(c, changed.Now)
	}
	if b.s.editor == nil {
		return frame.Fail(c, err)
	}
	b.s.editor.common().err = err
	return frame.FailIn(c, b.s, err)
}

// ask shows what somebody else has changed in the file while a persona was edited, and asks
// what to do.
func (b bench) ask(c *frame.Ctx, now *settings.PersonasFile) tea.Cmd {
	e, of := b.s.editor, b.s.editor.common()
	theirs := settings.FindPersona(now.Personas(), of.was)
	question := dialog.ChangedFile{
		File: fileName(now), Says: conflict(of, of.from, now),
		Theirs: func(c *frame.Ctx) tea.Cmd {
			b.s.editor = nil
			b.s.show(c, now)
			b.s.people.choose(of.was)
			return c.Say(widget.Quiet, "the file stays as the other program left it")
		},
	}
	if now.Problem == nil {
		question.Mine = func(c *frame.Ctx) tea.Cmd {
			b.s.show(c, now)
			if theirs == nil { // it is new, or was removed
				of.was = ""
				return b.write(c, e.write(nil))
			}
			own := theirs.Own()
			return b.write(c, e.write(&own))
		}
	}
	return dialog.Changed(c, question)
}

// leave leaves the editor, after a question if something was typed.
func (b bench) leave(c *frame.Ctx) tea.Cmd {
	of := b.s.editor.common()
	switch {
	case b.s.editor.text() != of.opened && !of.asked:
		of.asked = true
		return c.Say(widget.Warn, "esc again discards what you typed; ctrl+s saves it")
	case of.asked:
		b.s.editor = nil
		return c.Say(widget.Quiet, "your changes were discarded; the file is unchanged")
	}
	b.s.editor = nil
	return nil
}

// editActions returns the keys of an editor.
func (b bench) editActions(c *frame.Ctx) []frame.Group {
	busy := frame.When(b.s.changes.job.Busy(), "it is being saved")
	key := frame.Bind("enter", "save", "enter", "ctrl+s")
	if b.s.editor.inRows() {
		key = frame.Bind("ctrl+s", "save", "ctrl+s")
	}
	save := frame.Titled("Save the persona", frame.Unless(key, busy, b.save))
	all := append([]frame.Action{save, frame.On(frame.Bind("esc", "leave", "esc"), true, b.leave)}, b.s.editor.actions(c)...)
	return []frame.Group{{Title: "Edit", Actions: all}}
}

// typeInto types into the editor.
func (b bench) typeInto(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	of := b.s.editor.common()
	of.asked = false
	b.s.editor.update(msg)
	return b.try(c)
}

// conflict says what somebody else has changed in the file, and more of the persona that is
// edited.
func conflict(of *editing, before, now *settings.PersonasFile) []widget.Note {
	notes := []widget.Note{{Text: "Nothing was written. Your changes are still in the form."}}
	if now.Problem != nil {
		return append(notes, frame.Notes(now.Problem)...)
	}
	for _, text := range differ(before.Personas(), now.Personas()) {
		notes = append(notes, widget.Note{Tone: widget.Warn, Text: text})
	}
	if len(notes) == 1 {
		notes = append(notes, widget.Note{Tone: widget.Warn, Text: "only comments or the order have changed"})
	}
	theirs := settings.FindPersona(now.Personas(), of.was)
	if theirs == nil {
		return notes
	}
	for _, m := range membersOf(of.base, theirs.Own()) {
		text := "theirs: " + m.name + " " + orNothing(m.is) + " instead of " + orNothing(m.was)
		notes = append(notes, widget.Note{Text: text})
	}
	return notes
}

func orNothing(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

// bench has the editor of a screen.
type bench struct{ s *Screen }
