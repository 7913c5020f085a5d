package personas

import (
	"path/filepath"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// column is a column of the list with the width of what is in it.
type column struct {
	name  string
	width int
	most  int // cells that it takes at most
	cell  func(f *facts) (string, lipgloss.Style)
}

// facts are what the list says of a persona.
type facts struct {
	*settings.Persona

	t        *widget.Theme
	standing desk.Standing
	key      string // its fingerprint
	noKey    bool
	last     string // how long ago a token was issued
	token    bool   // it comes from a token in the settings
	secret   bool   // its text has a secret
	selected bool
}

// facts returns what the list says of a persona.
func (l *people) facts(c *frame.Ctx, p *settings.Persona) *facts {
	set := c.Desk.Settings()
	f := &facts{Persona: p, t: c.Env.Theme, standing: desk.StandingOf(c.Board, p.Name, c.Now), token: isOfToken(&set, p)}
	f.secret = l.holdsSecret(p)
	if key, err := c.Desk.SigningKey(p); err == nil && key != nil {
		f.key = key.Fingerprint()
	} else {
		f.noKey = true
	}
	at := f.standing.Issued
	if before := l.latest.of[p.Name]; before.After(at) {
		at = before
	}
	if !at.IsZero() {
		f.last = explain.Age(at, c.Now) + " ago"
	}
	return f
}

// sign is what stands before a name, and its style.
func (f *facts) sign() (string, lipgloss.Style) {
	switch {
	case f.Disabled:
		return "–", f.t.Faint
	case f.noKey, f.secret:
		return widget.Warn.Sign(), f.t.Warn
	case f.standing.Live > 0:
		return "●", f.t.Good
	}
	return "○", f.t.Faint
}

// The widths of the list, in cells.
const (
	leadWidth   = 2  // the sign and a blank
	mostName    = 22 // of a name
	leastWho    = 24 // of a subject
	mostWho     = 32
	leastRoles  = 12
	narrowWidth = 54 // there are no other columns below
)

// The columns that give way to others.
const nameColumn, whoColumn, rolesColumn, shapeColumn = "NAME", "SUBJECT", "ROLES", "SHAPE"

// columns returns the columns from left to right, and in which order they get their room.
func columns() (all []column, order []string) {
	return []column{
		{name: nameColumn, most: mostName, cell: (*facts).name},
		{name: whoColumn, most: mostWho, cell: (*facts).who},
		{name: shapeColumn, most: 16, cell: (*facts).shape},
		{name: rolesColumn, most: 30, cell: (*facts).roles},
		{name: "KEY", most: 10, cell: (*facts).signs},
		{name: "ACTIVE", most: 8, cell: (*facts).live},
		{name: "ISSUED", most: 9, cell: (*facts).issued},
	}, []string{nameColumn, "ACTIVE", whoColumn, "ISSUED", rolesColumn, shapeColumn, "KEY"}
}

func (f *facts) name() (string, lipgloss.Style) {
	style := f.t.Accent
	switch {
	case f.Disabled:
		style = f.t.Faint
	case f.selected:
		style = f.t.Accent.Bold(true)
	}
	switch {
	case f.secret:
		return f.Name + " · " + secretWord, style
	case f.token:
		return f.Name + " · " + filepath.Base(f.File), style
	}
	return f.Name, style
}

func (f *facts) who() (string, lipgloss.Style) {
	if f.Subject == "" {
		return "no subject", f.t.Faint
	}
	style := f.t.Plain
	if f.Disabled {
		style = f.t.Faint
	}
	return f.Subject, style
}

func (f *facts) roles() (string, lipgloss.Style) {
	return strings.Join(explain.Roles(f.Claims), ", "), f.t.Str
}

func (f *facts) shape() (string, lipgloss.Style) { return f.Shape, f.t.Plain }

func (f *facts) signs() (string, lipgloss.Style) {
	if f.noKey {
		return "no key", f.t.Warn
	}
	return f.key, f.t.Faint
}

func (f *facts) live() (string, lipgloss.Style) {
	switch {
	case f.Disabled:
		return disabledWord, f.t.Warn
	case f.standing.Live > 0:
		return strconv.Itoa(f.standing.Live), f.t.Good
	}
	return "", f.t.Faint
}

func (f *facts) issued() (string, lipgloss.Style) { return f.last, f.t.Faint }

// fit chooses the columns that have room for the personas, by what these need. The subject
// takes what is left.
func fit(of []*facts, width int) []column {
	all, order := columns()
	room := width - leadWidth
	for i := range all {
		for _, f := range of {
			text, _ := all[i].cell(f)
			all[i].width = max(all[i].width, min(widget.Width(visible.Text(text)), all[i].most))
		}
		if all[i].width > 0 {
			all[i].width = max(all[i].width, len(all[i].name)) + 2
		}
	}
	chosen := map[string]bool{}
	for _, name := range order {
		one := &all[indexOf(all, name)]
		least := one.width
		switch {
		case name == nameColumn:
			least = min(one.width, max(12, width*2/5))
		case name == whoColumn:
			least = min(one.width, max(10, min(leastWho, width*2/5)))
		case name == rolesColumn || name == shapeColumn:
			least = min(one.width, leastRoles)
		case width < narrowWidth && name != "ACTIVE":
			continue
		}
		if one.width == 0 || least > room {
			continue
		}
		chosen[name] = true
		room -= least
		one.width, one.most = least, one.width-least
	}
	var shown []column
	for _, one := range all {
		if !chosen[one.name] {
			continue
		}
		shown = append(shown, one)
	}
	for _, name := range []string{nameColumn, whoColumn, rolesColumn, shapeColumn} { // those that were cut get what is left
		if at := indexOf(shown, name); at >= 0 {
			more := min(room, shown[at].most)
			shown[at].width += more
			room -= more
		}
	}
	if at := indexOf(shown, whoColumn); at >= 0 {
		shown[at].width += room / 2
	}
	return shown
}

func indexOf(all []column, name string) int {
	for i := range all {
		if all[i].name == name {
			return i
		}
	}
	return -1
}

// heads draws the headings.
func heads(t *widget.Theme, cols []column) string {
	line := strings.Repeat(" ", leadWidth)
	for _, col := range cols {
		line += widget.Fit(col.name, col.width)
	}
	return t.Faint.Render(line)
}

// draw draws a persona in a line.
func (f *facts) draw(cols []column) string {
	sign, style := f.sign()
	line := style.Render(sign) + " "
	for _, col := range cols {
		text, style := col.cell(f)
		line += style.Render(widget.Fit(visible.Text(text), col.width-2)) + "  "
	}
	return line
}
