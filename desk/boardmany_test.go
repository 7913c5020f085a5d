package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// rows returns the subjects that are shown, with their labels, marks and numbers.
func rows(b *Board, now time.Time) string {
	var all []string
	for _, r := range b.Window(0, b.Shown(), now) {
		text := r.Token.Subject()
		if r.Several {
			text += fmt.Sprint("#", r.Number)
		}
		if r.Label != "" {
			text += "=" + r.Label
		}
		if r.Marked {
			text += "*"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func TestBoardMarks(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.Select(0, moment)
	b.Mark()
	b.Move(3, moment)
	b.Mark()
	equal(t, "two marked", rows(b, moment), "soon* late ever gone*")
	equal(t, "marks", b.Marks(), 2)
	b.Mark()
	equal(t, "one marked", rows(b, moment), "soon* late ever gone")
	b.MarkShown()
	equal(t, "all marked", rows(b, moment), "soon* late* ever* gone*")
	b.MarkShown()
	equal(t, "none marked", b.Marks(), 0)

	b.Filter("on")
	b.MarkShown()
	equal(t, "those that are shown", rows(b, moment), "soon* gone*")
	b.Filter("go")
	equal(t, "one of them", rows(b, moment), "gone*")
	var meant []string
	for _, e := range b.Meant(moment) {
		meant = append(meant, e.Token.Subject())
	}
	equal(t, "the meant, seen or not", strings.Join(meant, " "), "gone soon")
	b.Filter("")
	b.MarkShown()
	b.MarkShown()
	b.Select(1, moment)
	equal(t, "the meant without marks", b.Meant(moment)[0].Token.Subject(), "late")
	equal(t, "the meant of none", len((&Board{}).Meant(moment)), 0)
}

func TestBoardUndo(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.Select(1, moment)
	b.Label("first")
	b.Label("second")
	b.Mark()
	b.Move(1, moment)
	b.Mark()
	before := rows(b, moment)
	equal(t, "the board", before, "soon late=second* ever* gone")
	equal(t, "removed", b.Remove(moment), 2)
	equal(t, "after it", rows(b, moment), "soon gone")
	equal(t, "the selection", selected(b), "gone")
	equal(t, "cleared", b.ClearExpired(moment), 1)
	equal(t, "cleared again", b.ClearExpired(moment), 0)
	b.Sort(BySubject)
	equal(t, "comes back", b.Undo(moment), Change{Removed: 1})
	equal(t, "the selection", selected(b), "gone")
	equal(t, "come back", b.Undo(moment), Change{Removed: 2})
	b.Sort(ByTimeLeft)
	equal(t, "labels, marks and order", rows(b, moment), before)
	equal(t, "marks", b.Marks(), 2)
	late := b.Window(1, 1, moment)[0].Entry
	equal(t, "the label", b.Undo(moment), Change{Labelled: late})
	equal(t, "is the first", late.Label, "first")
	b.Filter("first")
	equal(t, "and is found", rows(b, moment), "late=first*")
	b.Filter("")
	b.Undo(moment)
	equal(t, "there was none", late.Label, "")
	equal(t, "there is nothing left", b.CanUndo(), false)
	equal(t, "nothing", b.Undo(moment), Change{})
}

// The depth is ten, and what is on the board again meanwhile stays as it is.
func TestBoardUndoDepth(t *testing.T) {
	t.Parallel()
	b := &Board{}
	for i := range 12 {
		put(t, b, fmt.Sprintf("user-%02d", i), time.Duration(i+1)*time.Minute)
	}
	first := b.Window(0, 1, moment)[0]
	b.Select(0, moment)
	b.Label("removed with it")
	for range 12 {
		b.Select(0, moment)
		b.Remove(moment)
	}
	n := 0
	for ; b.CanUndo(); n++ {
		b.Undo(moment)
	}
	equal(t, "changes undone", n, 10)
	equal(t, "tokens", b.Len(), 10)

	b.Select(0, moment)
	second := b.Selected()
	b.Label("x")
	b.Remove(moment)
	b.Add(&Entry{Token: second.Token})
	b.Add(first.Entry)
	equal(t, "it is there again", b.Undo(moment), Change{})
	equal(t, "the label of one that is gone", b.Undo(moment).Labelled, second)
	equal(t, "tokens", b.Len(), 11)
}

// list returns a list of tokens of that many subjects, one a line.
func list(t testing.TB, issuer *auth.Issuer, subjects ...string) string {
	t.Helper()
	var b strings.Builder
	for _, subject := range subjects {
		token := must[*auth.Token](t)(issuer.Issue(auth.Request{Subject: subject}))
		b.WriteString(token.Compact + "\n")
	}
	return b.String()
}

func TestCollect(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	i := issuer(d, &Draft{})
	two := list(t, i, "ada", "bob")
	ada := strings.SplitN(two, "\n", 2)[0]
	for _, test := range []struct {
		name, text             string
		found, without, repeat int
	}{
		{"a list", two, 2, 0, 0},
		{"with other lines", "# tokens of today\n\n" + two + "eyJhbGciOi…\n" + ada + "\n", 2, 2, 1},
		{"without an end", strings.TrimSpace(two), 2, 0, 0},
		{"with carriage returns", strings.ReplaceAll(two, "\n", "\r\n"), 2, 0, 0},
		{"columns", "ada," + strings.Replace(two, "\n", "\nbob,", 1), 2, 0, 0},
		{"a curl command", "curl -H 'Authorization: Bearer " + ada + "' \\\n  http://localhost/\n", 1, 0, 0},
		{"HAR", `{"log":{"entries":[{"request":{"headers":[{"name":"Authorization","value":"Bearer ` + ada + `"}]}}]}}`, 1, 0, 0},
		{"no token", "hello\nworld\n", 0, 0, 0},
		{"nothing", "", 0, 0, 0},
	} {
		c := Collect(test.text, Arrival{File: "a/tokens.txt"})
		equal(t, test.name, c.Len(), test.found)
		equal(t, test.name+": lines without", c.Lines, test.without)
		equal(t, test.name+": repeats", c.Repeats, test.repeat)
		for n, e := range c.Entries(d, 0, 10, moment) {
			equal(t, test.name+": where from", e.Arrival.String(), "tokens.txt")
			equal(t, test.name+": verdict", e.Result.Verdict, auth.VerdictValid)
			equal(t, test.name+": subject", e.Token.Subject(), []string{"ada", "bob"}[n])
			equal(t, test.name+": can be issued again", e.Draft.Subject, e.Token.Subject())
		}
	}
	c := Collect(ada+"\neyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.c2ln", Arrival{Pasted: true})
	equal(t, "tokens that look like it", c.Len(), 2)
	equal(t, "those that can be read", len(c.Entries(d, 0, 2, moment)), 1)
	equal(t, "none from there on", len(c.Entries(d, 2, 2, moment)), 0)
}

func TestBoardAddAll(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	b := newBoard(t)
	b.Sort(BySubject)
	b.Filter("o")
	c := Collect(list(t, issuer(d, &Draft{}), "otto", "ada", "olaf", "otto"), Arrival{Pasted: true})
	for n, want := range []struct{ from, added, there int }{{0, 2, 0}, {1, 2, 1}, {0, 0, 4}} {
		added, there := b.AddAll(c.Entries(d, want.from, 2+n, moment), c)
		equal(t, fmt.Sprint("added ", n), added, want.added)
		equal(t, fmt.Sprint("there ", n), there, want.there)
	}
	equal(t, "the board", rows(b, moment), "gone olaf otto#8 otto#5 soon")
	equal(t, "tokens", b.Len(), 8)
	equal(t, "undone at once", b.Undo(moment), Change{Added: 4})
	equal(t, "the board", rows(b, moment), "gone soon")
}

// In every order, with and without a filter, a board that is changed is the same as one that
// is made so.
func TestBoardKeepsOrder(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	issue := issuer(d, &Draft{})
	for order := ByTimeLeft; order < orders; order++ {
		for _, filter := range []string{"", "a"} {
			b := &Board{}
			b.Sort(order)
			b.Filter(filter)
			c := Collect(list(t, issue, "ada", "carl", "abel", "bob", "ada"), Arrival{Pasted: true})
			b.AddAll(c.Entries(d, 0, 9, moment), c)
			for i, label := range []string{"z", "a", "", "m"} {
				b.Select(i, moment)
				b.Label(label)
				put(t, b, fmt.Sprint("a", 9-i), time.Duration(9-i)*time.Minute)
			}
			b.Remove(moment)
			was := rows(b, moment)
			b.Filter("nobody")
			b.Filter(filter)
			b.Sort(order.Next())
			b.Sort(order)
			equal(t, fmt.Sprintf("%s, filter %q", order, filter), rows(b, moment), was)
		}
	}
}

// Tokens of one subject are told apart.
func TestBoardSixtyOfOne(t *testing.T) {
	t.Parallel()
	d, b := plain(t, ""), &Board{}
	for i := range 60 {
		b.Add(must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", ID: fmt.Sprintf("%02d14d11e32fd18", i)})))
	}
	seen := map[int]bool{}
	for _, r := range b.Window(0, 60, moment) {
		equal(t, "there are others", r.Several, true)
		seen[r.Number] = true
	}
	equal(t, "numbers", len(seen), 60)
	b.Filter("#17")
	equal(t, "found by number", b.Shown(), 1)
	b.Filter("3714D")
	equal(t, "found by jti", b.Shown(), 1)
}

// BenchmarkBoardAddAll adds ten thousand tokens of a file.
func BenchmarkBoardAddAll(b *testing.B) {
	d := plain(b, "")
	key := pair(b, auth.ES256)
	d.keyring = &Keyring{keys: []*auth.Key{key}}
	var text strings.Builder
	for i := range 10_000 {
		claims := auth.Object{jsontext.Text("sub", fmt.Sprintf("user-%05d", i))}
		token := must[*auth.Token](b)((&auth.Issuer{Key: key}).Sign(auth.Object{jsontext.Text("alg", "ES256")}, claims))
		text.WriteString(token.Compact + "\n")
	}
	for b.Loop() {
		board, c := &Board{}, Collect(text.String(), Arrival{File: "tokens.txt"})
		for from := 0; from < c.Len(); from += 2000 {
			board.AddAll(c.Entries(d, from, 2000, moment), c)
		}
		if board.Len() != 10_000 {
			b.Fatal(board.Len())
		}
	}
}
