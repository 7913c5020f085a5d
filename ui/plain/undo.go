package plain

import (
	"strconv"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
)

// undoChange undoes the latest removal, label or file of the board.
func undoChange(c *console, _ string) {
	if !c.board.CanUndo() {
		c.fail(explain.Line{Text: "there is nothing to undo"})
		return
	}
	switch change := c.board.Undo(c.desk.Now()); {
	case change.Labelled != nil:
		c.sayf("The label of #%d is as it was.", c.number(change.Labelled))
	case change.Added > 0:
		c.sayf("%s gone from the board.", tokensAre(change.Added))
	default:
		c.sayf("%s on the board again.", tokensAre(change.Removed))
	}
}

// tokensAre returns "1 token is" or "3 tokens are".
func tokensAre(n int) string {
	if n == 1 {
		return "1 token is"
	}
	return phrase.Count(n, "token", "tokens") + " are"
}

// numberSign returns the number of a token as it is written: #3.
func numberSign(c *console, e *desk.Entry) string { return "#" + strconv.Itoa(c.number(e)) }
