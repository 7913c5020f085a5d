package desk

import (
	"cmp"
	"slices"
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
	ByPersona
	ByLabel
	ByKey
	ByArrival
	orders
)

// Next returns the order that comes after this one, and the first after the last.
func (o Order) Next() Order { return (o + 1) % orders }

// String returns the order in words.
func (o Order) String() string {
	return [...]string{
		ByTimeLeft: "soonest first", BySubject: "by subject", ByNewest: "newest first",
		ByPersona: "by persona", ByLabel: "by label", ByKey: "by key", ByArrival: "by where they came from",
	}[o]
}

// OrderOf returns the order that String calls so.
func OrderOf(name string) (Order, bool) {
	for o := range orders {
		if o.String() == name {
			return o, true
		}
	}
	return 0, false
}

// compare compares two items in the order of the list. No two are equal, so that an
// item can be found by binary search. Of items with the same name, the newest is first.
func (o Order) compare(a, b *item) int {
	if o == ByTimeLeft {
		return compareExpiry(a, b)
	}
	return cmp.Or(named(o.name(a), o.name(b)), cmp.Compare(b.serial, a.serial))
}

// name returns the name of an item by which it is sorted, or nothing.
func (o Order) name(it *item) string {
	switch o {
	case BySubject:
		return it.subject
	case ByPersona:
		return it.persona
	case ByLabel:
		return it.label
	case ByKey:
		return it.key
	case ByArrival:
		return it.from
	default:
		return ""
	}
}

// named compares two names. An empty one comes last.
func named(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(b), len(a))
	}
	return cmp.Compare(a, b)
}

// view is what is shown of a board.
type view struct {
	list     []*item // the items that match the filter, in the order of the board
	order    Order
	filter   string
	selected *item // one of the list, or nil
}

// matches reports whether an item is shown.
func (v *view) matches(it *item) bool { return strings.Contains(it.search, v.filter) }

// put puts those of the items into the list that match the filter.
func (v *view) put(items []*item) {
	fit := items
	if v.filter != "" {
		fit = slices.DeleteFunc(slices.Clone(items), func(it *item) bool { return !v.matches(it) })
	}
	if len(fit) > 0 {
		v.list = merge(v.list, fit, v.order)
	}
}

// lift takes an item from the list.
func (v *view) lift(it *item) {
	if at, found := slices.BinarySearchFunc(v.list, it, v.order.compare); found {
		v.list = slices.Delete(v.list, at, at+1)
	}
}

// drop takes several items from the list.
func (v *view) drop(gone map[*item]bool) {
	v.list = slices.DeleteFunc(v.list, func(it *item) bool { return gone[it] })
}

// narrow shows those of all items that match another filter. One that says more than the
// filter before finds its items among those that are shown.
func (v *view) narrow(text string, all []*item) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == v.filter {
		return
	}
	from := all
	if strings.Contains(text, v.filter) {
		from = v.list
	}
	v.filter = text
	narrowed := make([]*item, 0, min(len(from), 1024))
	for _, it := range from {
		if v.matches(it) {
			narrowed = append(narrowed, it)
		}
	}
	v.list = narrowed
	v.sort(v.order)
	if v.selected != nil && !v.matches(v.selected) {
		v.selected = nil
	}
}

func (v *view) sort(order Order) {
	v.order = order
	if !slices.IsSortedFunc(v.list, order.compare) {
		slices.SortFunc(v.list, order.compare)
	}
}

// at returns the item that is shown at a place. gone is how many items of the list
// have expired.
func (v *view) at(place, gone int) *item {
	if v.order != ByTimeLeft {
		return v.list[place]
	}
	alive := len(v.list) - gone
	if place < alive {
		return v.list[gone+place]
	}
	return v.list[gone-1-(place-alive)]
}

// place returns the place at which the selected item is shown, or 0.
func (v *view) place(now time.Time) int {
	if v.selected == nil {
		return 0
	}
	i, _ := slices.BinarySearchFunc(v.list, v.selected, v.order.compare)
	if v.order != ByTimeLeft {
		return i
	}
	if gone := expired(v.list, now); i >= gone {
		return i - gone
	}
	return len(v.list) - 1 - i
}

// choose selects the item at a place, or at the nearest one.
func (v *view) choose(place int, now time.Time) {
	if len(v.list) == 0 {
		v.selected = nil
		return
	}
	gone := 0
	if v.order == ByTimeLeft {
		gone = expired(v.list, now)
	}
	v.selected = v.at(min(max(place, 0), len(v.list)-1), gone)
}
