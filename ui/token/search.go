package token

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// search looks for members by their names and values while a text is typed.
type search struct {
	open  bool
	field widget.Field
	found []string // the names of the rows
	at    int      // in found
	from  string   // the row from which the search began
}

func (s *search) layout(t *widget.Theme, width int) {
	if s.open {
		s.field.Layout(t, max(10, width-16))
	}
}

// view draws the field, and how many were found.
func (s *search) view(t *widget.Theme, width int) string {
	right := ""
	switch n := len(s.found); {
	case n > 0:
		right = t.Faint.Render(strconv.Itoa(s.at+1) + " of " + strconv.Itoa(n))
	case s.field.Value() != "":
		right = t.Warn.Render("▲ not found")
	}
	return widget.Spread(s.field.View(), right, width)
}

// Typing reports whether the search has the cursor.
func (p *Pane) Typing() bool { return p.search.open }

// startSearch opens the field of the search.
func (p *Pane) startSearch() {
	p.search = search{open: true, field: widget.NewField("name or value"), from: p.sheet.place.id}
	p.search.field.Prompt("/ ")
	p.search.field.Focus()
}

// Update types into the search, and scrolls with the wheel.
func (p *Pane) Update(_ *frame.Ctx, msg tea.Msg) tea.Cmd {
	if step := frame.Wheel(msg); step != 0 {
		p.Scroll(step)
		return nil
	}
	if !p.search.open {
		return nil
	}
	before := p.search.field.Value()
	p.search.field.Update(msg)
	if text := p.search.field.Value(); text != before {
		p.find(text)
	}
	return nil
}

// find looks for a text, and goes to the first place from where the search began.
func (p *Pane) find(text string) {
	s := &p.search
	s.found, s.at = nil, 0
	if text == "" {
		p.sheet.reveal(s.from)
		return
	}
	finder := finder{text: strings.ToLower(text)}
	finder.parts(p.shown.report)
	s.found = finder.found
	if len(s.found) == 0 {
		return
	}
	if begin := slices.Index(finder.all, s.from); begin >= 0 {
		s.at = finder.after(begin) % len(s.found)
	}
	p.sheet.reveal(s.found[s.at])
}

// step goes to another place that was found.
func (p *Pane) step(by int) {
	s := &p.search
	if n := len(s.found); n > 0 {
		s.at = ((s.at+by)%n + n) % n
		p.sheet.reveal(s.found[s.at])
	}
}

// finder collects the rows that hold a text.
type finder struct {
	text       string // in lower case
	all, found []string
	places     []int // of the found ones, in all
}

// parts looks through everything that the pane shows as rows.
func (f *finder) parts(r *explain.Report) {
	for _, part := range ordered(r) {
		f.members(part.Members, part.id)
	}
}

// after returns the first found one that is not before a place in all, or 0.
func (f *finder) after(place int) int {
	n, _ := slices.BinarySearch(f.places, place)
	return n
}

func (f *finder) members(all []explain.Member, id string) {
	for i := range all {
		m := &all[i]
		f.all = append(f.all, id+"\x00"+m.Name)
		if f.has(m.Name) || !m.Holds() && f.has(m.Text) {
			f.places = append(f.places, len(f.all)-1)
			f.found = append(f.found, id+"\x00"+m.Name)
		}
		if m.Holds() && (f.has(m.Text) || strings.Contains(m.Text, `\`)) {
			f.members(m.Inside(), id+"\x00"+m.Name)
		}
	}
}

func (f *finder) has(text string) bool { return strings.Contains(strings.ToLower(text), f.text) }
