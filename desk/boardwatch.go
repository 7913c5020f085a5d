package desk

import (
	"container/heap"
	"time"

	"tokendesk/auth"
)

// mostVerified is how many tokens are verified at once. Each takes 5 to 100 µs, by its
// algorithm; what is left has its turn a second later.
const mostVerified = 100

// watch knows which tokens change next.
type watch struct {
	until    time.Time // what changed before it was noticed
	starts   agenda    // the tokens that become valid
	started  []date    // those that have become valid, in order
	renewals agenda    // the tokens that are issued again
	changed  []*item   // whose verdict may have changed
}

// agenda is a heap of items by the second in which something is due.
type agenda []date

type date struct {
	at int64
	it *item
}

// Len, Less, Swap, Push and Pop are for package heap.
func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].at < a[j].at }
func (a agenda) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(d any)        { *a = append(*a, d.(date)) } //nolint:forcetypeassert // add pushes nothing else
func (a *agenda) Pop() any {
	last := len(*a) - 1
	d := (*a)[last]
	*a = (*a)[:last]
	return d
}

func (a *agenda) add(at int64, it *item) { heap.Push(a, date{at, it}) }

// take returns what is due, and removes it.
func (a *agenda) take(now time.Time) (due []date) {
	for len(*a) > 0 && (*a)[0].at <= now.Unix() {
		due = append(due, (*a)[0])
		heap.Pop(a)
	}
	return due
}

// put notes when items become valid, if they are not yet, and when those are issued again
// that are kept alive.
func (w *watch) put(items []*item) {
	for _, it := range items {
		if it.keeper != nil {
			w.renewals.add(it.keeper.at, it)
		}
		w.starting(it)
	}
}

// starting notes when an item becomes valid, if it is not yet.
func (w *watch) starting(it *item) {
	if at, later := it.start(); later {
		w.starts.add(at, it)
	}
}

// start returns when a token that was not valid yet becomes valid.
func (i *item) start() (at int64, later bool) {
	if i.State != auth.StateNotYetValid && i.Result.Verdict != auth.VerdictNotYetValid {
		return 0, false
	}
	for _, name := range []string{"nbf", "iat"} {
		if moment, ok := i.Token.Date(name); ok {
			at = max(at, moment.Seconds)
			if moment.Nanoseconds > 0 && at == moment.Seconds {
				at++
			}
		}
	}
	return at, true
}

// current reports whether the verdict holds at an instant.
func (i *item) current(now time.Time) bool {
	start, later := i.start()
	return i.State == i.state(now) && (!later || start > now.Unix())
}

// Verify verifies the tokens that have become valid or have expired since it was last
// called, seen or not. If there are very many, the rest are left for the next call.
func (b *Board) Verify(now time.Time) {
	t, w := &b.table, &b.table.watch
	w.due(t.all.items, now)
	for n := 0; len(w.changed) > 0 && n < mostVerified; {
		it := w.changed[0]
		w.changed = w.changed[1:]
		switch {
		case it.rekeyed != nil:
			it.VerifyWith(it.rekeyed, now)
			it.rekeyed = nil
		case it.current(now):
			continue // it changed twice
		default:
			it.Verify(now)
		}
		n++
		t.reindex(it)
	}
	if it := t.view.selected; it != nil { // the user may have verified it with another key
		t.reindex(it)
	}
}

// Rekey has [Board.Verify] judge the tokens again that earlier keys of the same profile have
// judged.
func Rekey(b *Board, k *Keyring) {
	for _, it := range b.table.all.items {
		if k.Replaces(it.Entry) {
			it.rekeyed = k
			b.table.watch.changed = append(b.table.watch.changed, it)
		}
	}
}

// reindex puts an item into its place if another key is the one that signed it.
func (t *table) reindex(it *item) {
	if it.Fingerprint() != it.key && t.all.of(it.Entry) == it {
		t.change(it, func() {})
	}
}

