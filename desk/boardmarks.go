package desk

import "time"

// Mark marks the selected token, or takes its mark away.
func (b *Board) Mark() {
	if it := b.table.view.selected; it != nil {
		b.table.all.mark(it, !it.marked)
	}
}

// MarkShown marks all tokens that are shown. If all of them are marked it takes their marks
// away.
func (b *Board) MarkShown() {
	on := false
	for _, it := range b.table.view.list {
		on = on || !it.marked
	}
	for _, it := range b.table.view.list {
		b.table.all.mark(it, on)
	}
}

// Unmark takes all marks away.
func (b *Board) Unmark() {
	for _, it := range b.table.all.items {
		it.marked = false
	}
	b.table.all.marked = 0
}

// Marks returns how many tokens are marked, whether or not they are shown.
func (b *Board) Marks() int { return b.table.all.marked }

// Meant returns the tokens that an action for several is about: the marked ones, those
// that are shown first, or else the selected one.
func (b *Board) Meant(now time.Time) []Row {
	meant := b.table.meant(now)
	rows := make([]Row, len(meant))
	for i, it := range meant {
		rows[i] = b.table.all.row(it)
	}
	return rows
}

func (t *table) meant(now time.Time) []*item {
	switch {
	case t.all.marked == 0 && t.view.selected == nil:
		return nil
	case t.all.marked == 0:
		return []*item{t.view.selected}
	}
	var shown, hidden []*item
	gone := expired(t.view.list, now)
	for place := range t.view.list {
		if it := t.view.at(place, gone); it.marked {
			shown = append(shown, it)
		}
	}
	if len(shown) == t.all.marked {
		return shown
	}
	for _, it := range t.all.items {
		if it.marked && !t.view.matches(it) {
			hidden = append(hidden, it)
		}
	}
	return append(shown, hidden...)
}

func (s *shelf) mark(it *item, on bool) {
	if it.marked == on {
		return
	}
	it.marked = on
	if on {
		s.marked++
	} else {
		s.marked--
	}
}
