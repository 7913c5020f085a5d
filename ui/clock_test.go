package ui

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/frame"
	"tokendesk/ui/issue"
	"tokendesk/ui/widget"
)

// TestCountdown is right to the second, whenever the clock is read.
func TestCountdown(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		passed time.Duration
		shows  []string
	}{
		{0, []string{"30m left", "● active", "in 30m", "issued just now"}},
		{time.Millisecond, []string{"30m left", "in 30m", "issued just now"}},
		{time.Second - 1, []string{"30m left", "issued just now"}},
		{time.Second, []string{"29m 59s left", "in 29m 59s", "issued 1s ago"}},
		{19 * time.Second, []string{"29m 41s left", "in 29m 41s", "issued 19s ago"}},
		{27*time.Minute - time.Second, []string{"3m 1s left", "● active"}},
		{27 * time.Minute, []string{"▲ expires soon · 3m left"}},
		{30*time.Minute - time.Second, []string{"▲ expires soon · 1s left"}},
		{30*time.Minute - 1, []string{"▲ expires soon · 1s left"}},
		{30 * time.Minute, []string{"✗ expired", "expired just now"}},
		{30*time.Minute + 999*time.Millisecond, []string{"✗ expired", "expired just now"}},
		{30*time.Minute + 12*time.Second, []string{"✗ expired", "expired 12s ago", "exp 14:35:12 UTC 1795444512 expired 12s ago"}},
		{30*time.Minute + 13*time.Second, []string{"expired 13s ago"}},
		{-time.Hour, []string{"1h 30m left"}}, // the clock was put back
		{3 * time.Hour, []string{"expired 2h 30m ago"}},
		{48 * time.Hour, []string{"expired 1d 23h 30m ago"}},
	} {
		t.Run(test.passed.String(), func(t *testing.T) {
			t.Parallel()
			d := newDesktop(t)
			d.issued("ada")
			d.after(test.passed)
			d.shows(test.shows...)
		})
	}
}

// TestCountdownWithinASecond: a token that is issued within a second expires a
// whole number of seconds later.
func TestCountdownWithinASecond(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.after(900 * time.Millisecond)
	d.form("Lifetime")
	d.write("45s")
	d.issued("ada")
	d.shows("45s left")
	d.after(time.Second)
	d.shows("44s left")
	d.after(44*time.Second + 999*time.Millisecond)
	d.shows("▲ expires soon · 1s left")
	d.after(45 * time.Second)
	d.shows("✗ expired")
}

