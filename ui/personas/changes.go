package personas

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// changes are those that the user made to the file, which can be undone.
type changes struct {
	job  frame.Job
	done []done
}

// done is a change of the file.
type done struct {
	what          string // it was; empty for undoing another one
	name          string // of the persona
	before, after *settings.PersonasFile
	removed       *settings.RemovedPersonas // or nil
}

// take remembers a change, or forgets the last one when that was undone.
func (h *changes) take(made done) {
	if made.what == "" {
		h.done = h.done[:max(0, len(h.done)-1)]
		return
	}
	h.done = append(h.done, made)
	h.done = h.done[max(0, len(h.done)-mostDone):]
}

// mostDone is how many changes can be undone.
const mostDone = 20

// edit is what changes the file: it returns the file as it is then.
type edit func(*settings.PersonasFile) (*settings.PersonasFile, *settings.RemovedPersonas, error)

// plain returns an edit that removes nothing.
func plain(of func(*settings.PersonasFile) (*settings.PersonasFile, error)) edit {
	return func(f *settings.PersonasFile) (*settings.PersonasFile, *settings.RemovedPersonas, error) {
		after, err := of(f)
		return after, nil, err
	}
}

// request is a change that the user asks for.
type request struct {
	done done
	edit edit
	says string                          // when it is done
	fail func(*frame.Ctx, error) tea.Cmd // says why it is not
	then func(*frame.Ctx) tea.Cmd        // when it is done; nil for nothing
}

// change changes the file off the loop, and selects the persona that it is about.
func (w writer) change(c *frame.Ctx, r request) tea.Cmd {
	from := w.s.people.file
	if w.s.changes.job.Busy() || from == nil {
		return nil
	}
	c.Env.Wrote = append(c.Env.Wrote, c.Desk.Settings().PersonasFile)
	work := func(context.Context, *desk.Desk) (done, error) {
		after, removed, err := r.edit(from)
		made := r.done
		made.before, made.after, made.removed = from, after, removed
		return made, err
	}
	return frame.Do(c, &w.s.changes.job, work, func(c *frame.Ctx, made done, err error) tea.Cmd {
		if err != nil {
			return r.fail(c, err)
		}
		w.s.changes.take(made)
		w.s.show(c, made.after)
		w.s.people.choose(made.name)
		var then tea.Cmd
		if r.then != nil {
			then = r.then(c)
		}
		return tea.Batch(then, c.Say(widget.Good, visible.Text(r.says)))
	})
}

// show shows the file as it is now.
func (s *Screen) show(c *frame.Ctx, file *settings.PersonasFile) {
	set := c.Desk.Settings()
	s.people.set(file, s.people.tokens, file.Warnings(&set))
	c.Env.Personas = s.people.all
}

// failed says why the file was not changed. If somebody else has changed it, that is shown.
func (w writer) failed(c *frame.Ctx, err error) tea.Cmd {
	changed, isChanged := errors.AsType[*settings.PersonasChanged](err)
	if !isChanged {
		return frame.Fail(c, err)
	}
	before := w.s.people.file
	w.s.show(c, changed.Now)
	line := theirs(before, changed.Now)
	line.Tone, line.Do = explain.Bad, "nothing was written: check the file, then try again"
	return frame.Tell(c, line)
}

// theirs says what somebody else has changed in a file.
func theirs(before, now *settings.PersonasFile) explain.Line {
	line := explain.Line{Tone: explain.Warn, Label: fileName(now) + " was changed by another program"}
	if now.Problem != nil {
		line.Text = explain.Lines(now.Problem)[0].String()
		return line
	}
	line.Text = "the comments or the order"
	if differing := differ(before.Personas(), now.Personas()); len(differing) > 0 {
		const most = 4
		if len(differing) > most {
			differing = append(differing[:most], "…")
		}
		line.Text = strings.Join(differing, ", ")
	}
	return line
}