// due notes which items have changed until now. It looks at no other.
func (w *watch) due(items []*item, now time.Time) {
	started := w.starts.take(now)
	if now.Before(w.until) { // the clock was set back
		for n := len(w.started) - 1; n >= 0 && w.started[n].at > now.Unix(); n-- {
			w.changed = append(w.changed, w.started[n].it)
			heap.Push(&w.starts, w.started[n])
			w.started = w.started[:n]
		}
	}
	for _, date := range started {
		w.changed = append(w.changed, date.it)
	}
	w.started = append(w.started, started...)
	if !w.until.IsZero() {
		before, after := expired(items, w.until), expired(items, now)
		w.changed = append(w.changed, items[min(before, after):max(before, after)]...)
	}
	w.until = now
}

// keeper keeps a token alive.
type keeper struct {
	desk *Desk // that was asked to
	at   int64 // the second in which the token is issued again
	busy bool  // it is being issued
}

// Renewal is a token that is to be issued again now.
type Renewal struct {
	Entry *Entry
	Desk  *Desk // that was asked to keep it alive

	table *table
	item  *item
}

// Renewing times: a token is issued again when a tenth of its life is left, but at most a
// minute before it expires.
const (
	lastPart     = 10
	mostLeft     = 60
	shortestLead = 1
)

// Keep keeps a token alive with a desk, or no longer if that is nil: Renewals returns it
// before it expires. It does nothing for a token that never expires or is not on the board.
func (b *Board) Keep(e *Entry, d *Desk, now time.Time) {
	it := b.table.all.of(e)
	switch {
	case it == nil || it.expiry == noExpiry:
	case d == nil:
		it.keeper = nil
	default:
		it.keeper = &keeper{desk: d, at: it.renewal(now)}
		b.table.watch.put([]*item{it})
	}
}

// renewal returns the second in which the token is issued again.
func (i *item) renewal(now time.Time) int64 {
	life := i.expiry - now.Unix()
	if iat, ok := i.Token.Date("iat"); ok && iat.Seconds < i.expiry {
		life = i.expiry - iat.Seconds
	}
	return i.expiry - max(shortestLead, min(mostLeft, life/lastPart))
}

// Renewals returns the tokens that are to be issued again now. Each is returned once, until
// it is done or has failed.
func (b *Board) Renewals(now time.Time) []Renewal {
	t := &b.table
	var due []Renewal
	for _, renewal := range t.watch.renewals.take(now) {
		it := renewal.it
		if it.keeper == nil || it.keeper.busy || t.all.of(it.Entry) != it || it.keeper.at > now.Unix() {
			continue
		}
		it.keeper.busy = true
		due = append(due, Renewal{it.Entry, it.keeper.desk, t, it})
	}
	return due
}

// wanted reports whether the token is still on the board and kept alive.
func (r *Renewal) wanted() bool { return r.table.all.of(r.Entry) == r.item && r.item.keeper != nil }

// Stop no longer keeps the token alive, because it could not be issued. It reports whether
// it was.
func (r *Renewal) Stop() bool {
	wanted := r.wanted()
	r.item.keeper = nil
	return wanted
}

// Done puts the token that was issued in the place of the old one. It keeps label, mark and
// number. If it does not live longer, it stays away, and the old one is not kept alive any
// more. Nothing happens either if the user has removed the old one; then wanted is false.
func (r *Renewal) Done(made *Entry, now time.Time) (wanted, done bool) {
	it, t := r.item, r.table
	if !r.wanted() {
		return false, false
	}
	if exp, ok := made.Token.Date("exp"); !ok || exp.Seconds <= it.expiry || t.all.byText[made.Token.Compact] != nil {
		it.keeper = nil
		return true, false
	}
	made.Label, made.Arrival = it.Label, it.Arrival
	t.change(it, func() { it.Entry = made })
	it.keeper.busy, it.keeper.at = false, it.renewal(now)
	t.watch.put([]*item{it})
	return true, true
}