// TestMidnight: a moment that is no longer today gets its date.
func TestMidnight(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.at(time.Date(2026, 11, 23, 23, 50, 0, 0, time.UTC))
	d.issued("ada")
	d.shows("iat 23:50:00 UTC 1795477800", "exp 2026-11-24 00:20:00 UTC")
	d.at(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	d.shows("iat 2026-11-23 23:50:00 UTC", "exp 00:20:00 UTC 1795479600")
}

// TestLocalTime shows moments where the user is, and back.
func TestLocalTime(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.at(moment.In(time.FixedZone("CET", 3600)))
	d.issued("ada")
	d.shows("14:05:12 UTC", "until 14:35:12 UTC", "(15:35 CET)") // "until 18:00" is meant locally
	d.press("l")
	d.shows("15:05:12 CET", "until 15:35:12 CET")
	d.hides("UTC")
	d.press("l")
	d.shows("until 14:35:12 UTC")
	d.hides("14:05:12 CET", "15:05:12 CET")
}

// TestTicks: there is one chain of ticks, and each tick makes the next.
func TestTicks(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	old := d.watch.ticks
	if _, next := d.Update(tickMsg{old, moment.Add(time.Second)}); next == nil {
		t.Error("the tick makes no other")
	}
	equal(t, "the time", d.ctx.Now, moment.Add(time.Second))

	_, resumed := d.Update(tea.ResumeMsg{})
	d.clock.set(moment.Add(3 * time.Hour))
	fresh, ok := resumed().(tickMsg)
	if !ok || !fresh.now.Equal(moment.Add(3*time.Hour)) {
		t.Fatalf("after a suspend came %v", fresh)
	}
	if _, next := d.Update(tickMsg{old, moment.Add(2 * time.Second)}); next != nil {
		t.Error("the old chain goes on")
	}
	equal(t, "the time", d.ctx.Now, moment.Add(time.Second))
	if _, next := d.Update(fresh); next == nil {
		t.Error("the new chain does not go on")
	}
	equal(t, "the time", d.ctx.Now, moment.Add(3*time.Hour))
}

// TestTickIsDue at the next full second.
func TestTickIsDue(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.ctx.Now = moment.Add(time.Second - time.Millisecond)
	d.clock.set(moment.Add(time.Second))
	msg, _ := d.tick()().(tickMsg) // two milliseconds later
	equal(t, "the time of the tick", msg.now, moment.Add(time.Second))
}

// TestNothingTicksButTicks: no other message starts a second chain.
func TestNothingTicksButTicks(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	form, _ := d.stack.screen().(*issue.Screen)
	d.press("f4")
	_, late := d.Update(pasteOf("x"))
	_, newest := d.Update(pasteOf("y"))
	for _, msg := range []tea.Msg{
		tea.WindowSizeMsg{Width: 80, Height: 24},
		frame.Done{Now: moment, Apply: func(c *frame.Ctx) tea.Cmd { return form.Fail(c, errTest) }},
		newest(),
		late(),
		written(d),
		tea.FocusMsg{},
		nil,
	} {
		if _, cmd := d.Update(msg); cmd != nil {
			t.Errorf("%s asks for something", fmt.Sprintf("%T", msg))
		}
	}
}

// written issues a token, writes it to a file and returns the answer.
func written(d *desktop) tea.Msg {
	d.t.Helper()
	d.issued("ada")
	d.press("w")
	d.write(filepath.Join(d.t.TempDir(), "token.txt"))
	_, write := d.Update(keyPress(d.t, "enter"))
	return write()
}

// TestScreenChangeVerifies: a token that expired while another screen was shown
// is not called valid, not even until the next tick.
func TestScreenChangeVerifies(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("3")
	d.after(31 * time.Minute)
	d.press("f2")
	d.shows("✗ expired", "the token expired at 2026-11-23 14:35:12 UTC")
}

// TestLongMessage: a message is shown whole where there is room, and else in
// the help.
func TestLongMessage(t *testing.T) {
	t.Parallel()
	const path = "a/folder/with/a/name/that/is/rather/long/token.txt"
	const text = "✓ the token was written to " + path + ", readable by you alone"
	for _, size := range [][2]int{{40, 10}, {40, 16}, {60, 16}, {80, 24}, {120, 40}} {
		d := newDesktop(t)
		d.issued("ada")
		d.resize(size[0], size[1])
		d.tell(widget.Good, strings.TrimPrefix(text, "✓ "))
		if screen := strings.ReplaceAll(flat(d.screenText()), " ", ""); !strings.Contains(screen, strings.ReplaceAll(text, " ", "")) {
			t.Errorf("the message is cut at %v:\n%s", size, d.screenText())
		}
		checkSize(t, d, size[0], size[1], true)
		d.after(time.Minute)
		d.hides("readable by you alone")
	}
	d := newDesktop(t)
	d.issued("ada")
	d.resize(80, 24)
	d.tell(widget.Good, "the token was written to token.txt, readable by you alone")
	d.shows("✓ the token was written to token.txt, readable by you alone")

	for _, size := range [][2]int{{40, 10}, {60, 14}} { // typing in a small window
		d := newDesktop(t)
		d.issued("ada")
		d.press("e")
		d.resize(size[0], size[1])
		long := strings.Repeat("this is a long message, ", 8) + "and this its end"
		d.tell(widget.Bad, long)
		d.shows("✗ this is a long message", "… f1", `│ {`)
		checkSize(t, d, size[0], size[1], true)
		d.press("f1")
		d.shows("tab: the notes")
		d.press("tab", "down", "down")
		d.shows("and this its end")
		d.after(time.Minute)
		d.shows("and this its end")
		checkSize(t, d, size[0], size[1], true)
	}
	d, _ = newEditDesk(t)
	d.rewrite(`"HS256"`, `"HS512"`)
	header, claims, err := desk.ParseDocument(d.document())
	if err == nil {
		_, err = d.ctx.Desk.Sign(header, claims, d.ctx.Now)
	}
	if err == nil {
		t.Fatal("it can be signed")
	}
	d.resize(100, 24)
	d.press("ctrl+s")
	d.shows("✗ fix this first, then keep it", "✗ the header's alg must be")
}

// tell shows a message.
func (d *desktop) tell(tone widget.Tone, text string) {
	d.c().Say(tone, text)
	d.send(nil)
}

// TestCutNoteInHelp: a sentence beside a field that has no room is in the help.
func TestCutNoteInHelp(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.resize(40, 10)
	d.press("tab")
	d.write("until 25:00")
	d.shows("✗ the moment after until cannot be read", "…")
	d.press("f1", "tab")
	d.shows("✗ the moment after until cannot be read; write until 18:00, until 2026-12-24T18:00Z or until 2026-12-24 18:00")
}
