package desk

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/find"
)

// Collection holds all tokens of a text, such as a file of them.
type Collection struct {
	// Arrival is where the text came from.
	Arrival Arrival
	// Lines is how many lines of a list with a token a line have none, and Repeats how many
	// have one that was in a line before. They are 0 for other texts.
	Lines, Repeats int

	found []find.Match
}

// Collect returns the tokens in a text of any size, whatever is around them.
func Collect(text string, from Arrival) *Collection {
	c := &Collection{Arrival: from}
	found, _ := find.Tokens(text, len(text))
	c.found = slices.DeleteFunc(found, func(m find.Match) bool { return !m.IsToken() || m.Refused != nil })
	c.count(text)
	return c
}

// Len returns how many different tokens there are.
func (c *Collection) Len() int { return len(c.found) }

// count counts the lines, if the text is a list: more lines have a token than have none.
func (c *Collection) count(text string) {
	tokens := make(map[string]bool, len(c.found))
	for _, m := range c.found {
		tokens[m.Compact] = true
	}
	with, without := 0, 0
	for line := range strings.Lines(text) {
		switch has := holds(line, tokens); {
		case has:
			with++
		case strings.TrimSpace(line) != "":
			without++
		}
	}
	if with > without && with >= len(c.found) {
		c.Lines, c.Repeats = without, with-len(c.found)
	}
}

// holds reports whether one of the tokens is in a line.
func holds(line string, tokens map[string]bool) bool {
	outside := func(r rune) bool { return !auth.IsTokenChar(r) }
	for run := range strings.FieldsFuncSeq(line, outside) {
		if tokens[run] {
			return true
		}
	}
	return false
}

// Entries returns the tokens from an index on, at most n of them, verified with the keys of
// a desk. Those that could not be read are left out. It takes all cores and is meant for a
// goroutine of its own.
func (c *Collection) Entries(d *Desk, from, n int, now time.Time) []*Entry {
	found := c.found[min(from, len(c.found)):min(from+n, len(c.found))]
	entries := make([]*Entry, len(found))
	var group sync.WaitGroup
	var failed sync.Map
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					failed.Store(w, v)
				}
			}()
			for i := w; i < len(found); i += workers {
				entries[i] = collected(d, found[i], c.Arrival, now)
			}
		})
	}
	group.Wait()
	failed.Range(func(_, v any) bool { panic(v) }) // on the goroutine that is prepared for it
	return slices.DeleteFunc(entries, func(e *Entry) bool { return e.Token.Claims == nil })
}

// collected returns the entry of a token of a collection.
func collected(d *Desk, m find.Match, from Arrival, now time.Time) *Entry {
	m.Compact, m.Around = strings.Clone(m.Compact), nil // otherwise it keeps the whole text
	e := d.keyring.VerifyMatch(m, Checks{}, now)
	d.from.known.add(e.Token)
	e.Draft, e.Arrival = DraftOf(e.Token, d.settings.Lifetime), from
	e.Arrival.Unkept = LedgerOf(d) == nil
	return e
}
