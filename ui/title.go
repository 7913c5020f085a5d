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

// minProject is the shortest that a project's name is worth showing.
const minProject = 4

// environment is where a key is from that a variable holds, as settings has it.
const environment = "environment"

// title is what the title row has to say, each part styled.
type title struct {
	t              *widget.Theme
	set            settings.Settings
	brand          string
	whole, who     []string // the profile, with and without the word
	where          []string // the key is from
	banners        []string // what is to be known about the key
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
	if n := len(r.set.Warnings); n > 0 {
		style := t.Tone(frame.WarningTone(r.set.Warnings...)).Bold(true)
		r.banners = append(r.banners, style.Render("▲ "+phrase.Count(n, "warning", "warnings")))
	}
	if k := d.Key(); k == nil {
		r.key = []string{t.Faint.Render("no key")}
		r.explained = r.key
	} else {
		if k.Weakness() != nil {
			r.banners = append(r.banners, t.Banner.Render("▲ WEAK KEY"))
		}
		r.key = []string{t.Faint.Render(string(k.Algorithm())), t.Faint.Render("key " + k.Fingerprint())}
		r.explained = []string{t.Faint.Render(string(k.Algorithm()) + ", " + k.Algorithm().Description()), r.key[1]}
	}
	if len(r.who) == 0 || r.set.KeySource == environment { // otherwise the profile says it
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

// draw fits the row into the width. Where there is no room the explanation of the
// algorithm goes first, then the project's name is shortened, then it goes, then
// where the key is from, the algorithm, the program's name, the clock, and last
// the profile. The key stays, and what is to be known about it.
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
	slices.Reverse(r.banners[first:]) // what cannot be seen otherwise comes first
	return widget.Fit(" "+r.join(last, r.banners), width)
}

// shorten cuts what is one part of a row, or leaves it out when hardly any of it
// would be seen.
func shorten(part []string, width int) []string {
	if len(part) == 0 || width < minProject {
		return nil
	}
	return []string{widget.Fit(part[0], width)}
}

// project returns the project's name and version in at most so many cells:
// without the version, or cut, when they are longer.
func (r *title) project(room int) string {
	name := visible.Text(strings.TrimSpace(r.set.ProjectName))
	if name == "" {
		return ""
	}
	whole := strings.TrimSpace(name + " " + visible.Text(r.set.ProjectVersion))
	if widget.Width(whole) <= room {
		return whole
	}
	return strings.TrimRight(widget.Fit(name, min(room, widget.Width(name))), " ")
}

// profileName is the active profile as it is drawn, or nothing where there is
// none but the default.
func profileName(c *frame.Ctx) string {
	set := c.Desk.Settings()
	alone := set.Profile == settings.DefaultProfile && len(c.Env.Profiles) < 2 && !set.Protected
	if set.Profile == "" || c.Desk.ThrowAway() || alone {
		return ""
	}
	name := visible.Text(set.Profile)
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
		name := visible.Text(filepath.Base(set.File))
		return widget.Fit(name, min(24, widget.Width(name)))
	}
}
