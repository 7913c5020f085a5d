package desk

import (
	"fmt"
	"testing"
	"time"

	"tokendesk/auth"
)

// What is on the board is verified when its moment comes, seen or not, one second at a time
// and after a long sleep.
func TestBoardVerifies(t *testing.T) {
	t.Parallel()
	for _, step := range []time.Duration{time.Second, time.Hour} {
		d, b := plain(t, ""), &Board{}
		for i := range 50 {
			later := moment.Add(time.Duration(i) * time.Second)
			b.Add(must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "later", Lifetime: "10m", NotBefore: later})))
			b.Add(must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "soon", Lifetime: fmt.Sprint(i+1, "s")})))
		}
		for passed := time.Duration(0); passed <= max(step, 60*time.Second); passed += step {
			now := moment.Add(passed)
			b.Verify(now)
			for _, r := range b.Window(0, 100, now) {
				state := r.Token.Status(now).State
				equal(t, "the state", r.State, state)
				want := map[auth.State]auth.Verdict{
					auth.StateActive: auth.VerdictValid, auth.StateExpired: auth.VerdictExpired, auth.StateNotYetValid: auth.VerdictNotYetValid,
				}
				equal(t, fmt.Sprintf("the verdict of %s after %s", r.Token.Subject(), passed), r.Result.Verdict, want[state])
			}
		}
		b.Verify(moment) // the clock was set back
		for _, r := range b.Window(0, 100, moment) {
			equal(t, "the state then", r.State, r.Token.Status(moment).State)
		}
		b.Verify(moment.Add(30 * time.Second))
		for _, r := range b.Window(0, 100, moment) {
			equal(t, "and again", r.State, r.Token.Status(moment.Add(30*time.Second)).State)
		}
	}
}

// A token that was issued in the future becomes valid too.
func TestBoardVerifiesIssued(t *testing.T) {
	t.Parallel()
	d, b := plain(t, ""), &Board{}
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Lifetime: "1h", IssuedAt: moment.Add(10 * time.Second)}))
	b.Add(e)
	b.Verify(moment.Add(9 * time.Second))
	equal(t, "before it", e.Result.Verdict, auth.VerdictNotYetValid)
	b.Verify(moment.Add(10 * time.Second))
	equal(t, "then", e.Result.Verdict, auth.VerdictValid)
}

// Very many that change in one second are verified over several.
func TestBoardVerifiesMany(t *testing.T) {
	t.Parallel()
	d, b := plain(t, ""), &Board{}
	for range 3*mostVerified - 1 {
		b.Add(must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Lifetime: "1m"})))
	}
	b.Verify(moment)
	for n := range 3 {
		now := moment.Add(time.Minute + time.Duration(n)*time.Second)
		b.Verify(now)
		expired := 0
		for _, r := range b.Window(0, b.Len(), now) {
			if r.Result.Verdict == auth.VerdictExpired {
				expired++
			}
		}
		equal(t, "verified", expired, min(b.Len(), (n+1)*mostVerified))
	}
}

// kept returns a board with a token that lives for half an hour and is kept alive, among
// others.
func kept(t *testing.T) (*Desk, *Board, *Entry) {
	t.Helper()
	d, b := plain(t, ""), newBoard(t)
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Lifetime: "30m"}))
	b.Add(e)
	b.Label("mine")
	b.Mark()
	b.Keep(e, d, moment)
	return d, b, e
}

func TestBoardKeep(t *testing.T) {
	t.Parallel()
	d, b, e := kept(t)
	equal(t, "the row says so", b.SelectedRow().Kept, true)
	equal(t, "too early", len(b.Renewals(moment.Add(29*time.Minute-time.Second))), 0)
	now := moment.Add(29 * time.Minute)
	equal(t, "no word about its expiry", len(b.Between(moment, now.Add(time.Minute), time.Minute)), 2)
	due := b.Renewals(now)
	equal(t, "then", len(due), 1)
	equal(t, "the token", due[0].Entry, e)
	equal(t, "with the desk", due[0].Desk, d)
	equal(t, "once", len(b.Renewals(now.Add(time.Second))), 0)
	made := must[*Entry](t)(d.At(now).Issue(t.Context(), e.Draft))
	wanted, done := due[0].Done(made, now)
	equal(t, "wanted", wanted, true)
	equal(t, "done", done, true)
	equal(t, "the board", rows(b, now), "ada=mine* ever late soon gone")
	equal(t, "the selection", b.Selected(), made)
	row := b.SelectedRow()
	equal(t, "the label", row.Label, "mine")
	equal(t, "the mark", row.Marked, true)
	equal(t, "the number", row.Number, 5)
	equal(t, "tokens", b.Len(), 5)
	equal(t, "the old one", b.Has(e), false)
	equal(t, "the next time", len(b.Renewals(now.Add(29*time.Minute))), 1)

	short := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "bob", Lifetime: "5s"}))
	b.Add(short)
	b.Keep(short, d, moment)
	equal(t, "a second before", len(b.Renewals(moment.Add(4*time.Second))), 1)
}

// A token is not kept alive if nobody wants it any more, or if it does not live longer.
func TestBoardKeepEnds(t *testing.T) {
	t.Parallel()
	now := moment.Add(29 * time.Minute)
	issue := func(t *testing.T, d *Desk, lifetime string) *Entry {
		t.Helper()
		return must[*Entry](t)(d.At(now).Issue(t.Context(), Draft{Subject: "ada", Lifetime: lifetime}))
	}

	_, b, e := kept(t)
	b.Keep(e, nil, moment)
	equal(t, "let go", len(b.Renewals(now)), 0)

	d, b, _ := kept(t)
	due := b.Renewals(now)[0]
	b.Remove(now)
	wanted, done := due.Done(issue(t, d, "30m"), now)
	equal(t, "removed meanwhile", wanted || done, false)
	b.Undo(now)
	equal(t, "it is back", b.SelectedRow().Kept, true)

	d, b, e = kept(t)
	due = b.Renewals(now)[0]
	wanted, done = due.Done(issue(t, d, "1m"), now)
	equal(t, "it ends at the same moment", wanted, true)
	equal(t, "so it stays", done, false)
	equal(t, "the row", b.SelectedRow().Entry, e)
	equal(t, "is not kept", b.SelectedRow().Kept, false)

	_, b, _ = kept(t)
	due = b.Renewals(now)[0]
	equal(t, "it failed", due.Stop(), true)
	equal(t, "said once", due.Stop(), false)
	equal(t, "for ever", len(b.Renewals(now.Add(time.Hour))), 0)

	ever := put(t, b, "ever", 0)
	b.Keep(ever, d, moment)
	equal(t, "one without expiry", b.SelectedRow().Kept, false)

	_, b, _ = kept(t)
	b.Remove(moment)
	b.Renewals(now)
	b.Undo(now)
	equal(t, "back after its moment", len(b.Renewals(now)), 1)
}

// A token that was verified with another key is found by that key.
func TestBoardAnotherKey(t *testing.T) {
	t.Parallel()
	d, b := plain(t, ""), newBoard(t)
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	key := e.Fingerprint()
	e.VerifyWith(&Keyring{}, moment)
	b.Add(e)
	b.Sort(ByKey)
	e.VerifyWith(d.Keyring(), moment)
	b.Verify(moment)
	equal(t, "the first by key", b.Window(0, 1, moment)[0].Entry, e)
	b.Filter(key)
	equal(t, "found", b.Shown(), 1)
}
