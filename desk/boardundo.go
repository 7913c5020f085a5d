package desk

import (
	"slices"
	"time"
)

// undoDepth is how many changes can be undone.
const undoDepth = 10

// Change is what was done to a board, or undone.
type Change struct {
	// Removed is how many tokens were removed, and Added how many were added.
	Removed, Added int
	// Labelled is the token that got a label, or nil.
	Labelled *Entry
}

// history holds the latest changes that can be undone, the newest last.
type history struct{ changes []past }

// past is a change with everything that undoes it.
type past struct {
	removed, added []*item
	from           *Collection // that was added
	labelled       *item
	label          string // before
}

func (h *history) push(p past) {
	h.changes = append(h.changes, p)
	if len(h.changes) > undoDepth {
		h.changes = slices.Clone(h.changes[len(h.changes)-undoDepth:])
	}
}

// added notes that tokens of a collection were added. It is added in portions, which are
// undone at once.
func (h *history) added(items []*item, from *Collection) {
	if len(items) == 0 {
		return
	}
	if n := len(h.changes); n > 0 && h.changes[n-1].added != nil && h.changes[n-1].from == from {
		h.changes[n-1].added = append(h.changes[n-1].added, items...)
		return
	}
	h.push(past{added: items, from: from})
}

// Remove removes the marked tokens, or else the selected one, and selects the neighbour. It
// returns how many it removed.
func (b *Board) Remove(now time.Time) int { return b.past.remove(&b.table, b.table.meant(now), now) }

// ClearExpired removes the tokens that have expired and returns how many there were.
func (b *Board) ClearExpired(now time.Time) int {
	items := b.table.all.items
	return b.past.remove(&b.table, items[:expired(items, now)], now)
}

// remove removes items from the table. They keep their marks and numbers.
func (h *history) remove(t *table, items []*item, now time.Time) int {
	if len(items) == 0 {
		return 0
	}
	removed := slices.Clone(items)
	h.push(past{removed: removed})
	t.drop(removed, now)
	return len(removed)
}

// drop takes items from the table. If the selected one is among them, its neighbour is
// selected.
func (t *table) drop(items []*item, now time.Time) {
	gone := make(map[*item]bool, len(items))
	for _, it := range items {
		gone[it] = true
	}
	before := t.view.before(gone, now)
	t.all.drop(gone)
	t.view.drop(gone)
	if gone[t.view.selected] {
		t.view.choose(before, now)
	}
}

// before returns how many of the rows before the selected one stay when some go.
func (v *view) before(gone map[*item]bool, now time.Time) int {
	if !gone[v.selected] {
		return 0
	}
	stay, dead := 0, expired(v.list, now)
	for place := range v.place(now) {
		if !gone[v.at(place, dead)] {
			stay++
		}
	}
	return stay
}

// Label gives the selected token a label.
func (b *Board) Label(text string) {
	it := b.table.view.selected
	if it == nil || it.Label == text {
		return
	}
	b.past.push(past{labelled: it, label: it.Label})
	b.table.change(it, func() { it.Label = text })
}

// CanUndo reports whether there is a change that Undo undoes.
func (b *Board) CanUndo() bool { return len(b.past.changes) > 0 }

// Undo undoes the latest removal, label or adding of several tokens that was not undone
// yet, and returns it. Tokens that come back have their labels, marks and places, and the
// first of them is selected.
func (b *Board) Undo(now time.Time) Change {
	n := len(b.past.changes)
	if n == 0 {
		return Change{}
	}
	last := b.past.changes[n-1]
	b.past.changes = b.past.changes[:n-1]
	switch {
	case last.labelled != nil:
		return last.unlabel(&b.table)
	case last.added != nil:
		added := b.table.all.present(last.added, true)
		b.table.drop(added, now)
		return Change{Added: len(added)}
	}
	back := b.table.all.present(last.removed, false)
	b.table.put(back...)
	for _, it := range back {
		if b.table.view.matches(it) {
			b.table.view.selected = it
			break
		}
	}
	return Change{Removed: len(back)}
}

// unlabel gives a token the label that it had before. It may have been removed since.
func (p *past) unlabel(t *table) Change {
	it := p.labelled
	if t.all.byText[textOf(it.Entry)] != it {
		it.Label = p.label
		it.index()
		return Change{Labelled: it.Entry}
	}
	t.change(it, func() { it.Label = p.label })
	if t.view.matches(it) {
		t.view.selected = it
	}
	return Change{Labelled: it.Entry}
}

// present returns those of the items that are on the shelf, or else those whose text is
// not.
func (s *shelf) present(items []*item, on bool) []*item {
	var all []*item
	for _, it := range items {
		have := s.byText[textOf(it.Entry)]
		if on && have == it || !on && have == nil {
			all = append(all, it)
		}
	}
	return all
}
