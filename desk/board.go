package desk

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"time"
)

// Order is how a board is sorted.
type Order int

// The orders.
const (
	ByTimeLeft Order = iota
	BySubject
	ByNewest
)

// Next returns the order that comes after this one, and the first after the last.
func (o Order) Next() Order { return (o + 1) % (ByNewest + 1) }

// String returns the order in words.
func (o Order) String() string {
	return [...]string{ByTimeLeft: "soonest to expire first", BySubject: "by subject", ByNewest: "newest first"}[o]
}

// Board holds the tokens being watched. It outlives a change of desk and belongs to
// one loop. The zero value is an empty board.
//
// Its entries are kept in the order of their expiry, so that neither a tick nor a key
// has to look at all of them.
type Board struct {
	items    []*item // by expiry
	list     []*item // the items that match the filter, in the order of the board
	byText   map[string]*item
	order    Order
	filter   string
	selected *item
	arrivals int
}

// item is a token on the board.
type item struct {
	*Entry

	expiry int64  // seconds since 1970, or noExpiry
	search string // the text that the filter searches
	serial int    // in the order of arrival
}

const noExpiry = math.MaxInt64

// Has reports whether a token is on the board.
func (b *Board) Has(e *Entry) bool { return b.byText[e.Token.Compact] != nil }

// Len returns how many tokens there are.
func (b *Board) Len() int { return len(b.items) }

// Shown returns how many tokens match the filter.
func (b *Board) Shown() int { return len(b.list) }

// Add adds a token to the board, unless it is there already, and selects it.
func (b *Board) Add(e *Entry) {
	if have := b.byText[e.Token.Compact]; have != nil {
		b.selected = have
		b.arrange() // the filter may hide it
		return
	}
	it := &item{Entry: e, expiry: noExpiry, serial: b.arrivals}
	if exp, ok := e.Token.Date("exp"); ok {
		it.expiry = exp.Seconds
	}
	it.index()
	b.arrivals++
	if b.byText == nil {
		b.byText = map[string]*item{}
	}
	b.byText[e.Token.Compact] = it
	at, _ := slices.BinarySearchFunc(b.items, it, compareExpiry)
	b.items = slices.Insert(b.items, at, it)
	b.selected = it
	b.arrange()
}

// index sets the text that the filter searches.
func (i *item) index() {
	i.search = strings.ToLower(strings.Join(
		[]string{i.Token.Subject(), i.Persona(), i.Label, string(i.Token.Algorithm()), i.Fingerprint()}, "\n"))
}

func compareExpiry(a, b *item) int {
	return cmp.Or(cmp.Compare(a.expiry, b.expiry), cmp.Compare(a.serial, b.serial))
}

// compare compares two items in the order of the list. No two are equal, so that an
// item can be found by binary search.
func (o Order) compare(a, b *item) int {
	switch o {
	case BySubject:
		return cmp.Or(cmp.Compare(a.search, b.search), compareExpiry(a, b))
	case ByNewest:
		return cmp.Compare(b.serial, a.serial)
	default:
		return compareExpiry(a, b)
	}
}

// Remove removes the selected token from the board and selects its neighbour.
func (b *Board) Remove(now time.Time) {
	gone, place := b.selected, b.Place(now)
	if gone == nil {
		return
	}
	delete(b.byText, gone.Token.Compact)
	b.items = slices.DeleteFunc(b.items, func(i *item) bool { return i == gone })
	b.selected = nil
	b.arrange()
	if n := len(b.list); n > 0 {
		b.selected = b.at(min(place, n-1), expired(b.list, now))
	}
}

// Label gives the selected token a label.
func (b *Board) Label(text string) {
	if b.selected == nil {
		return
	}
	b.selected.Label = text
	b.selected.index()
	b.arrange()
}

// Filter shows only the tokens whose subject, persona, label, algorithm or key
// contains the text, ignoring case. An empty text shows all.
func (b *Board) Filter(text string) {
	b.filter = strings.ToLower(strings.TrimSpace(text))
	b.arrange()
}

// Order returns how the board is sorted.
func (b *Board) Order() Order { return b.order }

// Sort sorts the board.
func (b *Board) Sort(order Order) {
	b.order = order
	b.arrange()
}

// arrange rebuilds the list after the filter, the order or the items have changed.
func (b *Board) arrange() {
	b.list = b.items
	if b.filter != "" {
		b.list = slices.DeleteFunc(slices.Clone(b.items), func(it *item) bool { return !strings.Contains(it.search, b.filter) })
	}
	if b.order != ByTimeLeft { // the items are in that order already
		b.list = slices.Clone(b.list)
		slices.SortFunc(b.list, b.order.compare)
	}
	if _, found := b.find(); !found {
		b.selected = nil
	}
}

// find returns the index of the selected item in the list, and whether it is there.
// Its row on the screen may differ.
func (b *Board) find() (int, bool) {
	if b.selected == nil {
		return 0, false
	}
	return slices.BinarySearchFunc(b.list, b.selected, b.order.compare)
}

// expired returns how many of the items, which are sorted by expiry, have expired.
func expired(items []*item, now time.Time) int {
	return sort.Search(len(items), func(i int) bool { return items[i].expiry > now.Unix() })
}

// Window returns the entries that are shown from a place on, at most n of them. In the
// order ByTimeLeft, expired tokens come last, the latest first.
func (b *Board) Window(first, n int, now time.Time) []*Entry {
	gone := expired(b.list, now)
	entries := make([]*Entry, 0, max(0, min(n, len(b.list)-first)))
	for i := first; i < min(len(b.list), first+n); i++ {
		entries = append(entries, b.at(i, gone).Entry)
	}
	return entries
}

// at returns the item that is shown at a place. gone is how many items of the list
// have expired.
func (b *Board) at(place, gone int) *item {
	if b.order != ByTimeLeft {
		return b.list[place]
	}
	alive := len(b.list) - gone
	if place < alive {
		return b.list[gone+place]
	}
	return b.list[gone-1-(place-alive)]
}

// Selected returns the entry that is selected, or nil.
func (b *Board) Selected() *Entry {
	if b.selected == nil {
		return nil
	}
	return b.selected.Entry
}

// Place returns the place at which the selected token is shown now, or 0.
func (b *Board) Place(now time.Time) int {
	i, found := b.find()
	switch {
	case !found:
		return 0
	case b.order != ByTimeLeft:
		return i
	}
	gone := expired(b.list, now)
	if i >= gone {
		return i - gone
	}
	return len(b.list) - 1 - i
}

// Select selects the token at a place, or at the nearest one.
func (b *Board) Select(place int, now time.Time) {
	if len(b.list) == 0 {
		b.selected = nil
		return
	}
	b.selected = b.at(min(max(place, 0), len(b.list)-1), expired(b.list, now))
}

// Move moves the selection by that many places. If nothing is selected it selects the
// first token.
func (b *Board) Move(step int, now time.Time) {
	place := b.Place(now) + step
	if b.selected == nil {
		place = 0
	}
	b.Select(place, now)
}

// Between returns the tokens that expire after from plus lead, and not after to plus
// lead.
func (b *Board) Between(from, to time.Time, lead time.Duration) []*Entry {
	first, last := expired(b.items, from.Add(lead)), expired(b.items, to.Add(lead))
	if last <= first {
		return nil // none, or the clock was set back
	}
	entries := make([]*Entry, 0, last-first)
	for _, it := range b.items[first:last] {
		entries = append(entries, it.Entry)
	}
	return entries
}
