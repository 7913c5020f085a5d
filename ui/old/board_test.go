package old

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// onBoard returns the subjects on the board in the order in which they are
// shown now.
func (d *desktop) onBoard() string {
	b := &d.board
	expired := firstAlive(b.list, d.now)
	subjects := make([]string, 0, len(b.list))
	for i := range b.list {
		subjects = append(subjects, b.at(i, expired).token.Subject())
	}
	return strings.Join(subjects, " ")
}

// put adds a token for a subject that expires so long after the beginning.
func (d *desktop) put(subject string, expires time.Duration) *entry {
	d.t.Helper()
	claims := fmt.Sprintf(`{"sub":%q,"iat":%d,"exp":%d}`, subject, moment.Add(-time.Hour).Unix(), moment.Add(expires).Unix())
	if expires == 0 {
		claims = fmt.Sprintf(`{"sub":%q}`, subject)
	}
	e := &entry{token: &auth.Token{Compact: handmade(d.t, plainHeader, claims)}}
	d.desk.verify(e, d.now)
	e.draft = draftOf(e.token, 30*time.Minute)
	d.board.add(e)
	return e
}

// newBoardDesk has a board of four: two good, one expired, one for ever.
func newBoardDesk(t *testing.T) *desktop {
	t.Helper()
	d := newDesktop(t)
	d.put("late", 20*time.Minute)
	d.put("ever", 0)
	d.put("gone", -time.Minute)
	d.put("soon", 5*time.Minute)
	d.goTo(screenBoard)
	d.send(nil)
	return d
}

func (d *desktop) selected() string {
	if d.board.selected == nil {
		return ""
	}
	return d.board.selected.token.Subject()
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
	equal(t, "its place", d.board.place(d.now), 2)
	d.press("down")
	equal(t, "the next", d.selected(), "gone")
	d.press("up", "up")
	equal(t, "two before", d.selected(), "ever")
	d.press("G")
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
		{"soonest to expire first", "soon late ever gone"},
		{"by subject", "ever gone late soon"},
		{"newest first", "soon gone ever late"},
		{"soonest to expire first", "soon late ever gone"},
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
	equal(t, "what is left", d.onBoard(), "soon gone")
	d.shows("2 of 4 tokens")
	d.press("down")
	equal(t, "the selection", d.selected(), "gone")
	d.press("enter")
	equal(t, "still filtering", d.board.filtering, false)
	equal(t, "what is left", d.onBoard(), "soon gone")
	d.press("esc")
	equal(t, "after esc", d.onBoard(), "soon late ever gone")
	equal(t, "the selection", d.selected(), "gone")

	d.press("/")
	d.typed("nobody")
	equal(t, "the selection", d.selected(), "")
	d.shows("Nothing matches. esc clears the filter.", "0 of 4 tokens")
	d.press("enter", "enter", "x", "y", "r", "e", "n") // nothing is selected
	equal(t, "tokens", len(d.board.items), 4)
	equal(t, "overlay", d.overlay, overlayNone)
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
	equal(t, "what is left", d.onBoard(), "sooner soon")
}

func TestBoardLabel(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home", "n")
	d.shows("Label", "a word to tell this token from others")
	d.typed("VIP customer")
	d.press("esc")
	equal(t, "after esc", d.board.selected.label, "")
	d.press("n")
	d.typed(" VIP customer ")
	d.press("enter")
	equal(t, "the label", d.board.selected.label, "VIP customer")
	d.shows("VIP customer")
	d.resize(80, 24)
	d.shows("soon · VIP customer")
	d.press("/")
	d.typed("vip")
	equal(t, "by label", d.onBoard(), "soon")
	d.press("enter", "enter")
	d.shows("Token · VIP customer")
}

func TestBoardRemove(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home", "down", "x")
	equal(t, "after one", d.onBoard(), "soon ever gone")
	equal(t, "the neighbour", d.selected(), "ever")
	d.press("end", "delete")
	equal(t, "after the last", d.onBoard(), "soon ever")
	equal(t, "the neighbour", d.selected(), "ever")
	d.press("x", "x", "x")
	equal(t, "tokens", len(d.board.items), 0)
	equal(t, "texts that are kept", len(d.board.byText), 0)
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
	e := d.board.at(0, 1).entry
	d.press("end")
	d.board.add(e)
	equal(t, "tokens", len(d.board.items), 4)
	equal(t, "the selection", d.selected(), "soon")
	d.press("/")
	d.typed("late")
	d.press("enter")
	d.board.add(e)
	if item := d.board.selected; item != nil && item.token.Subject() == "soon" {
		t.Error("a token is selected that the filter hides")
	}
}

func TestBoardOpen(t *testing.T) {
	t.Parallel()
	d := newBoardDesk(t)
	d.press("home", "enter")
	d.shows("▲ expires soon", "sub  soon", "▲ 5m left")
	d.press("esc")
	d.shows("4 tokens")
	d.press("end", "enter")
	d.shows("✗ expired", "expired 1m ago", "the token expired at 2026-11-23 14:04:12 UTC", "issue a new one")
	d.press("r")
	equal(t, "the screen", d.screen, screenIssue)
	equal(t, "issued again for", d.issue.pane.entry.token.Subject(), "gone")
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
		equal(t, fmt.Sprintf("there is a toast after %s", step.passed), d.toast.text != "", step.says != "")
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
	d.send(issuedMsg{now: moment.Add(5*time.Minute + 100*time.Microsecond), err: errTest})
	d.after(5*time.Minute + time.Millisecond)
	d.shows("the token for soon expired")
}

// TestNoticeWithoutSubject names no subject that is not there.
func TestNoticeWithoutSubject(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.put("", 30*time.Second)
	d.after(30 * time.Second)
	d.shows("✗ a token expired")
}

func TestBoardTenThousand(t *testing.T) {
	t.Parallel()
	const many = 10_000
	d := newDesktop(t)
	b := &d.board
	for i := range many {
		claims := auth.Object{}.
			Set("sub", jsontext.Quote(fmt.Sprintf("user-%05d", i))).
			Set("exp", []byte(fmt.Sprint(moment.Unix()+int64(many-i))))
		b.add(&entry{token: &auth.Token{Compact: fmt.Sprint(i), Claims: claims}, result: auth.Result{Token: &auth.Token{}}})
	}
	d.goTo(screenBoard)
	d.press("home")
	equal(t, "the first", d.selected(), "user-09999")
	d.shows("10000 tokens", "▌", "user-09999")
	d.press("end")
	equal(t, "the last", d.selected(), "user-00000")
	d.shows("user-00000")
	d.press("pgup", "down")
	d.shows("▌")
	d.after(5000 * time.Second)
	equal(t, "the first that is left", b.at(0, firstAlive(b.list, d.now)).token.Subject(), "user-04999")
	d.shows("▌")
	d.press("/")
	d.typed("0042")
	equal(t, "what is left", d.onBoard(), "user-00429 user-00428 user-00427 user-00426 user-00425 user-00424 user-00423 user-00422 user-00421 user-00420 user-00042")
}
