// Package token draws one token and holds its keys: the pane that Issue, Board,
// Inspect, Faults and the editor show it in.
package token

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Pane shows one token: its status, its parts, its claims and what is odd about
// it, scrolled as far as needed. The zero value shows none.
type Pane struct {
	Around []string    // what was around the token in the text it came from
	Others int         // how many more tokens that text held
	Stale  bool        // the token is no longer what is typed beside it
	Note   widget.Note // about the keys that it is verified with
	Owner  Owner

	entry    *desk.Entry
	whole    bool // a long token is shown whole
	foldable bool // the token is long enough to be folded
	scroll   widget.Scroll
	area     widget.Rect
	signed   bool // the sign stands before the bar, since no border has it
	rows     []row
	built    shape
}

// Owner is what a pane asks of the screen that it is on.
type Owner struct {
	Leave func(c *frame.Ctx) tea.Cmd            // goes back to where the token came from
	New   bool                                  // which begins something new
	Next  func(c *frame.Ctx) tea.Cmd            // shows the next token of the text, nil if there is never one
	Fail  func(c *frame.Ctx, err error) tea.Cmd // says why no token was issued; nil is a message
}

// shape is what the rows were built for.
type shape struct {
	entry        *desk.Entry
	verdict      auth.Verdict
	state        auth.State
	width, day   int // today's date is left out of its moments
	local, whole bool
	stale        bool
	theme        *widget.Theme
	note         widget.Note
}

// Entry returns the token that is shown, or nil.
func (p *Pane) Entry() *desk.Entry { return p.entry }

// Show puts a token into the pane, from its beginning. What was known about the
// one before is forgotten.
func (p *Pane) Show(e *desk.Entry) {
	*p = Pane{entry: e, Owner: p.Owner}
}

// Renew puts a token in the place of the one that is shown, or the same one after
// it was verified with other keys, as far scrolled as that was.
func (p *Pane) Renew(e *desk.Entry) { p.entry, p.built = e, shape{} }

// Layout verifies the token again when its state has changed with the time, and
// builds its lines when anything they depend on has. The area is that inside a
// border, if there is one.
func (p *Pane) Layout(c *frame.Ctx, area widget.Rect, bordered bool) {
	p.area, p.signed = area, !bordered
	e := p.entry
	if e == nil || area.W <= 0 {
		return
	}
	if e.Token.Claims != nil && (e.State != e.Token.Status(c.Now).State || e.Result.Verdict == auth.VerdictNotYetValid) {
		e.Verify(c.Now)
	}
	zone := c.Env.Zone(c.Now)
	now := shape{
		e, e.Result.Verdict, e.State, area.W, c.Now.In(zone).YearDay(),
		c.Env.Local, p.whole, p.Stale, c.Env.Theme, p.Note,
	}
	if now != p.built {
		p.rows, p.foldable = buildRows(p, c.Env.Theme, c.Now, zone, area.W)
		p.built = now
	}
	p.scroll.Layout(len(p.rows), area.H-len(p.head(c)))
}

// View returns the visible lines: status and bar stay on top.
func (p *Pane) View(c *frame.Ctx) []string {
	if p.entry == nil || p.area.H <= 0 {
		return nil
	}
	lines := p.head(c)
	room := p.area.H - len(lines)
	first, end := p.scroll.Window()
	for _, r := range p.rows[first:end] {
		lines = append(lines, r.draw(c.Env.Theme, c.Now, p.area.W))
	}
	if end < len(p.rows) && room > 1 {
		more := c.Env.Theme.Faint.Render(phrase.Count(len(p.rows)-end+1, "more line", "more lines") + " ↓")
		lines[len(lines)-1] = widget.Spread("", more, p.area.W)
	}
	return lines
}

// Title returns the titles of the pane: the name with what is to be known about
// the token, and where it stands.
func (p *Pane) Title(c *frame.Ctx, name string) (title, sign string) {
	t, e := c.Env.Theme, p.entry
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
	case e.Token.Claims == nil:
		sign = t.Bad.Render("✗ not readable")
	default:
		sign = Sign(t, e, e.Token.Status(c.Now))
	}
	return t.Strong.Render(name), sign
}

// Elsewhere names the profile that a token is of, if that is not the active one.
func Elsewhere(c *frame.Ctx, e *desk.Entry) string {
	if e.Profile == c.Desk.Name() {
		return ""
	}
	return e.Profile
}

// head returns the line with bar and countdown. Without a border, which has the
// sign otherwise, the sign stands before them.
func (p *Pane) head(c *frame.Ctx) []string {
	lead, width := "", p.area.W
	if p.signed {
		_, lead = p.Title(c, "")
	}
	if p.entry.Token.Claims == nil || p.Stale {
		if lead == "" {
			return nil
		}
		return []string{lead}
	}
	if lead != "" {
		lead += "  "
		width -= widget.Width(lead)
	}
	return []string{lead + statusLine(c.Env.Theme, p.entry, p.entry.Token.Status(c.Now), width)}
}

// Scroll moves what is seen by so many lines.
func (p *Pane) Scroll(lines int) { p.scroll.By(lines) }
