package desk

import (
	"slices"
	"time"
)

// EntriesOf returns all tokens of a board in the order of arrival.
func EntriesOf(b *Board) []*Entry {
	items := slices.Clone(b.table.all.items)
	slices.SortFunc(items, func(x, y *item) int { return x.serial - y.serial })
	return entriesOf(items)
}

// ChangesOf counts what has been changed about a board that is worth keeping: which tokens are
// there, their labels, and the order.
func ChangesOf(b *Board) int { return b.table.changes*int(orders) + int(b.table.view.order) }

// Restore adds tokens to a board that were there before, as far as there is room. It is no change
// that can be undone.
func Restore(b *Board, entries []*Entry) {
	var items []*item
	for _, e := range entries {
		if len(b.table.all.byText) < MaxBoard && !b.Has(e) {
			items = append(items, b.table.all.item(e))
		}
	}
	if len(items) == 0 {
		return
	}
	b.table.put(items...)
	if b.table.view.selected == nil && len(b.table.view.list) > 0 {
		b.table.view.selected = b.table.view.list[0]
	}
}

// ExpiredOf returns the tokens of a board that have expired.
func ExpiredOf(b *Board, now time.Time) []*Entry {
	items := b.table.all.items
	return entriesOf(items[:expired(items, now)])
}
