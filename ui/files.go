package ui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// files notices when somebody changes the files that the desk was read from.
type files struct {
	base *desk.Files // as they were then
	of   *desk.Desk
	busy atomic.Bool // they are being looked at, which may take long on a network
}

// looks reports whether it is time to look at the files: every other second.
func (f *files) looks(now time.Time) bool { return now.Unix()%2 == 0 }

// look returns the command that looks at the files off the loop. It says nothing as long
// as everything is as it was, so that the screen is not drawn for it. The screen that is in
// front by then hears of it.
func (f *files) look(c *frame.Ctx, front func() frame.Screen) tea.Cmd {
	if !desk.SameFiles(f.of, c.Desk) {
		f.of, f.base, c.Env.Changed = c.Desk, desk.FilesOf(c.Desk), nil
	}
	if !f.busy.CompareAndSwap(false, true) {
		return nil
	}
	d, base, known, own := c.Desk, f.base, c.Env.Changed, slices.Clone(c.Env.Wrote)
	log, clock := c.Env.Trace, c.Env.Clock
	return func() tea.Msg {
		defer f.busy.Store(false)
		defer func() { log.Caught(recover()) }()
		done := func(apply func(c *frame.Ctx) tea.Cmd) tea.Msg {
			return frame.Done{Now: clock(), Apply: func(c *frame.Ctx) tea.Cmd {
				if !desk.SameFiles(d, c.Desk) || f.base != base {
					return nil
				}
				return apply(c)
			}}
		}
		now := base.Again()
		changed := base.Changed(now)
		ours := slices.DeleteFunc(own, func(path string) bool {
			return !slices.ContainsFunc(changed, func(file desk.Changed) bool { return file.Path == path })
		})
		changed = slices.DeleteFunc(changed, func(file desk.Changed) bool { return slices.Contains(ours, file.Path) })
		if len(ours) == 0 && slices.Equal(changed, known) {
			return nil
		}
		return done(func(c *frame.Ctx) tea.Cmd {
			f.take(c, base.With(now, ours...), ours, changed)
			on := *c
			on.Screen = front()
			return on.Screen.Noticed(&on)
		})
	}
}

// take takes what was seen, and says once what is new.
func (f *files) take(c *frame.Ctx, base *desk.Files, ours []string, changed []desk.Changed) {
	f.base = base
	c.Env.Wrote = slices.DeleteFunc(c.Env.Wrote, func(path string) bool { return slices.Contains(ours, path) })
	known := c.Env.Changed
	c.Env.Changed = changed
	if slices.ContainsFunc(changed, func(file desk.Changed) bool { return !slices.Contains(known, file) }) {
		c.Show(nil, widget.Note{Tone: widget.Warn, Text: changedText(changed)})
	}
}

const inUse = "what was read before is still in use"

// changedText says what has changed, and what that means.
func changedText(changed []desk.Changed) string {
	if len(changed) > 1 {
		return phrase.Count(len(changed), "file", "files") + " of the settings have changed: f12 reads them again; " + inUse
	}
	name := visible.Text(filepath.Base(changed[0].Path))
	if changed[0].Gone {
		return name + " was removed; " + inUse
	}
	return name + " has changed: f12 reads it again; " + inUse
}

// changedBanner says the same in the title row, until it is read again.
func changedBanner(changed []desk.Changed) string {
	if len(changed) > 1 {
		return phrase.Count(len(changed), "FILE", "FILES") + " CHANGED (f12)"
	}
	name := widget.Clip(visible.Text(filepath.Base(changed[0].Path)), longName)
	if changed[0].Gone {
		return name + " REMOVED"
	}
	return name + " CHANGED (f12)"
}

// reading is what was read again.
type reading struct {
	desk     *desk.Desk
	profiles []settings.Profile
}

// reload reads the settings, the key and the profiles again, and gives every screen the
// desk that they make. If that cannot sign, the desk stays as it was. Personas are read
// whenever they are listed.
func reload(m *Model) func(c *frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		from := c.Desk
		read := func(ctx context.Context, d *desk.Desk) (reading, error) {
			again := d.Reload(ctx)
			return reading{again, again.Profiles()}, nil
		}
		return frame.Do(c, nil, read, func(c *frame.Ctx, r reading, _ error) tea.Cmd {
			set := r.desk.Settings()
			locked, isLocked := errors.AsType[*desk.Locked](r.desk.Problem())
			switch {
			case c.Desk.Settings().File != from.Settings().File:
				return nil // the profile was changed meanwhile
			case isLocked:
				return c.Ask(locked, func(c *frame.Ctx) tea.Cmd { return reloaded(m, c, reading{c.Desk, r.profiles}) })
			case r.desk.Problem() != nil:
				return frame.Fail(c, r.desk.Problem())
			case r.desk.Key() == nil:
				return frame.Fail(c, explain.NoKey(&set))
			}
			return reloaded(m, c, r)
		})
	}
}

// reloaded takes what was read again.
func reloaded(m *Model, c *frame.Ctx, r reading) tea.Cmd {
	m.files.of, m.files.base = r.desk, desk.FilesOf(r.desk)
	c.Env.Changed, c.Env.Profiles, c.Env.Wrote = nil, r.profiles, nil
	replaced, key := c.Replace(r.desk), r.desk.Key()
	return tea.Batch(replaced, c.Say(widget.Good, "the settings were read: "+string(key.Algorithm())+", key "+key.Fingerprint()))
}
