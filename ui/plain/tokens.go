package plain

import (
	"strconv"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
)

// keep gives a token a number and makes it the current one. A token that has one already keeps it.
func (c *console) keep(e *desk.Entry) {
	c.number(e)
	c.current = e
}

// number returns the number of a token, which gets one if it has none.
func (c *console) number(e *desk.Entry) int {
	n, known := c.numbers[e.Token.Compact]
	if !known {
		c.tokens = append(c.tokens, e)
		n = len(c.tokens)
		c.numbers[e.Token.Compact] = n
	}
	if e.Label == "" {
		e.Label = c.tokens[n-1].Label
	}
	c.tokens[n-1] = e
	return n
}

// numbered returns the token with the number that was typed, such as 3 or #3.
func (c *console) numbered(text string) (*desk.Entry, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(text, "#"))
	if err != nil || n < 1 || n > len(c.tokens) {
		c.fail(explain.Line{Text: "there is no token with that number", Do: "/token lists them"})
		return nil, false
	}
	return c.tokens[n-1], true
}

// showToken shows a token and makes it the current one, or lists all of this run.
func showToken(c *console, text string) {
	if text == "" {
		if len(c.tokens) == 0 {
			c.sayf("There is no token yet.")
		}
		for _, e := range c.tokens {
			current := ""
			if e == c.current {
				current = ", the current one"
			}
			c.sayf("%s%s", c.line(e), current)
		}
		return
	}
	if e, ok := c.numbered(text); ok {
		e.Verify(c.desk.Now())
		c.current = e
		c.describe(e)
	}
}

// line says on one line which token this is and where it stands.
func (c *console) line(e *desk.Entry) string {
	text := numberSign(c, e) + " " + explain.Subject(e.Token)
	for _, part := range []string{e.Label, e.Persona(), string(e.Token.Algorithm())} {
		if part != "" {
			text += ", " + part
		}
	}
	if e.Fault != nil {
		text += ", with the fault " + e.Fault.Name
	}
	return text + ": " + explain.StatusOf(&e.Result, c.desk.Now()).String()
}
