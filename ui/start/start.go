// Package start is the screen for the time without a key: on the first run, and
// while the settings are wrong.
package start

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Screen says why there is no key, and offers choices.
type Screen struct {
	frame.Passive

	list   widget.List   // of the choices
	scroll widget.Scroll // of the reasons
	job    frame.Job
	err    error

	choices []choice
	parts   parts
	room    frame.Room
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen.
func New() *Screen { return &Screen{} }

// Enter asks for the passphrase or the name of the secret if nothing else is missing.
func (s *Screen) Enter(c *frame.Ctx) tea.Cmd {
	s.list.Select(0)
	s.scroll = widget.Scroll{}
	if locked, ok := errors.AsType[*desk.Locked](c.Desk.Problem()); ok {
		return s.unlock(c, locked)
	}
	return nil
}

// Renew closes the screen as soon as there is a key.
func (s *Screen) Renew(c *frame.Ctx) tea.Cmd {
	s.err = nil
	if c.Desk.Problem() == nil && c.Desk.Key() != nil {
		return c.Close(s)
	}
	return nil
}

// Typing reports that nothing is typed here.
func (s *Screen) Typing() bool { return false }

// Update scrolls the reasons with the wheel.
func (s *Screen) Update(_ *frame.Ctx, msg tea.Msg) tea.Cmd {
	if step := frame.Wheel(msg); step != 0 {
		s.scroll.By(step / max(step, -step))
	}
	return nil
}

// Actions returns the keys of the choices.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	page := max(1, s.parts.room-1)
	return []frame.Group{{Title: "Start", Actions: slices.Concat(
		[]frame.Action{frame.On(k.Choose, true, func(c *frame.Ctx) tea.Cmd { return s.choices[s.list.Cursor()].run(c) })},
		frame.Steps(k.Up, k.Down, true, 1, func(_ *frame.Ctx, step int) { s.list.Turn(step) }),
		frame.Steps(k.PageDown, k.PageUp, s.scroll.Hides(), -page, func(_ *frame.Ctx, step int) { s.scroll.By(step) }),
		[]frame.Action{
			frame.On(frame.Bind("r", "read again", "r"), c.Desk.Problem() != nil || c.Desk.Settings().Found, s.reload),
		},
	)}}
}

// unlock asks for what the desk needs and continues with the desk that has it.
func (s *Screen) unlock(c *frame.Ctx, locked *desk.Locked) tea.Cmd {
	return c.Ask(locked, func(c *frame.Ctx) tea.Cmd {
		taken, set := s.take(c, c.Desk), c.Desk.Settings()
		if locked.Asks != desk.SecretName || c.Desk.Key() == nil || len(set.Notices) > 0 {
			return taken
		}
		return tea.Batch(taken, c.Say(widget.Good, visible.Text(set.KeyName+" signs from now on")))
	})
}

// take replaces the desk of the console, and says so if the new one has a key.
func (s *Screen) take(c *frame.Ctx, d *desk.Desk) tea.Cmd {
	replaced := c.Replace(d)
	switch {
	case d.Problem() != nil:
		return replaced
	case d.Key() == nil:
		s.err = errors.New("there is still no key")
		return replaced
	}
	said := "the settings were read"
	if notices := d.Settings().Notices; len(notices) > 0 {
		said = visible.Text(notices[0].Text)
	}
	return tea.Batch(replaced, c.Say(widget.Good, said))
}

// reload reads the settings again.
func (s *Screen) reload(c *frame.Ctx) tea.Cmd {
	if s.job.Busy() {
		return nil
	}
	read := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) { return d.Reload(ctx), nil }
	return frame.Do(c, &s.job, read, func(c *frame.Ctx, d *desk.Desk, _ error) tea.Cmd { return s.take(c, d) })
}

// use continues with another env file.
func (s *Screen) use(c *frame.Ctx, near settings.Near) tea.Cmd {
	if s.job.Busy() {
		return nil
	}
	open := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) {
		return d.Switch(ctx, settings.Profile{Name: settings.ProfileName(near.File), File: near.File})
	}
	return frame.Do(c, &s.job, open, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd {
		if s.err = err; err != nil {
			return nil
		}
		return s.take(c, d)
	})
}

// created is the result of writing a settings file.
type created struct {
	desk *desk.Desk
	file settings.Created
}

// create writes the settings file and reads it.
func (s *Screen) create(c *frame.Ctx) tea.Cmd {
	if s.job.Busy() {
		return nil
	}
	write := func(ctx context.Context, d *desk.Desk) (created, error) {
		out, file, err := d.Create(ctx)
		return created{out, file}, err
	}
	return frame.Do(c, &s.job, write, func(c *frame.Ctx, made created, err error) tea.Cmd {
		if err != nil {
			s.err = err
			return nil
		}
		taken := s.take(c, made.desk)
		if made.desk.Problem() != nil || made.desk.Key() == nil {
			return taken
		}
		text := "wrote " + made.file.Path + " with a fresh secret"
		if name := made.file.Name; name != "" && name != "SECRET_KEY" {
			text += " in " + name
		}
		if made.file.GitIgnored {
			text += " and added it to .gitignore"
		}
		if made.file.Warning != nil {
			return tea.Batch(taken, frame.Tell(c, explain.Warning(*made.file.Warning)))
		}
		return tea.Batch(taken, c.Say(widget.Good, text))
	})
}

// throwAway continues with a key for this run only.
func (s *Screen) throwAway(c *frame.Ctx) tea.Cmd {
	fresh := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) { return d.WithThrowAway(ctx) }
	return frame.Do(c, nil, fresh, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd {
		if err != nil {
			s.err = err
			return nil
		}
		return tea.Batch(c.Replace(d), c.Say(widget.Warn, "this key is gone when you quit, and no API knows it"))
	})
}
