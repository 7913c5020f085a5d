package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// put adds a token that expires so long after moment, or never.
func put(t *testing.T, b *Board, subject string, expires time.Duration) *Entry {
	t.Helper()
	claims := auth.Object{{Name: "sub", Value: jsontext.Quote(subject)}}
	if expires != 0 {
		claims = claims.Set("exp", fmt.Append(nil, moment.Add(expires).Unix()))
	}
	token := must[*auth.Token](t)((&auth.Issuer{Key: pair(t, auth.ES256)}).Sign(auth.Object{{Name: "alg", Value: jsontext.Quote("ES256")}},
		claims))
	e := &Entry{Token: token}
	b.Add(e)
	return e
}

// newBoard returns a board of four tokens: two valid, one expired, one without expiry.
func newBoard(t *testing.T) *Board {
	t.Helper()
	b := &Board{}
	put(t, b, "late", 20*time.Minute)
	put(t, b, "ever", 0)
	put(t, b, "gone", -time.Minute)
	put(t, b, "soon", 5*time.Minute)
	return b
}

func shown(b *Board, now time.Time) string {
	var subjects []string
	for _, e := range b.Window(0, b.Shown(), now) {
		subjects = append(subjects, e.Token.Subject())
	}
	return strings.Join(subjects, " ")
}

func selected(b *Board) string {
	if b.Selected() == nil {
		return ""
	}
	return b.Selected().Token.Subject()
}

func TestBoardOrder(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	put(t, b, "old", -time.Hour)
	put(t, b, "zz", 5*time.Minute) // at the same second as soon, but later
	for _, test := range []struct {
		passed time.Duration
		want   string
	}{
		{0, "soon zz late ever gone old"},
		{5*time.Minute - time.Second, "soon zz late ever gone old"},
		{5 * time.Minute, "late ever zz soon gone old"},
		{20 * time.Minute, "ever late zz soon gone old"},
		{-2 * time.Hour, "old gone soon zz late ever"}, // the clock was set back
	} {
		equal(t, fmt.Sprintf("the order after %s", test.passed), shown(b, moment.Add(test.passed)), test.want)
	}
	equal(t, "a window", len(b.Window(4, 10, moment)), 2)
	equal(t, "a window after the end", len(b.Window(9, 10, moment)), 0)
}

// The selection stays on its token when the rows move.
func TestBoardSelection(t *testing.T) {
	t.Parallel()
	b, now := newBoard(t), moment
	b.Select(0, now)
	equal(t, "the first", selected(b), "soon")
	now = now.Add(5 * time.Minute)
	equal(t, "its place", b.Place(now), 2)
	for _, step := range []struct {
		by   int
		want string
	}{{1, "gone"}, {-2, "ever"}, {100, "gone"}, {1, "gone"}, {-100, "late"}, {-1, "late"}} {
		b.Move(step.by, now)
		equal(t, fmt.Sprintf("after %d", step.by), selected(b), step.want)
	}
	var none Board
	none.Move(1, now)
	equal(t, "of none", none.Selected(), nil)
}

// The place of the selected token is right in every order.
func TestBoardPlace(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	for i := range 20 { // some have the same subject, some the same second
		put(t, b, fmt.Sprint("soon-", i%3), time.Duration(i%5-1)*time.Minute)
	}
	for _, filter := range []string{"", "soon", "ever", "nobody"} {
		for order := ByTimeLeft; order < orders; order++ {
			b.Filter(filter)
			b.Sort(order)
			for place, e := range b.Window(0, b.Shown(), moment) {
				b.Select(place, moment)
				equal(t, fmt.Sprintf("%q %s: the selection at %d", filter, order, place), b.Selected(), e.Entry)
				equal(t, fmt.Sprintf("%q %s: the place of %d", filter, order, place), b.Place(moment), place)
			}
		}
	}
	equal(t, "the selection on an empty board", b.Selected(), nil)
	equal(t, "its place", b.Place(moment), 0)
}

func TestBoardSort(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	for _, test := range []struct{ name, want string }{
		{"soonest first", "soon late ever gone"},
		{"by subject", "ever gone late soon"},
		{"newest first", "soon gone ever late"},
		{"by persona", "soon gone ever late"},
		{"by label", "soon gone ever late"},
		{"by key", "soon gone ever late"},
		{"by where they came from", "soon gone ever late"},
		{"soonest first", "soon late ever gone"},
	} {
		equal(t, "the order", b.Order().String(), test.name)
		equal(t, test.name, shown(b, moment), test.want)
		equal(t, "the selection", selected(b), "soon")
		b.Sort(b.Order().Next())
	}
	b.Move(1, moment)
	equal(t, "the next by subject", selected(b), "soon")
	b.Move(-1, moment)
	equal(t, "the one before", selected(b), "late")
}

func TestBoardFilter(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.Filter(" ON ")
	equal(t, "the filtered board", shown(b, moment), "soon gone")
	equal(t, "shown", b.Shown(), 2)
	equal(t, "of", b.Len(), 4)
	b.Move(1, moment)
	equal(t, "the selection", selected(b), "gone")
	b.Filter("nobody")
	equal(t, "the selection", selected(b), "")
	b.Remove(moment)
	b.Label("x") // nothing is selected
	put(t, b, "bob", time.Hour)
	equal(t, "a new token that is hidden", selected(b), "")
	b.Filter("")
	equal(t, "tokens", b.Len(), 5)
	b.Move(3, moment)
	equal(t, "the first, when none was", selected(b), "soon")
	b.Label("VIP")
	equal(t, "the label", b.Selected().Label, "VIP")
	for text, want := range map[string]string{"es256": "soon late bob ever gone", "vip": "soon", "bo": "bob"} {
		b.Filter(text)
		equal(t, "by "+text, shown(b, moment), want)
	}
}

func TestBoardRemove(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.Select(1, moment)
	first := b.Selected()
	b.Remove(moment)
	equal(t, "the neighbour", selected(b), "ever")
	equal(t, "the removed", b.Has(first), false)
	b.Select(2, moment)
	b.Remove(moment)
	equal(t, "the one before", selected(b), "ever")
	b.Remove(moment)
	b.Remove(moment)
	b.Remove(moment)
	equal(t, "tokens", b.Len(), 0)
}

// A token is added once; adding it again selects it.
func TestBoardAddsOnce(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	late := b.Window(1, 1, moment)[0].Entry
	b.Add(&Entry{Token: late.Token})
	equal(t, "tokens", b.Len(), 4)
	equal(t, "the selection", b.Selected(), late)
}

func TestBoardBetween(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	who := func(from, to time.Duration, lead time.Duration) string {
		var subjects []string
		for _, e := range b.Between(moment.Add(from), moment.Add(to), lead) {
			subjects = append(subjects, e.Token.Subject())
		}
		return strings.Join(subjects, " ")
	}
	equal(t, "before it", who(0, 5*time.Minute-time.Second, 0), "")
	equal(t, "then", who(5*time.Minute-time.Second, 5*time.Minute, 0), "soon")
	equal(t, "with a lead", who(0, 4*time.Minute, time.Minute), "soon")
	equal(t, "all", who(-time.Hour, 24*time.Hour, 0), "gone soon late")
	equal(t, "backwards", who(time.Hour, 0, 0), "")
}
