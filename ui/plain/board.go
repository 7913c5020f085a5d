package plain

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/file"
	"tokendesk/internal/oneof"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
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

// labelCurrent gives the current token a label.
func labelCurrent(c *console, text string) {
	e, before := c.current, c.current.Label
	setLabel(c, e, text)
	noteChange(c, "The label is as it was", func() { setLabel(c, e, before) })
	if text == "" {
		c.sayf("#%d has no label.", c.number(e))
		return
	}
	c.sayf("#%d has the label %s.", c.number(e), text)
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
	drop(c, []*desk.Entry{e})
	noteChange(c, "#"+strconv.Itoa(c.number(e))+" is on the board again", func() { c.board.Add(e) })
	c.sayf("#%d was removed from the board. /undo brings it back.", c.number(e))
}

// removeExpired removes the tokens that have expired.
func removeExpired(c *console) {
	gone := c.board.Between(time.Time{}, c.desk.Now(), 0)
	drop(c, gone)
	if len(gone) == 0 {
		c.sayf("No token on the board has expired.")
		return
	}
	noteChange(c, tokensAre(len(gone))+" on the board again", func() {
		for _, e := range gone {
			c.board.Add(e)
		}
	})
	c.sayf("%s gone from the board. /undo brings them back.", tokensAre(len(gone)))
}

// largestFile is how many bytes a file of tokens may have.
const largestFile = 64 << 20

// openFile adds the tokens in a file to the board.
func openFile(c *console, path string) {
	if path == "" {
		c.fail(explain.Line{Text: "type a file name after /open"})
		return
	}
	path = file.ExpandHome(path, c.opener.source.Getenv("HOME"))
	data, err := settings.ReadFile(path, largestFile)
	if c.refused(err) {
		return
	}
	reading := desk.Read(string(data), len(data))
	var added []*desk.Entry
	for i, m := range reading.Found {
		if !m.IsToken() || reading.Err != nil {
			continue
		}
		if e := c.desk.Inspect(reading, i, c.desk.Now()); e.Token.Claims != nil && !c.board.Has(e) {
			c.board.Add(e)
			c.number(e)
			added = append(added, e)
		}
	}
	if len(added) == 0 {
		c.fail(explain.Line{Label: path, Text: "it has no token that could be added to the board"})
		return
	}
	noteChange(c, tokensAre(len(added))+" gone from the board", func() { drop(c, added) })
	c.sayf("%s on the board now. /board lists them.", tokensAre(len(added)))
}

// untilExpiry returns how long it takes until the next token on the board expires, or zero if none
// does within a day.
func (c *console) untilExpiry() time.Duration {
	now := c.desk.Now()
	for _, span := range []time.Duration{time.Minute, 24 * time.Hour} {
		if coming := c.board.Between(c.board.told, now.Add(span), 0); len(coming) > 0 {
			exp, _ := coming[0].Token.Date("exp")
			return max(exp.Sub(now), time.Millisecond)
		}
	}
	return 0
}

// expired says which tokens have expired since it was last called.
func (c *console) expired() string {
	now := c.desk.Now()
	gone := c.board.Between(c.board.told, now, 0)
	c.board.told = now
	if len(gone) == 0 {
		return ""
	}
	lines := make([]string, len(gone))
	for i, e := range gone {
		lines[i] = boardLine(e)
	}
	return strings.Join(slices.Compact(lines), "")
}

func boardLine(e *desk.Entry) string {
	return "Board: " + visible.Text(explain.Expired([]*auth.Token{e.Token}).String()) + "\n"
}

// tellExpired says which tokens have expired since it was last called.
func tellExpired(c *console) {
	if text := c.expired(); text != "" {
		for line := range strings.Lines(text) {
			c.sayf("%s", strings.TrimSuffix(line, "\n"))
		}
	}
}
