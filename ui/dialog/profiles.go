package dialog

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// profiles lists the profiles and changes to another one.
type profiles struct {
	picker
	job    frame.Job
	chosen settings.Profile
	err    error // why the chosen one was not taken
}

// Profiles lists the profiles that exist by now, to change to another one.
func Profiles(c *frame.Ctx) tea.Cmd {
	under := c.Top()
	list := func(_ context.Context, d *desk.Desk) ([]settings.Profile, error) { return d.Profiles(), nil }
	return frame.Do(c, nil, list, func(c *frame.Ctx, found []settings.Profile, _ error) tea.Cmd {
		c.Env.Profiles = found
		if c.Top() != under || len(found) == 0 {
			return nil
		}
		return c.Push(newProfiles(c))
	})
}

// ChangeProfile changes to a profile as if it was chosen among the others.
func ChangeProfile(c *frame.Ctx, to settings.Profile) tea.Cmd {
	at := slices.Index(c.Env.Profiles, to)
	if at < 0 {
		return Profiles(c) // it is gone by now
	}
	d := newProfiles(c)
	d.list.Select(at)
	return tea.Batch(c.Push(d), d.choose(c, at))
}

func newProfiles(c *frame.Ctx) *profiles {
	d, n := &profiles{}, len(c.Env.Profiles)
	d.picker = picker{
		title: "Profiles", group: "Profiles", verb: "change", rows: n, most: n,
		row: d.profile, below: d.notes, choose: d.choose, close: d.leave,
	}
	d.list.Select(max(0, slices.IndexFunc(c.Env.Profiles, func(p settings.Profile) bool { return inUse(c, p) })))
	return d
}

// inUse reports whether a profile is the desk's.
func inUse(c *frame.Ctx, p settings.Profile) bool {
	return p.File == c.Desk.Settings().File && !c.Desk.ThrowAway()
}

// leave keeps the profile, even while another one is being read.
func (d *profiles) leave(c *frame.Ctx) tea.Cmd {
	d.job.Drop()
	return c.Close(d)
}

// switched is the result of reading another profile.
type switched struct {
	desk *desk.Desk
	err  error
}

// choose changes to a profile. If that profile is broken, the desk stays as it is.
// If its key is encrypted, choose asks for the passphrase first.
func (d *profiles) choose(c *frame.Ctx, i int) tea.Cmd {
	if d.job.Busy() {
		return nil
	}
	d.err, d.chosen = nil, c.Env.Profiles[i]
	to := d.chosen
	read := func(ctx context.Context, now *desk.Desk) (switched, error) {
		other, err := now.Switch(ctx, to)
		return switched{other, err}, nil
	}
	return frame.Do(c, &d.job, read, func(c *frame.Ctx, got switched, _ error) tea.Cmd {
		d.err = got.err
		locked, isLocked := errors.AsType[*desk.Locked](got.err)
		switch {
		case isLocked:
			return c.Ask(locked, func(c *frame.Ctx) tea.Cmd { return d.choose(c, i) })
		case got.err != nil:
			return nil
		}
		return tea.Batch(d.leave(c), c.Replace(got.desk), changed(c, got.desk.Settings()))
	})
}

// changed says which profile is active now.
func changed(c *frame.Ctx, set settings.Settings) tea.Cmd {
	text := "the profile is now " + set.Profile
	if n := len(set.Warnings); n > 0 {
		about := ", with " + phrase.Count(n, "warning", "warnings") + " about its settings: see f1"
		return c.Say(frame.WarningTone(set.Warnings...), text+about)
	}
	return c.Say(widget.Good, text)
}

// hasKey reports whether the desk can already be used, so that there is something to
// keep.
func hasKey(c *frame.Ctx) bool { return c.Desk.Problem() == nil && c.Desk.Key() != nil }

// notes are the sentences below the profiles.
func (d *profiles) notes(c *frame.Ctx, width, room int) []string {
	t := c.Env.Theme
	quiet := func(text string) []string { return t.Sentence(widget.Note{Text: text}, width, 0) }
	var lines []string
	switch {
	case d.job.Busy():
		lines = quiet("Reading…")
	case d.err != nil:
		lines = append(frame.Problems(t, d.err, width), quiet("Nothing was changed.")...)
	case len(c.Env.Profiles) == 1:
		lines = quiet("A file .env.staging beside it would be the profile staging.")
	case hasKey(c):
		lines = quiet("The board and your input stay.")
	}
	if most := max(1, room-2); len(lines) > most {
		lines = append(lines[:most-1], widget.Cut(lines[most-1], width-4)+t.Bad.Render("… f1"))
	}
	return lines
}

// View has the problems of a broken profile for the help.
func (d *profiles) View(c *frame.Ctx) frame.Drawing {
	drawn := d.picker.View(c)
	drawn.Short = frame.Notes(d.err)
	return drawn
}

// profile draws a profile with its file.
func (d *profiles) profile(c *frame.Ctx, i, width int) string {
	t, p := c.Env.Theme, c.Env.Profiles[i]
	names := 0
	for _, each := range c.Env.Profiles {
		names = max(names, widget.Width(visible.Text(each.Name)))
	}
	names = min(names, width/2)
	state := ""
	switch {
	case inUse(c, p) && hasKey(c):
		state = t.Good.Render("in use")
	case inUse(c, p) && !c.Desk.Settings().Found:
		state = t.Faint.Render("missing")
	case d.err != nil && p == d.chosen:
		state = t.Bad.Render("✗ broken")
	}
	file := visible.Text(p.File)
	if dir := filepath.Dir(p.File); dir != "." && widget.Width(file)+names+widget.Width(state)+6 > width {
		file = visible.Text(filepath.Base(p.File))
	}
	line := t.Plain.Render(widget.Fit(visible.Text(p.Name), names)) + "  " + t.Faint.Render(file)
	return widget.Spread(widget.Clip(line, width-widget.Width(state)-1), state, width)
}
