package plain

import (
	"context"
	"errors"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
)

// mostListed is how many rows of the ledger are listed at once.
const mostListed = 20

// useLedger lists the rows of the ledger, or those with these words. With token and a number of
// that list it signs that token again, with again it issues one like it.
func useLedger(ctx context.Context, c *console, words string) error {
	verb, number, _ := strings.Cut(words, " ")
	n, isNumber := numberUpTo(len(c.board.listed), number)
	isVerb := verb == "token" || verb == "again"
	switch {
	case desk.LedgerOf(c.desk) == nil:
		c.fail(explain.Line{Text: "the ledger is off, so nothing that you issue is recorded", Do: "remove LEDGER=off from the settings"})
		return nil
	case !isVerb || number == "":
		listLedger(c, words)
		return nil
	case !isNumber:
		c.fail(explain.Line{Text: "there is no row with that number", Do: "/ledger lists them"})
		return nil
	case verb == "again":
		return likeRow(ctx, c, c.board.listed[n-1])
	}
	return recallRow(ctx, c, c.board.listed[n-1])
}

// listLedger lists the newest rows with these words.
func listLedger(c *console, words string) {
	c.board.listed = nil
	query := ledger.Query{Text: words, Events: []ledger.Event{ledger.Issued, ledger.Batch}}
	more, damaged := false, 0
	for row, err := range desk.LedgerOf(c.desk).Rows(query) {
		if _, isDamaged := errors.AsType[*ledger.Damaged](err); isDamaged {
			damaged++
			continue
		}
		if c.refused(err) {
			return
		}
		if more = len(c.board.listed) == mostListed; more {
			break
		}
		c.board.listed = append(c.board.listed, row)
	}
	for i := range c.board.listed {
		c.sayf("%d: %s", i+1, rowLine(c, &c.board.listed[i]))
	}
	switch {
	case len(c.board.listed) == 0 && words == "":
		c.sayf("Nothing has been issued yet.")
	case len(c.board.listed) == 0:
		c.sayf("No row of the ledger matches.")
	case more:
		c.sayf("There are more: /ledger with a word narrows the list.")
	}
	if damaged > 0 {
		c.sayf("%s damaged: tokendesk ledger verify names them.", phrase.Count(damaged, "line of the ledger is", "lines of the ledger are"))
	}
	if len(c.board.listed) > 0 {
		c.sayf("/ledger token 1 signs the first one again, /ledger again 1 issues one like it.")
	}
}

// rowLine says on one line what a row is about.
func rowLine(c *console, row *ledger.Row) string {
	text := phrase.MomentToday(row.When, c.desk.Now(), c.zone) + ", "
	switch {
	case row.Event == ledger.Batch:
		text += phrase.Count(row.Count, "token", "tokens") + " made from " + row.Pattern
	case row.Subject == "":
		text += "for nobody"
	default:
		text += "for " + row.Subject
	}
	for _, part := range [][2]string{
		{", persona ", row.Persona}, {", profile ", row.Profile}, {", key ", row.Fingerprint}, {", ", row.Algorithm}, {", by ", row.Face},
	} {
		if part[1] != "" {
			text += part[0] + part[1]
		}
	}
	if row.Event == ledger.Issued {
		text += ", " + explain.Times(desk.StatusOf(row, c.desk.Now()), false).Left
	}
	return visible.Text(text) + "."
}

// recallRow signs the token of a row again and makes it the current one. What the desk must
// know first is asked.
func recallRow(ctx context.Context, c *console, row ledger.Row) error {
	entry, err := desk.Recall(ctx, c.desk, row)
	if locked, ok := errors.AsType[*desk.Locked](err); ok {
		opened, err := c.unlock(ctx, locked)
		if err != nil || !opened {
			return err
		}
		return recallRow(ctx, c, row)
	}
	if not, ok := errors.AsType[*desk.NotAgain](err); ok {
		line := not.Line
		line.Text = "it cannot be signed again: " + line.Text
		line.Do = strings.Replace(line.Do, desk.IssueAgain, "/ledger again with its number issues a fresh one", 1)
		c.fail(line)
		return nil
	}
	if c.refused(err) {
		return nil
	}
	c.arrive(entry)
	return nil
}

// likeRow issues a token like that of a row.
func likeRow(ctx context.Context, c *console, row ledger.Row) error {
	if row.Event == ledger.Batch {
		c.fail(explain.Line{Text: "the row is a batch", Do: "issue it again with tokendesk batch"})
		return nil
	}
	return c.issue(ctx, desk.Again(c.desk, row))
}
