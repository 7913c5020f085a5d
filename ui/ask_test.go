package ui

import (
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/frame"
)

// TestPassphraseCancelled: esc while the key is being decrypted keeps it locked.
func TestPassphraseCancelled(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, locked("correct horse"))
	d.typed("correct horse")
	_, late := d.Update(keyPress(t, "enter"))
	d.press("esc")
	d.run(late)
	equal(t, "the screen", d.front(), "Start")
	equal(t, "the dialogs over the screen", d.over(), "")
	d.shows("there is no passphrase for it")
}

// TestSameQuestion: two jobs that need the same answer ask once, and both continue.
func TestSameQuestion(t *testing.T) {
	t.Parallel()
	d := protected(t)
	d.put("ada", time.Hour)
	d.put("bob", time.Hour)
	d.press("f3")
	_, first := d.Update(keyPress(t, "r"))
	d.press("down")
	_, second := d.Update(keyPress(t, "r"))
	d.run(first)
	d.run(second)
	equal(t, "the dialogs over the screen", d.over(), "Prompt")
	d.typed("production")
	d.press("enter")
	equal(t, "the dialogs over the screen", d.over(), "")
	equal(t, "tokens", d.ctx.Board.Len(), 4)

	// After esc nothing waits for an answer to a later question.
	d = protected(t)
	d.put("ada", time.Hour)
	d.press("f3", "r", "esc", "r")
	d.typed("production")
	d.press("enter")
	equal(t, "tokens", d.ctx.Board.Len(), 2)
}

// TestWriteFailsAfterEsc: the console says that a file was not written even if the
// user has moved on.
func TestWriteFailsAfterEsc(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.issued("ada")
	d.press("w")
	d.write("no/such/folder/token.txt")
	_, late := d.Update(keyPress(t, "enter"))
	d.press("esc")
	d.run(late)
	equal(t, "the dialogs over the screen", d.over(), "")
	d.shows("no/such/folder")
}

// counting is a screen that counts how often it came to the front.
type counting struct {
	frame.Screen

	entered int
}

func (s *counting) Enter(c *frame.Ctx) tea.Cmd {
	s.entered++
	return s.Screen.Enter(c)
}

// refusing is a screen that says why it takes nothing.
type refusing struct{ frame.Screen }

type refusedMsg struct{}

func (refusing) Accept(*frame.Ctx, frame.Intent) (tea.Cmd, bool) {
	return func() tea.Msg { return refusedMsg{} }, false
}

// TestEnterOnce: another desk has the screen in front enter once, also when the
// start screen gives way to it.
func TestEnterOnce(t *testing.T) {
	t.Parallel()
	d := newDesktop(t, noKey)
	s := &counting{Screen: d.stack.rows[0].screen}
	d.stack.rows[0].screen = s
	d.press("down", "enter")
	equal(t, "the screen", d.front(), "Issue")
	equal(t, "times it was entered", s.entered, 1)
	d.Replace(d.ctx.Desk)
	equal(t, "times it was entered", s.entered, 2)
}

// TestDoneIsLate: the answer of a job does not put the clock back.
func TestDoneIsLate(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.after(time.Minute)
	d.send(frame.Done{Now: moment, Apply: func(c *frame.Ctx) tea.Cmd {
		equal(t, "the time", c.Now, moment.Add(time.Minute))
		return nil
	}})
	equal(t, "the time", d.ctx.Now, moment.Add(time.Minute))
}

// TestRefusedCommand: the command of a screen that refuses an intent still runs.
func TestRefusedCommand(t *testing.T) {
	t.Parallel()
	for _, intent := range []frame.Intent{frame.Read{Text: "nothing"}, frame.Show{Entry: &desk.Entry{}}} {
		m := &Model{stack: stack{rows: []row{{screen: refusing{}}}}}
		m.ctx.Shell = m
		cmd := m.Hand(intent)
		if cmd == nil {
			t.Fatalf("the command for %T is lost", intent)
		}
		if _, ok := cmd().(refusedMsg); !ok {
			t.Errorf("another command came for %T", intent)
		}
	}
}

// TestManyScreens: a screen is a row of the table, wherever it stands and however many
// there are.
func TestManyScreens(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	for range 10 {
		d.stack.rows = append(d.stack.rows, row{"Board", &counting{Screen: d.stack.rows[1].screen}, true, nil})
	}
	taken := map[string]string{}
	for _, a := range d.place().everywhere().Actions {
		for _, k := range a.Keys() {
			if taken[k] != "" {
				t.Errorf("%s is the key of %s and of %s", k, taken[k], a.Help().Desc)
			}
			taken[k] = a.Help().Desc
		}
	}
	equal(t, "f7", taken["f7"], "ledger")
	equal(t, "9", taken["9"], "board")

	first := stack{before: -1, rows: slices.Concat([]row{{"", refusing{}, false, nil}}, d.stack.rows)}
	first.back()
	equal(t, "the screen without one before it", first.front, 1)
}
