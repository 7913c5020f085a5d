// Package token draws one token and holds its keys: the pane that Issue, Board,
// Inspect, Faults and the editor show it in.
package token

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Pane shows one token: its status, its parts, its claims and the findings, and
// scrolls them. The zero value shows none.
type Pane struct {
	Text  Text // that the token was found in
	Stale bool // the token is no longer what the document beside it says
	Owner Owner

	entry  *desk.Entry
	report *explain.Report // on the entry, or nil until Layout
	notes  []explain.Line  // about the keys that verify the token
	whole  bool            // a long token is shown whole
	scroll widget.Scroll
	area   widget.Rect
	bare   bool // there is no border, so the sign stands before the bar
	lines  lines
}

// Text describes the text that a token was found in.
type Text struct {
	Others int // how many more tokens the text holds
}

// lines are the rows of a pane as they were built for a shape.
type lines struct {
	rows     []row
	foldable bool // the token is long enough to be folded
	shape    shape
	// signature and findings are the first rows of these. They are equal when nothing
	// says who signed.
	signature, findings int
}

// Owner holds the functions of the screen that the pane is on.
type Owner struct {
	Leave func(c *frame.Ctx) tea.Cmd            // goes back to where the token came from
	New   bool                                  // Leave starts something new
	Next  func(c *frame.Ctx) tea.Cmd            // shows the next token of the text; nil if there is never one
	Fail  func(c *frame.Ctx, err error) tea.Cmd // says why no token was issued
}

// shape is everything that the rows depend on.
type shape struct {
	report       *explain.Report
	width, day   int // a moment of today is drawn without its date
	local, whole bool
	stale        bool
	theme        *widget.Theme
}

// Entry returns the token that is shown, or nil.
func (p *Pane) Entry() *desk.Entry { return p.entry }

// Show puts a token into the pane and forgets everything about the one before.
func (p *Pane) Show(e *desk.Entry) {
	*p = Pane{entry: e, Owner: p.Owner}
}

// Renew replaces the token, or explains the same one again after it was verified
// with other keys. The pane stays scrolled.
func (p *Pane) Renew(e *desk.Entry) { p.entry, p.report = e, nil }

// Say replaces what the pane says about the keys that verify the token.
func (p *Pane) Say(notes ...explain.Line) { p.notes, p.lines.shape = notes, shape{} }

// Layout verifies and explains the token again when its state has changed with the
// time, and builds the rows when anything they depend on has changed. The area is
// the one inside the border, if there is one.
func (p *Pane) Layout(c *frame.Ctx, area widget.Rect, bordered bool) {
	p.area, p.bare = area, !bordered
	if p.entry == nil || area.W <= 0 {
		return
	}
	if p.report == nil || !p.report.Current(c.Now) {
		p.entry.Verify(c.Now)
		p.report = p.explain(c.Now)
	}
	clock := explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}
	now := shape{
		p.report, area.W, c.Now.In(clock.Zone).YearDay(), c.Env.Local, p.whole, p.Stale, c.Env.Theme,
	}
	switch {
	case now != p.lines.shape:
		p.lines = buildLines(p, clock, now)
	case p.lines.signature < p.lines.findings && p.report.Key.Fetched():
		p.lines.age(p.report, clock)
	}
	room := area.H
	if p.headed() {
		room--
	}
	p.scroll.Layout(len(p.lines.rows), room)
}

// headed reports whether a line with the countdown or the sign stands on top.
func (p *Pane) headed() bool { return p.bare || p.counts() }

// counts reports whether there is a countdown.
func (p *Pane) counts() bool { return p.report.Claims != nil && !p.Stale }

// explain explains the token as it was verified last.
func (p *Pane) explain(now time.Time) *explain.Report {
	known := p.entry.Known()
	known.Others = p.Text.Others
	return explain.Token(known, now)
}

// View returns the visible lines: status and bar stay on top.
func (p *Pane) View(c *frame.Ctx) []string {
	if p.entry == nil || p.area.H <= 0 {
		return nil
	}
	var lines []string
	if p.headed() {
		lines = append(lines, p.head(c))
	}
	room := p.area.H - len(lines)
	first, end := p.scroll.Window()
	for _, r := range p.lines.rows[first:end] {
		lines = append(lines, r.draw(c.Env.Theme, c.Now, p.area.W))
	}
	if n := len(p.lines.rows); end < n && room > 1 {
		more := c.Env.Theme.Faint.Render(phrase.Count(n-end+1, "more line", "more lines") + " ↓")
		lines[len(lines)-1] = widget.Spread("", more, p.area.W)
	}
	return lines
}

// Title returns the titles of the pane: the name with what the token is called, and
// where it stands.
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
	case p.report != nil:
		sign = Sign(t, p.report.Status(c.Now))
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

// head draws the line with bar and countdown. Without a border, which would have the
// sign, the sign stands before them.
func (p *Pane) head(c *frame.Ctx) string {
	lead, width := "", p.area.W
	if p.bare {
		_, lead = p.Title(c, "")
	}
	if !p.counts() {
		return lead
	}
	if lead != "" {
		lead += "  "
		width -= widget.Width(lead)
	}
	return lead + statusLine(c.Env.Theme, p.report.Status(c.Now), width)
}

// Scroll scrolls by that many lines.
func (p *Pane) Scroll(lines int) { p.scroll.By(lines) }