// compare says what somebody else has changed since the file was read before.
func (w writer) compare(c *frame.Ctx, before *settings.PersonasFile) tea.Cmd {
	now, path := w.s.people.file, c.Desk.Settings().PersonasFile
	if slices.ContainsFunc(c.Env.Changed, func(file desk.Changed) bool { return file.Path == path }) {
		c.Env.Wrote = append(c.Env.Wrote, path) // it was read, so nobody has to read it again
	}
	if before == nil || before.Path != now.Path || before.Text() == now.Text() {
		return nil
	}
	return frame.Tell(c, theirs(before, now))
}

// copy asks for the name of a copy of the selected persona, which is written below it.
func (w writer) copy(c *frame.Ctx) tea.Cmd {
	p, set := w.s.selected(), c.Desk.Settings()
	from, name := p.Name, freeName(w.s.people.all, p.Name)
	if isOfToken(&set, p) {
		f := newForm(c, &w.s.people, "", settings.Own{Name: from, Subject: p.Subject, Claims: p.Claims})
		return bench(w).edit(c, f)
	}
	return c.Push(dialog.NewPrompt(dialog.Question{
		Title: "Copy of " + from, Verb: "copy", Placeholder: "such as admin", Text: &name,
		Hint: widget.Note{Text: "written below " + from + " with the same members and comments"},
		Answer: func(c *frame.Ctx, p *dialog.Prompt, name string) tea.Cmd {
			return w.change(c, request{
				done: done{what: "the copy " + name, name: name}, says: name + " is a copy of " + from + " · e edits it, u undoes it",
				edit: plain(func(f *settings.PersonasFile) (*settings.PersonasFile, error) { return f.Copy(from, name) }),
				fail: func(c *frame.Ctx, err error) tea.Cmd {
					if _, changed := errors.AsType[*settings.PersonasChanged](err); changed {
						return tea.Batch(c.Close(p), w.failed(c, err))
					}
					return p.Fail(c, err)
				},
				then: func(c *frame.Ctx) tea.Cmd { return c.Close(p) },
			})
		},
	}))
}

// freeName returns a name like another one that no persona has.
func freeName(all []*settings.Persona, like string) string {
	for n := 2; ; n++ {
		if name := like + "-" + strconv.Itoa(n); settings.FindPersona(all, name) == nil {
			return name
		}
	}
}

// disable disables the selected persona, or enables it.
func (w writer) disable(c *frame.Ctx) tea.Cmd {
	p := w.s.selected()
	off, says, what := !p.Disabled, " is enabled again", "enabling "
	if off {
		says, what = " is disabled: no token is issued for it", "disabling "
	}
	name := p.Name
	return w.change(c, request{
		done: done{what: what + name, name: name}, says: name + says + " · u undoes it", fail: w.failed,
		edit: plain(func(f *settings.PersonasFile) (*settings.PersonasFile, error) { return f.Disable(name, off) }),
	})
}

// remove removes the selected persona.
func (w writer) remove(c *frame.Ctx) tea.Cmd {
	name := w.s.selected().Name
	return w.change(c, request{
		done: done{what: "the removal of " + name, name: name},
		says: name + " was removed from " + fileName(w.s.people.file) + " · u puts it back", fail: w.failed,
		edit: func(f *settings.PersonasFile) (*settings.PersonasFile, *settings.RemovedPersonas, error) {
			return f.Remove(name)
		},
	})
}

// undoable returns the last change that can be undone: of one before somebody else has changed
// the file only a removal.
func (w writer) undoable() *done {
	n := len(w.s.changes.done)
	if n == 0 || w.s.people.file == nil || w.s.people.file.Problem != nil {
		return nil
	}
	last := &w.s.changes.done[n-1]
	if last.removed == nil && last.after.Text() != w.s.people.file.Text() {
		return nil
	}
	return last
}

// undo undoes the last change.
func (w writer) undo(c *frame.Ctx) tea.Cmd {
	last := *w.undoable()
	back := func(f *settings.PersonasFile) (*settings.PersonasFile, error) {
		if last.removed != nil {
			return f.PutBack(last.removed)
		}
		return f.Revert(last.before)
	}
	return w.change(c, request{done: done{name: last.name}, edit: plain(back), says: "undone: " + last.what, fail: w.failed})
}

func fileName(f *settings.PersonasFile) string { return filepath.Base(f.Path) }

// writer changes the file of a screen.
type writer struct{ s *Screen }
