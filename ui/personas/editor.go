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
	// try returns the persona as the file would have it.
	try(f *settings.PersonasFile) (*settings.Persona, error)
	// wrong moves to what has to be put right before the persona can be written, and reports
	// whether there is anything.
	wrong(c *frame.Ctx, f *settings.PersonasFile) bool
	// write writes the persona. Theirs are the members that it has there by now, if somebody
	// else has changed it.
	write(f *settings.PersonasFile, theirs *settings.Own) (*settings.PersonasFile, error)
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
	opened  string // the text then
	tried   string // the text that was tried last
	asked   bool   // esc was pressed with unsaved changes
	job     frame.Job
	persona *settings.Persona // as the file would have it, or nil
	err     error             // why not
}

// edit opens an editor.
func (s *Screen) edit(c *frame.Ctx, e editor) tea.Cmd {
	e.common().opened = e.text()
	s.editor = e
	s.toList()
	s.side.made = nil
	return s.try(c)
}

// try tries the persona of the editor off the loop, to preview it.
func (s *Screen) try(c *frame.Ctx) tea.Cmd {
	e, file := s.editor, s.people.file
	if e == nil || file == nil || e.text() == e.common().tried {
		return nil
	}
	of := e.common()
	of.tried, of.file = e.text(), file
	work := func(context.Context, *desk.Desk) (*settings.Persona, error) { return e.try(file) }
	return frame.Do(c, &of.job, work, func(_ *frame.Ctx, p *settings.Persona, err error) tea.Cmd {
		if of.err = err; err == nil {
			of.persona = p
		}
		return nil
	})
}

// save writes the persona of the editor into the file.
func (s *Screen) save(c *frame.Ctx) tea.Cmd {
	e := s.editor
	if s.people.file == nil || e.wrong(c, s.people.file) {
		return nil
	}
	return s.write(c, func(f *settings.PersonasFile) (*settings.PersonasFile, error) { return e.write(f, nil) })
}

// write writes the persona with a function and leaves the editor.
func (s *Screen) write(c *frame.Ctx, how func(*settings.PersonasFile) (*settings.PersonasFile, error)) tea.Cmd {
	e, of := s.editor, s.editor.common()
	name := e.name()
	did := request{
		done: done{what: "the change of " + name, name: name}, edit: plain(how),
		says: "wrote " + name + " to " + fileName(s.people.file) + " · u undoes it",
		fail: s.refused, then: frame.Just(func() { s.editor = nil }),
	}
	if of.was == "" {
		did.done.what = "the new persona " + name
	}
	return s.change(c, did)
}

// refused says in the editor why its persona was not written, or asks what to do about the
// change of somebody else.
func (s *Screen) refused(c *frame.Ctx, err error) tea.Cmd {
	if changed, is := errors.AsType[*settings.PersonasChanged](err); is && s.editor != nil {
		return s.ask(c, changed.Now)
	}
	if s.editor == nil {
		return frame.Fail(c, err)
	}
	s.editor.common().err = err
	return frame.FailIn(c, s, err)
}

// ask shows what somebody else has changed in the file while a persona was edited, and asks
// what to do.
func (s *Screen) ask(c *frame.Ctx, now *settings.PersonasFile) tea.Cmd {
	e, of, before := s.editor, s.editor.common(), s.people.file
	theirs := settings.FindPersona(now.Personas(), of.was)
	question := dialog.ChangedFile{
		File: fileName(now), Says: conflict(of, before, now),
		Theirs: func(c *frame.Ctx) tea.Cmd {
			s.editor = nil
			s.show(c, now)
			s.people.choose(of.was)
			return c.Say(widget.Quiet, "the file is as the other program has left it")
		},
	}
	if now.Problem == nil {
		question.Mine = func(c *frame.Ctx) tea.Cmd {
			s.show(c, now)
			return s.write(c, func(f *settings.PersonasFile) (*settings.PersonasFile, error) {
				if of.was != "" && theirs == nil { // it was removed
					of.was = ""
				}
				if theirs == nil {
					return e.write(f, nil)
				}
				own := theirs.Own()
				return e.write(f, &own)
			})
		}
	}
	return dialog.Changed(c, question)
}

// leave leaves the editor, after a question if something was typed.
func (s *Screen) leave(c *frame.Ctx) tea.Cmd {
	of := s.editor.common()
	switch {
	case s.editor.text() != of.opened && !of.asked:
		of.asked = true
		return c.Say(widget.Warn, "esc again discards what you typed; ctrl+s saves it")
	case of.asked:
		s.editor = nil
		return c.Say(widget.Quiet, "what you typed was discarded, the file is as it was")
	}
	s.editor = nil
	return nil
}

// editActions returns the keys of an editor.
func (s *Screen) editActions(c *frame.Ctx) []frame.Group {
	busy := when(s.changes.job.Busy(), "it is being written")
	key := frame.Bind("enter", "save", "enter", "ctrl+s")
	if s.editor.inRows() {
		key = frame.Bind("ctrl+s", "save", "ctrl+s")
	}
	save := titled("Save the persona", frame.Unless(key, busy, s.save))
	all := append([]frame.Action{save, frame.On(frame.Bind("esc", "leave", "esc"), true, s.leave)}, s.editor.actions(c)...)
	return []frame.Group{{Title: "Edit", Actions: all}}
}

// typeInto types into the editor.
func (s *Screen) typeInto(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	of := s.editor.common()
	of.asked = false
	s.editor.update(msg)
	return s.try(c)
}

// conflict says what somebody else has changed in the file, and more of the persona that is
// edited.
func conflict(of *editing, before, now *settings.PersonasFile) []widget.Note {
	notes := []widget.Note{{Text: "Nothing was written. What you typed is still there."}}
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
