package desk

import (
	"slices"
	"time"
)

// Standing is how the tokens of a persona stand.
type Standing struct {
	Live   int       // how many on the board have not expired
	Lasts  *Entry    // that of them which expires last, or nil
	Issued time.Time // when the newest that was on the board was issued, or zero
}

// StandingOf returns how the tokens of a persona on a board stand at an instant.
func StandingOf(b *Board, persona string, now time.Time) Standing {
	of := b.table.all.people[persona]
	if of == nil {
		return Standing{}
	}
	s := Standing{Issued: of.issued, Live: len(of.items) - expired(of.items, now)}
	if s.Live > 0 {
		s.Lasts = of.items[len(of.items)-1].Entry
	}
	return s
}

// people holds the items of each persona, by its name.
type people map[string]*person

// person holds the items of a persona by expiry. Those that were removed count for the
// moment of the newest.
type person struct {
	items  []*item
	issued time.Time
}

func (p *people) put(items []*item) {
	byName := map[string][]*item{}
	for _, it := range items {
		if name := it.Persona(); name != "" {
			byName[name] = append(byName[name], it)
		}
	}
	if *p == nil && len(byName) > 0 {
		*p = people{}
	}
	for name, items := range byName {
		of := (*p)[name]
		if of == nil {
			of = &person{}
			(*p)[name] = of
		}
		of.items = merge(of.items, items, ByTimeLeft)
		for _, it := range items {
			of.know(it)
		}
	}
}

// know notes when a token was issued.
func (p *person) know(it *item) {
	iat, ok := it.Token.Date("iat")
	if at, inRange := iat.Time(); ok && inRange && at.After(p.issued) {
		p.issued = at
	}
}

func (p people) lift(it *item) {
	of := p[it.Persona()]
	if of == nil {
		return
	}
	if at, found := slices.BinarySearchFunc(of.items, it, compareExpiry); found {
		of.items = slices.Delete(of.items, at, at+1)
	}
}

func (p people) drop(gone map[*item]bool) {
	names := map[string]bool{}
	for it := range gone {
		names[it.Persona()] = true
	}
	for name := range names {
		if of := p[name]; of != nil {
			of.items = slices.DeleteFunc(of.items, func(it *item) bool { return gone[it] })
		}
	}
}
