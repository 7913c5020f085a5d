// Package token draws one token and holds its keys: the pane that Issue, Board,
// Inspect, Faults and the editor show it in.
package token

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Pane shows one token: how long it lasts, its verdict, its claims as a tree with a cursor,
// its header, the findings and the compact form. Or it shows claims that are not signed
// yet. The zero value shows nothing.
type Pane struct {
	Text  Text // that the token was found in
	Stale bool // the token is no longer what the document beside it says
	Quiet bool // another part has the focus, so that no row is selected
	Owner Owner
	Uses  []Way // what can be done with the token, below it where there is room

	shown  shown
	said   said
	sheet  sheet
	search search
}

// Text describes the text that a token was found in.
type Text struct {
	Others int // how many more tokens the text holds
}

// Way is a key that helps with a token, and what it does.
type Way struct{ Key, Text string }

// Owner holds the functions of the screen that the pane is on.
type Owner struct {
	Leave func(c *frame.Ctx) tea.Cmd            // goes back to where the token came from
	New   bool                                  // Leave starts something new
	Next  func(c *frame.Ctx) tea.Cmd            // shows the next token of the text; nil if there is never one
	Fail  func(c *frame.Ctx, err error) tea.Cmd // says why no token was issued

	// Key asks for another key, Check checks iss and aud, and Compare compares with another
	// token. Each may be nil, if it cannot be done on the screen.
	Key, Check, Compare func(c *frame.Ctx) tea.Cmd
	// Not returns why one of them cannot be done now, or nothing. It may be nil.
	Not func(c *frame.Ctx, what What) string
}

// What names a function of an [Owner].
type What int

// The functions that may be impossible for a while.
const (
	Key What = iota
	Check
	Compare
)

// shown is what a pane shows: a token, or a preview.
type shown struct {
	entry   *desk.Entry
	report  *explain.Report // on the entry, or nil until Layout; or the preview
	token   *auth.Token     // of the entry, which is decoded whenever it is verified
	preview bool
}

// said is what a pane says besides.
type said struct {
	notes []explain.Line // about the keys that verify the token
	about []explain.Line // about the claims of a preview
	ways  []Way
}

// Entry returns the token that is shown, or nil.
func (p *Pane) Entry() *desk.Entry { return p.shown.entry }

// Show puts a token into the pane and forgets everything about the one before.
func (p *Pane) Show(e *desk.Entry) {
	*p = Pane{Owner: p.Owner, Quiet: p.Quiet, sheet: sheet{folds: p.sheet.folds}, shown: shown{entry: e}}
}

// Preview shows claims that are not signed, and what is to be said about them: below them, and
// in one line above them if that is not visible. The cursor stays where it is.
func (p *Pane) Preview(r *explain.Report, notes ...explain.Line) {
	if !p.shown.preview {
		p.Show(nil)
	}
	p.shown, p.said.about = shown{report: r, preview: true}, notes
}

// Previews reports whether a preview is shown.
func (p *Pane) Previews() bool { return p.shown.preview }

// Renew replaces the token, or explains the same one again after it was verified
// with other keys. The pane stays scrolled.
func (p *Pane) Renew(e *desk.Entry) { p.shown = shown{entry: e} }

// Say replaces what the pane says about the keys that verify the token.
func (p *Pane) Say(notes ...explain.Line) { p.said.notes, p.sheet.body.shape = notes, shape{} }

// Offer replaces the keys that are offered below the verdict.
func (p *Pane) Offer(ways ...Way) {
	if !slices.Equal(ways, p.said.ways) {
		p.said.ways, p.sheet.body.shape = ways, shape{}
	}
}

// Layout verifies and explains the token again when its state has changed with the
// time, and builds the lines when anything they depend on has changed. The area is
// the one inside the border, if there is one.
func (p *Pane) Layout(c *frame.Ctx, area widget.Rect, bordered bool) {
	p.sheet.place.area, p.sheet.place.bare, p.sheet.folds = area, !bordered, &c.Env.Folds
	s := &p.shown
	if s.entry == nil && !s.preview || area.W <= 0 {
		return
	}
	if !s.preview && (s.report == nil || !s.report.Current(c.Now) || s.token != s.entry.Token) {
		s.entry.Verify(c.Now)
		s.token = s.entry.Token
		known := s.entry.Known()
		known.Others = p.Text.Others
		s.report = explain.Token(known, c.Now)
	}
	clock := explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}
	now := shape{
		report: s.report, size: sizeOf(area), room: area.H, day: c.Now.In(clock.Zone).YearDay(), local: c.Env.Local,
		stale: p.Stale, preview: s.preview, theme: c.Env.Theme, folds: c.Env.Folds.Changes(), again: frame.Again(c, s.entry),
	}
	p.sheet.place.head, p.sheet.place.air = 0, 0
	if bordered && now.size.roomy { // a blank line below the border
		p.sheet.place.head, p.sheet.place.air = 1, 1
	}
	if !s.preview && (!bordered || p.counts() && s.report.Status(c.Now).HasBar) {
		p.sheet.place.head++
	}
	built := now != p.sheet.body.shape
	switch {
	case built:
		p.sheet.body = build(p, clock, now)
	case p.sheet.body.aged.first < p.sheet.body.aged.end && s.report.Key.Fetched():
		p.sheet.body.age(s.report, clock)
	}
	p.sheet.settle(built, p.search.open)
	p.sheet.paint(clock, built)
	p.search.layout(c.Env.Theme, area.W)
}

