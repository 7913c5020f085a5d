package plain

import (
	"context"
	"strings"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/internal/oneof"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// watchCurrent adds the current token to the board.
func watchCurrent(c *console, _ string) {
	if c.current.Token.Claims == nil {
		c.fail(explain.Line{Text: "the claims could not be read, so there is nothing to watch"})
		return
	}
	c.board.Add(c.current)
	c.sayf("Added to the board.")
}

// sayStatus says where the current token stands.
func sayStatus(c *console, _ string) {
	c.sayf("%s: %s", explain.Subject(c.current.Token), explain.StatusOf(&c.current.Result, c.desk.Now()))
}

// listBoard lists the tokens on the board, or those with these words.
func listBoard(c *console, words string) {
	now := c.desk.Now()
	c.board.Filter(words)
	defer c.board.Filter("")
	switch {
	case c.board.Len() == 0:
		c.sayf("The board is empty.")
	case c.board.Shown() == 0:
		c.sayf("None of the %s on the board has that.", phrase.Count(c.board.Len(), "token", "tokens"))
	}
	for _, e := range c.board.Window(0, c.board.Shown(), now) {
		c.sayf("%s", c.line(e.Entry))
	}
}

// sortBoard sorts the board.
func sortBoard(c *console, name string) {
	order, err := oneof.ByName("order", boardOrders(), name)
	if c.refused(err) {
		return
	}
	c.board.Sort(order.Order)
	c.sayf("The board is sorted: %s.", order.Order)
}

// labelCurrent gives the current token a label. Only a token on the board can be searched by it.
func labelCurrent(c *console, text string) {
	e := c.current
	if c.board.Has(e) {
		c.board.Add(e) // which selects it
		c.board.Label(text)
	}
	e.Label = text
	desk.RecordLater(c.desk, ledger.Labelled, e)()
	if text == "" {
		c.sayf("%s has no label.", numberSign(c, e))
		return
	}
	c.sayf("%s has the label %s.", numberSign(c, e), text)
}

// removeToken removes a token from the board, or all that have expired.
func removeToken(c *console, text string) {
	if strings.EqualFold(text, "expired") {
		removeExpired(c)
		return
	}
	e := c.current
	if text != "" {
		var ok bool
		if e, ok = c.numbered(text); !ok {
			return
		}
	}
	if e == nil || !c.board.Has(e) {
		c.fail(explain.Line{Text: "that token is not on the board", Do: "/board lists those that are"})
		return
	}
	c.board.Add(e) // which selects it
	c.board.Remove(c.desk.Now())
	desk.RecordLater(c.desk, ledger.Removed, e)()
	c.sayf("%s was removed from the board. /undo brings it back.", numberSign(c, e))
}

// removeExpired removes the tokens that have expired.
func removeExpired(c *console) {
	gone := desk.ExpiredOf(&c.board.Board, c.desk.Now())
	n := c.board.ClearExpired(c.desk.Now())
	desk.RecordLater(c.desk, ledger.Removed, gone...)()
	if n == 0 {
		c.sayf("No token on the board has expired.")
		return
	}
	c.sayf("%s gone from the board. /undo brings them back.", tokensAre(n))
}

const (
	// largestFile is how many bytes a file of tokens may have.
	largestFile = 256 << 20
	// portion is how many tokens are added at once.
	portion = 2000
)

// openFile adds the tokens in a file to the board.
func openFile(ctx context.Context, c *console, path string) error {
	if path == "" {
		c.fail(explain.Line{Text: "type a file name after /open"})
		return nil
	}
	path = file.ExpandHome(path, c.opener.source.Getenv("HOME"))
	data, err := settings.ReadFile(path, largestFile)
	if c.refused(err) {
		return nil
	}
	collection := desk.Collect(string(data), desk.Arrival{File: path})
	total, known := 0, 0
	for at := 0; at < collection.Len(); at += portion {
		if reason := ended(ctx, nil); reason != nil {
			return reason
		}
		entries := collection.Entries(c.desk, at, portion, c.desk.Now())
		added, there := c.board.AddAll(entries, collection)
		for _, e := range entries {
			c.number(e)
		}
		total, known = total+added, known+there
	}
	switch {
	case total > 0 && known > 0:
		c.sayf("%s on the board now, besides %d that it had already. /board lists them.", tokensAre(total), known)
	case total > 0:
		c.sayf("%s on the board now. /board lists them.", tokensAre(total))
	default:
		c.fail(explain.Line{Label: path, Text: "it has no token that could be added to the board"})
	}
	return nil
}

// boardLine returns a line about the board as it is written.
func boardLine(text string) string { return visible.Text("Board: " + text) }

func tokenOf(e *desk.Entry) []*auth.Token { return []*auth.Token{e.Token} }
