package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/desk"
	"tokendesk/ui/frame"
)

// onBoard returns the subjects on the board in the order in which they are
// shown now.
func (d *desktop) onBoard() string {
	b := d.ctx.Board
	subjects := make([]string, 0, b.Shown())
	for _, e := range b.Window(0, b.Shown(), d.ctx.Now) {
		subjects = append(subjects, e.Token.Subject())
	}
	return strings.Join(subjects, " ")
}

// newBoardDesk has a board of four: two good, one expired, one without expiry.
func newBoardDesk(t *testing.T) *desktop {
	t.Helper()
	d := newDesktop(t)
	d.put("late", 20*time.Minute)
	d.put("ever", 0)
	d.put("gone", -time.Minute)
	d.put("soon", 5*time.Minute)
	d.press("f3")
	return d
}

func (d *desktop) selected() string {
	if d.entry() == nil {
		return ""
	}
	return d.entry().Token.Subject()
}

func TestBoardOrder(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.put("old", -time.Hour)
	d.put("zz", 5*time.Minute) // at the same second as soon, but later
	for _, test := range []struct {
		passed time.Duration
		want   string
	}{
		{0, "soon zz late ever gone old"},
		{5*time.Minute - time.Second, "soon zz late ever gone old"},
		{5 * time.Minute, "late ever zz soon gone old"},
		{20 * time.Minute, "ever late zz soon gone old"},
		{-2 * time.Hour, "old gone soon zz late ever"}, // the clock was put back
	} {
		d.after(test.passed)
		equal(t, fmt.Sprintf("the order after %s", test.passed), d.onBoard(), test.want)
	}
}

// TestSelectionStays on its token, though the rows move.
func TestSelectionStays(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home")
	equal(t, "the first", d.selected(), "soon")
	d.after(5 * time.Minute)
	equal(t, "the selection", d.selected(), "soon")
	equal(t, "its place", d.ctx.Board.Place(d.ctx.Now), 2)
	d.press("down")
	equal(t, "the next", d.selected(), "gone")
	d.press("up", "up")
	equal(t, "two before", d.selected(), "ever")
	d.press("end")
	equal(t, "the last", d.selected(), "gone")
	d.press("down")
	equal(t, "behind the last", d.selected(), "gone")
	d.press("pgup", "up")
	equal(t, "before the first", d.selected(), "late")
}

func TestBoardSort(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	for _, test := range []struct{ head, want string }{
		{"soonest first", "soon late ever gone"},
		{"by subject", "ever gone late soon"},
		{"newest first", "soon gone ever late"},
		{"by persona", "soon gone ever late"},
		{"by label", "soon gone ever late"},
		{"by key", "soon gone ever late"},
		{"by where they came from", "soon gone ever late"},
		{"soonest first", "soon late ever gone"},
	} {
		d.shows(test.head)
		equal(t, test.head, d.onBoard(), test.want)
		equal(t, "the selection", d.selected(), "soon")
		d.press("s")
	}
}

func TestBoardFilter(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("/")
	d.typed("ON")
	equal(t, "the tokens left", d.onBoard(), "soon gone")
	d.shows("2 of 4 tokens")
	d.press("down")
	equal(t, "the selection", d.selected(), "gone")
	d.press("enter")
	equal(t, "still filtering", d.typing(), false)
	equal(t, "the tokens left", d.onBoard(), "soon gone")
	d.press("esc")
	equal(t, "after esc", d.onBoard(), "soon late ever gone")
	equal(t, "the selection", d.selected(), "gone")

	d.press("/")
	d.typed("nobody")
	equal(t, "the selection", d.selected(), "")
	d.shows("Nothing matches. esc clears the filter.", "0 of 4 tokens")
	d.press("enter", "enter", "x", "y", "r", "e", "n") // nothing is selected
	equal(t, "tokens", d.ctx.Board.Len(), 4)
	equal(t, "the dialogs over the screen", d.over(), "")
	d.press("esc")
	equal(t, "after esc", d.onBoard(), "soon late ever gone")

	for text, want := range map[string]string{"hs256": "soon late ever gone", "  soon ": "soon", "vip": ""} {
		d.press("/")
		d.typed(text)
		equal(t, "by "+text, d.onBoard(), want)
		d.press("esc")
	}
}

// TestBoardFilterMeetsNew adds tokens while a filter is set.
func TestBoardFilterMeetsNew(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("/")
	d.typed("so")
	d.press("enter")
	d.put("other", time.Minute)
	d.put("sooner", time.Minute)
	equal(t, "the tokens left", d.onBoard(), "sooner soon")
}

func TestBoardLabel(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home", "n")
	d.shows("Label", "a name to tell this token from the others")
	d.typed("VIP customer")
	d.press("esc")
	equal(t, "after esc", d.entry().Label, "")
	d.press("n")
	d.typed(" VIP customer ")
	d.press("enter")
	equal(t, "the label", d.entry().Label, "VIP customer")
	d.shows("VIP customer")
	d.resize(80, 24)
	d.shows("soon VIP customer")
	d.press("/")
	d.typed("vip")
	equal(t, "by label", d.onBoard(), "soon")
	d.press("enter", "enter")
	d.shows("soon · VIP customer")
}