// roomy is the height from which blank lines stand between the groups: that of a pane on a
// terminal of 30 rows. From tall on, what folds is open.
const (
	roomy = 22
	tall  = 40
)

func sizeOf(area widget.Rect) size {
	return size{width: area.W, roomy: area.H >= roomy, tall: area.H >= tall}
}

// View returns the visible lines: the bar stays on top.
func (p *Pane) View(c *frame.Ctx) []string {
	if p.shown.report == nil || p.sheet.place.area.H <= 0 {
		return nil
	}
	lines := make([]string, p.sheet.place.air, p.sheet.place.area.H)
	if p.sheet.place.head > p.sheet.place.air {
		lines = append(lines, p.head(c))
	}
	t, width := c.Env.Theme, p.sheet.place.area.W
	first, end := p.sheet.place.tree.Window()
	for i, l := range p.sheet.body.lines[first:end] {
		if l.row == nil {
			lines = append(lines, l.draw(t, c.Now, width))
			continue
		}
		text := p.sheet.drawn.rows[i].draw(t, c.Now, width-mark)
		lines = append(lines, t.Row(text, width, !p.Quiet && first+i == p.sheet.place.tree.Line()))
	}
	last := p.last(t)
	if last == "" {
		return append(lines, use(p, t, len(lines))...)
	}
	for len(lines) < p.sheet.place.area.H-1 {
		lines = append(lines, "")
	}
	return append(lines, last)
}

// last draws the last line: the search, or how many lines are not seen.
func (p *Pane) last(t *widget.Theme) string {
	if p.search.open {
		return p.search.view(t, p.sheet.place.area.W)
	}
	var more []string
	if n := p.sheet.place.tree.Above(); n > 0 {
		more = append(more, phrase.Count(n, "line", "lines")+" ↑")
	}
	if n := p.sheet.place.tree.Below(); n > 0 {
		more = append(more, phrase.Count(n, "more line", "more lines")+" ↓")
	}
	if len(more) == 0 {
		return ""
	}
	right := t.Faint.Render(strings.Join(more, " · "))
	room := p.sheet.place.area.W - widget.Width(right) - 2
	return widget.Spread(widget.Clip(p.sheet.drawn.header, max(0, room)), right, p.sheet.place.area.W)
}

// Cursor returns where the cursor of the terminal belongs while the pane has the focus: in
// the search, or on the selected row.
func (p *Pane) Cursor() *tea.Cursor {
	area := p.sheet.place.area
	if p.search.open {
		at := widget.Rect{X: area.X, Y: area.Y + area.H - 1}
		return at.Shift(p.search.field.Cursor())
	}
	if p.Quiet || p.shown.report == nil || !p.sheet.place.tree.Visible() {
		return nil
	}
	first, _ := p.sheet.place.tree.Window()
	return tea.NewCursor(area.X, area.Y+p.sheet.place.head+p.sheet.place.tree.Line()-first)
}

// Zones returns the zones of the rows: a click selects one, or folds the selected one.
func (p *Pane) Zones() []frame.Zone {
	if p.shown.report == nil {
		return nil
	}
	area := p.sheet.place.area
	first, end := p.sheet.place.tree.Window()
	var zones []frame.Zone
	for at := first; at < end; at++ {
		if p.sheet.body.lines[at].row == nil {
			continue
		}
		rect := widget.Rect{X: area.X, Y: area.Y + p.sheet.place.head + at - first, W: area.W, H: 1}
		zones = append(zones, frame.Zone{Rect: rect, Do: frame.Just(func() {
			if p.sheet.place.tree.Line() == at && !p.Quiet {
				p.sheet.fold()
				return
			}
			p.sheet.selectLine(at)
		})})
	}
	return zones
}

// Move moves the cursor, or scrolls where it does not stop.
func (p *Pane) Move(step int) {
	p.sheet.place.tree.Move(step)
	if r := p.sheet.current(); r != nil {
		p.sheet.place.id = r.id
	}
}

// Scroll scrolls by that many lines.
func (p *Pane) Scroll(lines int) { p.sheet.place.tree.Scroll(lines) }
