package old

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
)

// boardOrder is how the board is sorted.
type boardOrder int

const (
	byTimeLeft boardOrder = iota
	bySubject
	byNewest
)

const boardOrders = 3 // how many there are

func (o boardOrder) String() string {
	switch o {
	case bySubject:
		return "by subject"
	case byNewest:
		return "newest first"
	default:
		return "soonest to expire first"
	}
}

// boardItem is a token on the board.
type boardItem struct {
	*entry
	expiry int64 // seconds since 1970; the largest number without one
	search string
	serial int // in the order of arrival
}

// board is the list of tokens being watched. All of them stand in the order of
// their expiry, so that neither a tick nor a key needs to look at them all.
type board struct {
	items     []*boardItem // by expiry
	list      []*boardItem // what the filter leaves, in the order of the board
	byText    map[string]*boardItem
	order     boardOrder
	filter    field
	filtering bool
	selected  *boardItem
	offset    int
	pane      pane
	opened    bool
	arrivals  int
}

func newBoard() board {
	b := board{byText: map[string]*boardItem{}, filter: newField("subject, persona, label, key")}
	b.filter.Prompt = "/ "
	return b
}

const noExpiry = math.MaxInt64

func (b *board) has(e *entry) bool { return b.byText[e.token.Compact] != nil }

// add puts a token on the board, or finds the one that is there already, and
// selects it.
func (b *board) add(e *entry) {
	if item := b.byText[e.token.Compact]; item != nil {
		b.selected = item
		b.arrange() // the filter may hide it
		return
	}
	item := &boardItem{entry: e, expiry: noExpiry, serial: b.arrivals}
	if exp, ok := e.token.Date("exp"); ok {
		item.expiry = exp.Seconds
	}
	item.index()
	b.arrivals++
	b.byText[e.token.Compact] = item
	at, _ := slices.BinarySearchFunc(b.items, item, compareExpiry)
	b.items = slices.Insert(b.items, at, item)
	b.selected = item
	b.arrange()
}

// index makes the text that the filter looks in.
func (i *boardItem) index() {
	i.search = strings.ToLower(strings.Join([]string{i.token.Subject(), i.persona(), i.label, string(i.token.Algorithm()), i.key()}, "\n"))
}

func compareExpiry(a, b *boardItem) int {
	return cmp.Or(cmp.Compare(a.expiry, b.expiry), cmp.Compare(a.serial, b.serial))
}

// arrange makes the list again, after the filter, the order or the items have
// changed.
func (b *board) arrange() {
	query := strings.ToLower(strings.TrimSpace(b.filter.Value()))
	b.list = b.items
	if query != "" {
		b.list = nil
		for _, item := range b.items {
			if strings.Contains(item.search, query) {
				b.list = append(b.list, item)
			}
		}
	}
	switch b.order {
	case bySubject:
		b.list = slices.Clone(b.list)
		slices.SortStableFunc(b.list, func(x, y *boardItem) int {
			return cmp.Compare(x.search, y.search)
		})
	case byNewest:
		b.list = slices.Clone(b.list)
		slices.SortFunc(b.list, func(x, y *boardItem) int { return cmp.Compare(y.serial, x.serial) })
	default: // the items stand so already
	}
	if b.selected != nil && !slices.Contains(b.list, b.selected) {
		b.selected = nil
	}
}

// firstAlive returns how many of the items, which stand by expiry, have expired.
func firstAlive(items []*boardItem, now time.Time) int {
	seconds := now.Unix()
	n, _ := slices.BinarySearchFunc(items, seconds, func(i *boardItem, s int64) int {
		if i.expiry <= s {
			return -1
		}
		return 1
	})
	return n
}

// at returns the item at a place of the list. By time left, those that have
// expired come last, the latest first.
func (b *board) at(place int, expired int) *boardItem {
	if b.order != byTimeLeft {
		return b.list[place]
	}
	alive := len(b.list) - expired
	if place < alive {
		return b.list[expired+place]
	}
	return b.list[expired-1-(place-alive)]
}

// place returns where the selected item stands now, or 0.
func (b *board) place(now time.Time) int {
	i := slices.Index(b.list, b.selected)
	if i < 0 || b.order != byTimeLeft {
		return max(0, i)
	}
	expired := firstAlive(b.list, now)
	if i >= expired {
		return i - expired
	}
	return len(b.list) - 1 - i
}

// move selects another item, so many places away.
func (b *board) move(step int, now time.Time) {
	if len(b.list) == 0 {
		b.selected = nil
		return
	}
	place := b.place(now) + step
	if b.selected == nil {
		place = 0
	}
	b.selected = b.at(min(max(place, 0), len(b.list)-1), firstAlive(b.list, now))
}

// remove takes the selected token off the board and selects its neighbour.
func (b *board) remove(now time.Time) {
	item, place := b.selected, b.place(now)
	if item == nil {
		return
	}
	delete(b.byText, item.token.Compact)
	b.items = slices.DeleteFunc(b.items, func(i *boardItem) bool { return i == item })
	b.selected = nil
	b.arrange()
	if n := len(b.list); n > 0 {
		b.selected = b.at(min(place, n-1), firstAlive(b.list, now))
	}
}

// between returns the items whose expiry, moved by lead, lies after from and
// not after to.
func (b *board) between(from, to time.Time, lead time.Duration) []*boardItem {
	first, last := firstAlive(b.items, from.Add(lead)), firstAlive(b.items, to.Add(lead))
	if last <= first {
		return nil // nothing, or the clock was put back
	}
	return b.items[first:last]
}

// notice says which tokens have expired, or are about to, since the last look.
func (m *Model) notice(from, to time.Time) tea.Cmd {
	if items := m.board.between(from, to, 0); len(items) > 0 {
		return m.say(bad, who(items)+" expired")
	}
	if items := m.board.between(from, to, time.Minute); len(items) > 0 {
		return m.say(warn, who(items)+" expires in "+auth.FormatDuration(time.Unix(items[0].expiry, 0).Sub(to).Round(time.Second)))
	}
	return nil
}

func who(items []*boardItem) string {
	if len(items) > 1 {
		return plural(len(items), "token", "tokens") + " on the board"
	}
	if subject := items[0].token.Subject(); subject != "" {
		return "the token for " + subject
	}
	return "a token"
}

// openSelected shows the selected token.
func (m *Model) openSelected() tea.Cmd {
	b := &m.board
	if b.selected == nil {
		return nil
	}
	m.desk.verify(b.selected.entry, m.now)
	b.pane.show(b.selected.entry)
	b.opened = true
	return nil
}
