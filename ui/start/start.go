// Package start is the screen for the time in which nothing can be signed: on the first run,
// with a key that can only verify, and while the settings are wrong.
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
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Screen says why nothing can be signed, and offers choices that change that. What is pasted
// is read all the same.
type Screen struct {
	frame.Passive

	list   widget.List   // of the choices
	scroll widget.Scroll // of the reasons
	job    frame.Job
	err    error
	asked  *desk.Locked // the question that was asked last

	choices []choice
	parts   parts
	room    frame.Room
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen.
func New() *Screen { return &Screen{} }

// Enter asks for the passphrase if nothing else is missing. It is asked once: esc leaves it for
// the choices.
func (s *Screen) Enter(c *frame.Ctx) tea.Cmd {
	locked, ok := errors.AsType[*desk.Locked](c.Desk.Problem())
	if !ok || locked.Asks == desk.SecretName || s.asked == locked {
		return nil
	}
	s.asked = locked
	return s.unlock(c, locked)
}

// Renew starts with the first choice of another desk.
func (s *Screen) Renew(*frame.Ctx) tea.Cmd {
	s.err = nil
	s.list.Select(0)
	s.scroll = widget.Scroll{}
	return nil
}

// Typing reports that nothing is typed here.
func (s *Screen) Typing() bool { return false }

// Update reads what is pasted, and scrolls the reasons with the wheel.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	if paste, ok := msg.(tea.PasteMsg); ok {
		return c.Hand(frame.Read{Text: paste.Content})
	}
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
		[]frame.Action{frame.Unless(frame.Bind("r", "read again", "r"), notRead(c), s.reload)},
	)}}
}

// notRead says why the settings cannot be read again, or is empty.
func notRead(c *frame.Ctx) string {
	if c.Desk.Problem() != nil || c.Desk.Settings().Found {
		return ""
	}
	return "there is no settings file"
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
	case !desk.Signs(d):
		s.err = errors.New("the key can still only verify")
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

// sign continues with one of several secrets.
func (s *Screen) sign(c *frame.Ctx, locked *desk.Locked, name string) tea.Cmd {
	if s.job.Busy() {
		return nil
	}
	open := func(context.Context, *desk.Desk) (*desk.Desk, error) { return locked.Answer(name) }
	return frame.Do(c, &s.job, open, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd {
		if s.err = err; err != nil {
			return nil
		}
		taken := s.take(c, d)
		if !desk.Signs(d) {
			return taken
		}
		return tea.Batch(taken, c.Say(widget.Good, visible.Text(name)+" signs from now on; f10 takes another one"))
	})
}

// keyFile continues with the key of a file that the user chooses.
func (s *Screen) keyFile(c *frame.Ctx) tea.Cmd {
	take := func(c *frame.Ctx, path string) tea.Cmd {
		open := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) {
			return desk.WithKeyFile(ctx, d, path), nil
		}
		return frame.Do(c, &s.job, open, func(c *frame.Ctx, d *desk.Desk, _ error) tea.Cmd {
			locked, isLocked := errors.AsType[*desk.Locked](d.Problem())
			switch {
			case isLocked:
				return s.unlock(c, locked)
			case d.Problem() != nil:
				s.err = d.Problem()
				return nil
			}
			return s.take(c, d)
		})
	}
	return dialog.OpenFile(c, dialog.FileQuestion{
		Title: "The file of a key", Verb: "use it", Hint: "a private key in PEM or JWK, or a secret", Likely: dialog.KeyFile, Take: take,
	})
}

// verify fetches published keys, which verify tokens for the rest of the run.
func (s *Screen) verify(c *frame.Ctx, url string) tea.Cmd {
	if s.job.Busy() {
		return nil
	}
	fetch := func(ctx context.Context, d *desk.Desk) (desk.Added, error) { return desk.Publish(ctx, d, url) }
	return frame.Do(c, &s.job, fetch, func(c *frame.Ctx, added desk.Added, err error) tea.Cmd {
		if s.err = err; err != nil {
			return nil
		}
		c.Learn(added.To(c.Desk))
		return c.Say(widget.Good, visible.Text("the keys of "+url+" verify until you quit: paste a token"))
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
