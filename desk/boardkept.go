package desk

import "slices"

// Entries returns all tokens in the order of arrival.
func (b *Board) Entries() []*Entry {
	items := slices.Clone(b.table.all.items)
	slices.SortFunc(items, func(x, y *item) int { return x.serial - y.serial })
	return entriesOf(items)
}

// Changes counts what has been changed about the board that is worth keeping: which tokens are
// there, their labels, and the order.
func (b *Board) Changes() int { return b.table.changes*int(orders) + int(b.table.view.order) }

// Restore adds tokens that were on the board before, as far as there is room. It is no change
// that can be undone.
func (b *Board) Restore(entries []*Entry) {
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
