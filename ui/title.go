package ui

import (
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// minProject is the least width in which it is worth showing the name of a project.
const minProject = 4

// longName is the greatest width of the name of a profile or of a file.
const longName = 24

// environment is the source of a key that comes from a variable, as package settings
// calls it.
const environment = "environment"

// title holds the styled parts of the title row.
type title struct {
	t              *widget.Theme
	set            settings.Settings
	brand          string
	whole, who     []string // the profile, with and without the word
	where          []string // where the key is from
	banners        []string // warnings about the key and the settings
	key, explained []string // the algorithm, short and with its description, and the key
	clock          string
	protected      bool
}

// titleRow says whose desk this is, which profile is active and which key signs.
func titleRow(c *frame.Ctx, width int) string {
	d := c.Desk
	t := c.Env.Theme
	r := title{t: t, set: d.Settings(), brand: " " + t.Brand.Render("tokendesk"), protected: d.Protected()}
	if name := profileName(c); name != "" {
		r.who = []string{t.Strong.Render(name)}
		r.whole = []string{t.Faint.Render("profile ") + r.who[0]}
	}
	if r.protected {
		r.banners = []string{t.Alarm.Render("▲ PROTECTED")}
	}
	if changed := c.Env.Changed; len(changed) > 0 {
		r.banners = append(r.banners, t.Warn.Bold(true).Render("▲ "+changedBanner(changed)))
	}
	isWeak := func(w settings.Warning) bool { return w.Weak }
	others := slices.DeleteFunc(slices.Clone(r.set.Warnings), isWeak)
	if n := len(others); n > 0 {
		tone := frame.WarningTone(others...)
		r.banners = append(r.banners, t.Tone(tone).Bold(true).Render(tone.Sign()+" "+phrase.Count(n, "warning", "warnings")))
	}
	if k := d.Key(); k == nil {
		r.key = []string{t.Faint.Render("no key")}
		r.explained = r.key
	} else {
		if len(others) < len(r.set.Warnings) {
			r.banners = append(r.banners, t.Warn.Bold(true).Render("▲ WEAK KEY"))
		}
		r.key = []string{t.Faint.Render(string(k.Algorithm())), t.Faint.Render("key " + k.Fingerprint())}
		r.explained = []string{t.Faint.Render(string(k.Algorithm()) + ", " + k.Algorithm().Description()), r.key[1]}
	}
	if name := recognised(d); name != "" {
		r.where = []string{t.Faint.Render(name)}
	} else if len(r.who) == 0 || r.set.KeySource == environment { // otherwise the profile says it
		r.where = []string{t.Faint.Render(keySource(d))}
	}
	r.clock = t.Plain.Render(c.Now.In(c.Env.Zone(c.Now)).Format("15:04:05 MST")) + " "
	return r.draw(width)
}

// join puts parts beside each other, and facts adds the clock.
func (r *title) join(groups ...[]string) string {
	return strings.Join(slices.Concat(groups...), r.t.Faint.Render(" · "))
}

func (r *title) facts(groups ...[]string) string { return r.join(groups...) + "   " + r.clock }

// draw fits the row into the width. If there is no room, it leaves out the explanation
// of the algorithm first. Then it shortens the name of the project, and leaves out that
// name, where the key is from, the algorithm, the name of the program, the clock, and
// last the profile. The key and the banners stay.
func (r *title) draw(width int) string {
	all := r.facts(r.whole, r.where, r.banners, r.key)
	long := r.facts(r.whole, r.where, r.banners, r.explained)
	if widget.Width(r.brand)+widget.Width(r.project(width))+widget.Width(long)+4 <= width {
		all = long
	}
	if room := width - widget.Width(r.brand) - widget.Width(all) - 4; room >= minProject {
		if name := r.project(room); name != "" {
			return widget.Spread(r.brand+"  "+r.t.Plain.Render(name), all, width)
		}
	}
	last := r.key[len(r.key)-1:]
	for _, try := range []struct{ left, right string }{
		{r.brand + "  ", all},
		{r.brand + "  ", r.facts(r.whole, r.banners, r.key)},
		{r.brand + "  ", r.facts(r.who, r.banners, r.key)},
		{r.brand + "  ", r.facts(r.who, r.banners, last)},
		{" ", r.facts(r.who, r.banners, last)},
		{"", r.join(r.who, r.banners, last) + " " + r.clock},
		{r.brand + "  ", r.join(r.who, r.banners, last)},
		{"", r.join(r.who, r.banners, last)},
		{"", r.join(shorten(r.who, width-4-widget.Width(r.join(r.banners, last))), r.banners, last)},
		{"", r.join(r.banners, last)},
	} {
		if gap := width - widget.Width(try.left) - widget.Width(try.right); gap >= 0 {
			return try.left + strings.Repeat(" ", gap) + try.right
		}
	}
	first := 0
	if r.protected {
		first = 1
	}
	slices.Reverse(r.banners[first:]) // the most important comes first
	return widget.Fit(" "+r.join(last, r.banners), width)
}

// shorten cuts a part of a row, or leaves it out if hardly any of it would be visible.
func shorten(part []string, width int) []string {
	if len(part) == 0 || width < minProject {
		return nil
	}
	return []string{widget.Fit(part[0], width)}
}

// project returns the name and version of the project in at most that many cells. If
// they are longer, it leaves out the version and cuts the name.
func (r *title) project(room int) string {
	name := visible.Text(strings.TrimSpace(r.set.ProjectName))
	if name == "" {
		return ""
	}
	whole := strings.TrimSpace(name + " " + visible.Text(r.set.ProjectVersion))
	if widget.Width(whole) <= room {
		return whole
	}
	return strings.TrimRight(widget.Clip(name, room), " ")
}

// profileName returns the active profile as it is drawn, or nothing if there is only
// the default.
func profileName(c *frame.Ctx) string {
	set := c.Desk.Settings()
	alone := set.Profile == settings.DefaultProfile && len(c.Env.Profiles) < 2 && !set.Protected
	if set.Profile == "" || c.Desk.ThrowAway() || alone {
		return ""
	}
	return widget.Clip(visible.Text(set.Profile), longName)
}

// recognised returns the name of another framework that the key is from, or nothing.
func recognised(d *desk.Desk) string {
	name := visible.Text(d.Settings().KeyName)
	if d.ThrowAway() || name == "" || name == "SECRET_KEY" || name == "KEY_FILE" {
		return ""
	}
	return widget.Fit(name, min(24, widget.Width(name)))
}

// keySource says where the key is from.
func keySource(d *desk.Desk) string {
	switch set := d.Settings(); {
	case d.ThrowAway():
		return desk.ThisRun
	case set.KeySource == environment:
		return environment
	default:
		return widget.Clip(visible.Text(filepath.Base(set.File)), longName)
	}
}
