package desk

import (
	"slices"
	"time"
)

// MaxBoard is how many tokens a board holds at most.
const MaxBoard = 200_000

// Board holds the tokens being watched. It outlives a change of desk and belongs to
// one loop. The zero value is an empty board.
//
// Its entries are kept in the order of their expiry, and it knows which of them change
// next, so that neither a tick nor a key has to look at all of them.
type Board struct {
	table table
	past  history
}

// table holds the items, what is shown of them, and which of them change next.
type table struct {
	all   shelf
	view  view
	watch watch
}

// Row is an entry as the board shows it.
type Row struct {
	*Entry

	// Number tells the token from others of the same subject: it is the place in the order
	// of arrival, counted from 1. Several says that there are others.
	Number  int
	Several bool
	// Marked says that the user has marked the token, and Kept that it is issued again
	// before it expires.
	Marked, Kept bool
}

// Has reports whether a token is on the board.
func (b *Board) Has(e *Entry) bool { return b.table.all.byText[textOf(e)] != nil }

// Len returns how many tokens there are.
func (b *Board) Len() int { return len(b.table.all.items) }

// Shown returns how many tokens match the filter.
func (b *Board) Shown() int { return len(b.table.view.list) }

// Add adds a token to the board, unless it is there already, and selects it.
func (b *Board) Add(e *Entry) {
	it := b.table.all.byText[textOf(e)]
	if it == nil {
		it = b.table.all.item(e)
		b.table.put(it)
	}
	b.table.view.selected = it
	if !b.table.view.matches(it) {
		b.table.view.selected = nil
	}
}

// AddAll adds tokens of a collection to the board, as far as there is room, and returns how
// many it added and how many were there already. Undo takes away all that were added of one
// collection.
func (b *Board) AddAll(entries []*Entry, from *Collection) (added, there int) {
	var items []*item
	for _, e := range entries {
		if len(b.table.all.byText) >= MaxBoard {
			break
		}
		if b.Has(e) {
			there++
			continue
		}
		items = append(items, b.table.all.item(e))
	}
	b.table.put(items...)
	b.past.added(items, from)
	return len(items), there
}

// put puts items on the table: new ones, or some that were there before.
func (t *table) put(items ...*item) {
	t.all.put(items)
	t.view.put(items)
	t.watch.put(items)
}

// change changes something about an item that its place may depend on.
func (t *table) change(it *item, how func()) {
	t.all.lift(it)
	t.view.lift(it)
	how()
	it.index()
	t.all.put([]*item{it})
	t.view.put([]*item{it})
	if t.view.selected == it && !t.view.matches(it) {
		t.view.selected = nil
	}
}

// Filter shows only the tokens whose subject, persona, label, algorithm, key, number or
// jti contains the text, ignoring case. An empty text shows all.
func (b *Board) Filter(text string) { b.table.view.narrow(text, b.table.all.items) }

// Order returns how the board is sorted.
func (b *Board) Order() Order { return b.table.view.order }

// Sort sorts the board.
func (b *Board) Sort(order Order) { b.table.view.sort(order) }

// Window returns the rows that are shown from a place on, at most n of them. In the
// order ByTimeLeft, expired tokens come last, the latest first.
func (b *Board) Window(first, n int, now time.Time) []Row {
	gone := expired(b.table.view.list, now)
	rows := make([]Row, 0, max(0, min(n, len(b.table.view.list)-first)))
	for i := first; i < min(len(b.table.view.list), first+n); i++ {
		rows = append(rows, b.table.all.row(b.table.view.at(i, gone)))
	}
	return rows
}

// Selected returns the entry that is selected, or nil.
func (b *Board) Selected() *Entry {
	if b.table.view.selected == nil {
		return nil
	}
	return b.table.view.selected.Entry
}

// SelectedRow returns the row that is selected. It has no entry if none is.
func (b *Board) SelectedRow() Row {
	if b.table.view.selected == nil {
		return Row{}
	}
	return b.table.all.row(b.table.view.selected)
}

// Place returns the place at which the selected token is shown now, or 0.
func (b *Board) Place(now time.Time) int { return b.table.view.place(now) }

// Select selects the token at a place, or at the nearest one.
func (b *Board) Select(place int, now time.Time) { b.table.view.choose(place, now) }

// Move moves the selection by that many places. If nothing is selected it selects the
// first token.
func (b *Board) Move(step int, now time.Time) {
	place := b.Place(now) + step
	if b.table.view.selected == nil {
		place = 0
	}
	b.Select(place, now)
}

// Between returns the tokens that expire after from plus lead, and not after to plus
// lead, without those that are kept alive.
func (b *Board) Between(from, to time.Time, lead time.Duration) []*Entry {
	items := b.table.all.items
	first, last := expired(items, from.Add(lead)), expired(items, to.Add(lead))
	if last <= first {
		return nil // none, or the clock was set back
	}
	return entriesOf(slices.DeleteFunc(slices.Clone(items[first:last]), func(it *item) bool { return it.keeper != nil }))
}

// Saved is what is worth keeping of a board: no token is in it.
type Saved struct {
	Order Order
	Rows  []SavedRow // in the order of arrival
}

// SavedRow is what is worth keeping of a row.
type SavedRow struct {
	Draft          Draft // issues the token again
	Profile, Label string
	Arrival        Arrival
	Kept           bool
}

// Saved returns what is worth keeping.
func (b *Board) Saved() Saved {
	items := slices.Clone(b.table.all.items)
	slices.SortFunc(items, func(x, y *item) int { return x.serial - y.serial })
	s := Saved{Order: b.table.view.order, Rows: make([]SavedRow, len(items))}
	for i, it := range items {
		s.Rows[i] = SavedRow{Draft: it.Draft, Profile: it.Profile, Label: it.Label, Arrival: it.Arrival, Kept: it.keeper != nil}
	}
	return s
}
