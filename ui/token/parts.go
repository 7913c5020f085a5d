package token

import (
	"slices"
	"strconv"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// part is a part of a token, with a name for the row or the rows that show it.
type part struct {
	explain.Part
	id string
}

// ordered returns what is in a token in the order of the pane: its claims first, then what
// came with them, the header, and the same of a token inside it.
func ordered(r *explain.Report) []part {
	parts := r.Parts()
	all := make([]part, 0, len(parts))
	depth, from := 0, 0
	sort := func() {
		slices.SortStableFunc(all[from:], func(a, b part) int { return order(a.Title) - order(b.Title) })
	}
	for _, p := range parts {
		inside := p.Of == "Inside"
		if inside {
			sort()
			depth++
		}
		all = append(all, part{p, strconv.Itoa(depth) + " " + p.Title})
		if inside {
			from = len(all)
		}
	}
	sort()
	return all
}

// order returns the place of a part among those of the same token.
func order(title string) int {
	return slices.Index([]string{"kind", "claims", "payload", "disclosed", "header", "unsigned"}, title)
}

// parts adds what is in the token.
func (b *builder) parts(r *explain.Report) {
	b.grid = gridFor(b.size.width, b.longest(r), 0)
	for _, p := range ordered(r) {
		b.part(p)
	}
}

// longest returns the width of the longest name, to which the labels of the other lines
// belong too.
func (b *builder) longest(r *explain.Report) int {
	longest := leastRow
	for at := r; at != nil; at = at.Inner {
		for i := range at.Claims {
			longest = max(longest, nameWidth(&at.Claims[i]))
			if longest >= mostRow {
				return longest
			}
		}
	}
	return longest
}

// nameWidth returns how many cells the name of a member takes, with the sign before that of
// an object, which folds.
func nameWidth(m *explain.Member) int {
	n := widget.Width(visible.Text(m.Name))
	if m.AtFault {
		n += widget.Width(faultSign)
	}
	if len(m.Raw) > 2 && m.Raw[0] == '{' {
		n += widget.Width(folded)
	}
	return n
}

func (b *builder) part(p part) {
	claims, id := p.Of == "Claim", p.id
	if claims || p.Of == "Inside" || p.Of == "Header" && p.Members != nil {
		b.group()
	}
	switch {
	case p.Text != "":
		b.labelled(p.Title, p.Text, b.t.Plain)
	case len(p.Members) == 0:
		b.labelled(p.Title, "empty", b.t.Faint)
	case claims:
		b.members(p.Members, id, 0, b.grid)
	default:
		open := p.Of == "Disclosure" || b.size.tall
		r := &row{id: id, kind: partRow, label: p.Title, inside: p.Members, folds: true, open: b.folds.Open(id, open), grid: b.grid}
		b.lines = append(b.lines, line{row: r})
		if r.open {
			b.members(p.Members, id, 1, b.gridOf(p.Members, 1))
		}
	}
}

// gridOf returns the grid of members that stand below another row.
func (b *builder) gridOf(all []explain.Member, depth int) grid {
	longest := 1
	for i := range all {
		longest = max(longest, nameWidth(&all[i]))
		if longest >= mostRow {
			break
		}
	}
	return gridFor(b.size.width, longest, min(depth, maxIndent))
}

const (
	// maxIndent is how deep a member stands to the right at most.
	maxIndent = 8
	// fewInside is how many members are shown below another one without being asked for.
	fewInside = 12
)

// members adds a row for each member, and below it what is inside, if it is open.
func (b *builder) members(all []explain.Member, id string, depth int, g grid) {
	for i := range all {
		m := &all[i]
		r := &row{id: id + "\x00" + m.Name, depth: depth, kind: memberRow, member: m, grid: g}
		b.lines = append(b.lines, line{row: r})
		if !m.Holds() {
			b.whole(r)
			continue
		}
		r.folds = true
		byItself := depth > 0 || b.size.tall && m.Raw[0] == '{'
		open, chosen := b.folds.Chosen(r.id)
		if !chosen && !byItself || chosen && !open {
			continue
		}
		inside := m.Inside()
		if r.open = chosen || len(inside) <= fewInside; r.open {
			b.members(inside, r.id, depth+1, b.gridOf(inside, depth+1))
		}
	}
}
