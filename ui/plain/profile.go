package plain

import (
	"context"
	"errors"
	"slices"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// changeProfile changes to another profile, or lists them when none is named.
func changeProfile(ctx context.Context, c *console, name string) error {
	profiles := c.desk.Profiles()
	c.missed.wrong["profile"] = name != "" // until it is changed
	switch {
	case len(profiles) == 0:
		c.sayf("There is only one profile.")
		return nil
	case name == "":
		listProfiles(c, profiles)
		return nil
	}
	i := slices.IndexFunc(profiles, func(each settings.Profile) bool { return visible.Text(each.Name) == name })
	if i < 0 {
		c.fail(explain.Line{Text: "there is no profile with that name", Do: "/profile lists them"})
		return nil
	}
	d, err := c.opener.change(ctx, c.desk, profiles[i])
	if errors.Is(err, errLeave) || errors.Is(err, ErrNoKey) { // at the question
		return err
	}
	if reason := ended(ctx, err); reason != nil {
		return reason
	}
	if err != nil {
		c.tell("Problem", explain.Lines(err)...)
		*c.failed = true
		c.sayf("Nothing was changed. The profile is still %s.", c.desk.Name())
		return nil
	}
	if c.form.Lifetime == usualLifetime(c.desk) {
		c.form.Lifetime = usualLifetime(d)
	}
	c.missed.wrong["profile"] = false
	c.use(d)
	c.greet()
	return nil
}

func listProfiles(c *console, profiles []settings.Profile) {
	for _, each := range profiles {
		state := ""
		if each.File == c.desk.Settings().File && !c.desk.ThrowAway() {
			state = ", in use"
		}
		c.sayf("%s: %s%s", each.Name, each.File, state)
	}
}

// use replaces the desk and prints what was recognised in its settings and
// the warnings about them.
func (c *console) use(d *desk.Desk) {
	c.desk = d
	_ = c.out.Flush() // the next prompt reports an error
	for _, n := range d.Settings().Notices {
		c.sayf("%s.", explain.Notice(n))
	}
	for _, w := range d.Settings().Warnings {
		c.warn(explain.Warning(w))
	}
}
