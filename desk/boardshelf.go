package desk

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"time"

	"tokendesk/auth"
)

// item is a token on the board. What it is sorted and searched by is read from the entry
// once: it must not change while the item has a place.
type item struct {
	*Entry

	expiry                        int64  // seconds since 1970, or noExpiry
	subject, persona, label, from string // in lower case
	key                           string // its fingerprint
	search                        string // the text that the filter searches
	serial                        int    // in the order of arrival
	marked                        bool
	keeper                        *keeper  // nil unless the token is kept alive
	rekeyed                       *Keyring // the keys that judge it next, unless they are the same
}

const noExpiry = math.MaxInt64

// index reads what the item is sorted and searched by.
func (i *item) index() {
	i.expiry = noExpiry
	if exp, ok := i.Token.Date("exp"); ok {
		i.expiry = exp.Seconds
	}
	i.subject, i.persona = strings.ToLower(i.Token.Subject()), strings.ToLower(i.Persona())
	i.label, i.from, i.key = strings.ToLower(i.Label), strings.ToLower(i.Arrival.String()), i.Fingerprint()
	jti, _ := i.Token.Claims.String("jti")
	i.search = strings.Join([]string{
		i.subject, i.persona, i.label, strings.ToLower(string(i.Token.Algorithm())), i.key, strings.ToLower(i.Arrival.File),
		fmt.Sprint("#", i.serial+1), strings.ToLower(jti),
	}, "\n")
}

// shelf holds all items of a board.
type shelf struct {
	items    []*item // by expiry
	byText   map[string]*item
	subjects map[string]int // how many tokens each subject has
	people   people
	arrivals int
	marked   int
}

// item returns a new item, which is not on the shelf yet, but has its number and its text
// there.
func (s *shelf) item(e *Entry) *item {
	it := &item{Entry: e, serial: s.arrivals}
	s.arrivals++
	it.index()
	if s.byText == nil {
		s.byText, s.subjects = map[string]*item{}, map[string]int{}
	}
	s.byText[e.Token.Compact] = it
	return it
}

// of returns the item of an entry that is on the shelf, or nil.
func (s *shelf) of(e *Entry) *item {
	if it := s.byText[e.Token.Compact]; it != nil && it.Entry == e {
		return it
	}
	return nil
}

// row returns an item as the board shows it.
func (s *shelf) row(it *item) Row {
	return Row{
		Entry: it.Entry, Number: it.serial + 1, Several: s.subjects[it.Token.Subject()] > 1,
		Marked: it.marked, Kept: it.keeper != nil,
	}
}

// put puts items on the shelf, which are not there.
func (s *shelf) put(items []*item) {
	s.items = merge(s.items, items, ByTimeLeft)
	s.people.put(items)
	for _, it := range items {
		s.byText[it.Token.Compact] = it
		s.subjects[it.Token.Subject()]++
		if it.marked {
			s.marked++
		}
	}
}

// lift takes an item from the shelf.
func (s *shelf) lift(it *item) {
	if at, found := slices.BinarySearchFunc(s.items, it, compareExpiry); found {
		s.items = slices.Delete(s.items, at, at+1)
	}
	s.people.lift(it)
	s.forget(it)
}

// drop takes several items from the shelf.
func (s *shelf) drop(gone map[*item]bool) {
	s.items = slices.DeleteFunc(s.items, func(it *item) bool { return gone[it] })
	s.people.drop(gone)
	for it := range gone {
		s.forget(it)
	}
}

func (s *shelf) forget(it *item) {
	delete(s.byText, it.Token.Compact)
	subject := it.Token.Subject()
	if s.subjects[subject]--; s.subjects[subject] == 0 {
		delete(s.subjects, subject)
	}
	if it.marked {
		s.marked--
	}
}

// merge returns a sorted list with more items in their places.
func merge(list, items []*item, order Order) []*item {
	if len(items) == 1 {
		at, _ := slices.BinarySearchFunc(list, items[0], order.compare)
		return slices.Insert(list, at, items[0])
	}
	items = slices.SortedFunc(slices.Values(items), order.compare)
	merged := make([]*item, 0, len(list)+len(items))
	for len(list) > 0 && len(items) > 0 {
		if order.compare(list[0], items[0]) < 0 {
			merged, list = append(merged, list[0]), list[1:]
		} else {
			merged, items = append(merged, items[0]), items[1:]
		}
	}
	return append(append(merged, list...), items...)
}

func compareExpiry(a, b *item) int {
	return cmp.Or(cmp.Compare(a.expiry, b.expiry), cmp.Compare(a.serial, b.serial))
}

// expired returns how many of the items, which are sorted by expiry, have expired.
func expired(items []*item, now time.Time) int {
	return sort.Search(len(items), func(i int) bool { return items[i].expiry > now.Unix() })
}

func entriesOf(items []*item) []*Entry {
	entries := make([]*Entry, len(items))
	for i, it := range items {
		entries[i] = it.Entry
	}
	return entries
}

// state returns where a token stands by its times.
func (i *item) state(now time.Time) auth.State { return i.Token.Status(now).State }
