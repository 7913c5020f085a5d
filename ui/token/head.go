package token

import (
	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Title returns the titles of the pane: the name with what the token is called, and
// where it stands.
func (p *Pane) Title(c *frame.Ctx, name string) (title, sign string) {
	t, e := c.Env.Theme, p.shown.entry
	if p.shown.preview {
		return t.Strong.Render("Preview: not signed"), ""
	}
	if e == nil {
		return t.Strong.Render(name), ""
	}
	for _, more := range []string{e.Persona(), e.Label, Elsewhere(c, e)} {
		if more != "" {
			name += " · " + visible.Text(more)
		}
	}
	switch {
	case p.Stale:
		sign = t.Warn.Render("▲ out of date")
	case p.shown.report != nil:
		sign = SignLeft(t, p.shown.report.Status(c.Now))
	}
	if room := p.sheet.place.area.W - widget.Width(sign) - 5; !p.sheet.place.bare && room > 0 {
		name = widget.Clip(name, room) // what is clipped is never the sign
	}
	return t.Strong.Render(name), sign
}

// Elsewhere names the profile of a token, unless it is the active one.
func Elsewhere(c *frame.Ctx, e *desk.Entry) string {
	if e.Profile == c.Desk.Name() {
		return ""
	}
	return e.Profile
}

// head draws the line with the bar. Without a border, which would have the sign, the sign
// stands before it.
func (p *Pane) head(c *frame.Ctx) string {
	lead, width := "", p.sheet.place.area.W
	if p.sheet.place.bare {
		_, lead = p.Title(c, "")
	}
	if !p.counts() {
		return lead
	}
	if lead != "" {
		lead += "  "
		width -= widget.Width(lead)
	}
	return lead + bar(c.Env.Theme, p.shown.report.Status(c.Now), width)
}

// counts reports whether there is a countdown.
func (p *Pane) counts() bool { return p.shown.report.Claims != nil && !p.Stale }