func TestBoardRemove(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	all := d.ctx.Board.Window(0, 4, d.ctx.Now)
	d.press("home", "down", "x")
	equal(t, "after one", d.onBoard(), "soon ever gone")
	equal(t, "the neighbour", d.selected(), "ever")
	d.press("end", "delete")
	equal(t, "after the last", d.onBoard(), "soon ever")
	equal(t, "the neighbour", d.selected(), "ever")
	d.press("x", "x", "x")
	equal(t, "tokens", d.ctx.Board.Len(), 0)
	for _, e := range all {
		equal(t, "its text is kept", d.ctx.Board.Has(e.Entry), false)
	}
	d.shows("No tokens yet.")

	d = newBoardDesk(t) // in another order, and filtered
	d.press("s", "/")
	d.typed("o")
	d.press("enter", "home", "x")
	equal(t, "after one", d.onBoard(), "soon")
	equal(t, "the neighbour", d.selected(), "soon")
	d.press("esc")
	equal(t, "all that are left", d.onBoard(), "ever late soon")
}

// TestBoardDuplicate: a token is on the board once.
func TestBoardDuplicate(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	e := d.ctx.Board.Window(0, 1, d.ctx.Now)[0].Entry
	d.press("end")
	d.ctx.Board.Add(e)
	equal(t, "tokens", d.ctx.Board.Len(), 4)
	equal(t, "the selection", d.selected(), "soon")
	d.press("/")
	d.typed("late")
	d.press("enter")
	d.ctx.Board.Add(e)
	equal(t, "the selection, which the filter hides", d.selected(), "")
}

func TestBoardOpen(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home", "enter")
	d.shows("▲ expires soon · 5m left", "sub  soon")
	d.press("esc")
	d.shows("4 tokens")
	d.press("end", "enter")
	d.shows("✗ expired", "expired 1m ago", "the token expired at 2026-11-23 14:04:12 UTC", "issue a new one")
	d.press("r")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "issued again for", d.selected(), "gone")
	d.shows("● active", "59m left")
}

// TestNotices are made once each, a minute before and at the expiry.
func TestNotices(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	steps := []struct {
		passed time.Duration
		says   string
	}{
		{4*time.Minute - time.Second, ""},
		{4 * time.Minute, "▲ the token for soon expires in 1m"},
		{4*time.Minute + 5*time.Second, "▲ the token for soon expires in 1m"},
		{4*time.Minute + 6*time.Second, ""},
		{5 * time.Minute, "✗ the token for soon expired"},
		{5*time.Minute + 6*time.Second, ""},
		{-time.Hour, ""}, // the clock was put back
		{19*time.Minute + 10*time.Second, "expired"},
		{19*time.Minute + 30*time.Second, ""},
	}
	for _, step := range steps {
		d.after(step.passed)
		equal(t, fmt.Sprintf("there is a toast after %s", step.passed), d.said().Text != "", step.says != "")
		if step.says != "" {
			d.shows(step.says)
		}
	}
}

// TestNoticeAfterSuspend: three hours pass between two ticks.
func TestNoticeAfterSuspend(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.after(3 * time.Hour)
	d.shows("✗ 2 tokens on the board expired")
	equal(t, "the order", d.onBoard(), "ever late soon gone")
}

// TestNoticeBehindOtherMessages: another message may bring the second in which
// a token expires before the tick does.
func TestNoticeBehindOtherMessages(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.after(5*time.Minute - 500*time.Millisecond)
	d.send(frame.Done{Now: moment.Add(5*time.Minute + 100*time.Microsecond), Apply: func(*frame.Ctx) tea.Cmd { return nil }})
	d.after(5*time.Minute + time.Millisecond)
	d.shows("the token for soon expired")
}

// TestNoticeWithoutSubject names no subject that is not there.
func TestNoticeWithoutSubject(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.put("", 30*time.Second)
	d.after(30 * time.Second)
	d.shows("✗ a token without a subject expired")
}

func TestBoardTenThousand(t *testing.T) {
	t.Parallel()
	const many = 10_000
	d := newDesktop(t)
	b := d.ctx.Board
	for i := range many {
		claims := auth.Object{}.
			Set("sub", jsontext.Quote(fmt.Sprintf("user-%05d", i))).
			Set("exp", []byte(fmt.Sprint(moment.Unix()+int64(many-i))))
		b.Add(&desk.Entry{Token: &auth.Token{Compact: fmt.Sprint(i), Claims: claims}, Result: auth.Result{Token: &auth.Token{}}})
	}
	d.press("f3", "home")
	equal(t, "the first", d.selected(), "user-09999")
	d.shows("10000 tokens", "▌", "user-09999")
	d.press("end")
	equal(t, "the last", d.selected(), "user-00000")
	d.shows("user-00000")
	d.press("pgup", "down")
	d.shows("▌")
	d.after(5000 * time.Second)
	equal(t, "the first that is left", b.Window(0, 1, d.ctx.Now)[0].Token.Subject(), "user-04999")
	d.shows("▌")
	d.press("/")
	d.typed("0042")
	equal(t, "the tokens left", d.onBoard(),
		"user-00429 user-00428 user-00427 user-00426 user-00425 user-00424 user-00423 user-00422 user-00421 user-00420 user-00042")
}
