package plain

import (
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
)

// undoDepth is how many changes of the board can be undone.
const undoDepth = 10

// change is what was done to the board, and how it is undone.
type change struct {
	said string // what undoing it does, as a sentence without a full stop
	undo func()
}

// noteChange keeps a change.
func noteChange(c *console, said string, undo func()) {
	c.board.changes = append(c.board.changes, change{said, undo})
	c.board.changes = c.board.changes[max(0, len(c.board.changes)-undoDepth):]
}

// undoChange undoes the latest change of the board.
func undoChange(c *console, _ string) {
	n := len(c.board.changes)
	if n == 0 {
		c.fail(explain.Line{Text: "there is nothing to undo"})
		return
	}
	last := c.board.changes[n-1]
	c.board.changes = c.board.changes[:n-1]
	last.undo()
	c.sayf("%s.", last.said)
}

// drop removes tokens from the board.
func drop(c *console, entries []*desk.Entry) {
	now := c.desk.Now()
	for _, e := range entries {
		c.board.Add(e) // which selects it
		c.board.Remove(now)
	}
}

// setLabel gives a token a label, which the board searches.
func setLabel(c *console, e *desk.Entry, text string) {
	if !c.board.Has(e) {
		e.Label = text
		return
	}
	c.board.Add(e) // which selects it
	c.board.Label(text)
}

// tokensAre returns "1 token is" or "3 tokens are".
func tokensAre(n int) string {
	if n == 1 {
		return "1 token is"
	}
	return phrase.Count(n, "token", "tokens") + " are"
}
