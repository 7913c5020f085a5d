package plain

import (
	"tokendesk/auth"
	"tokendesk/explain"
)

// watch adds the current token to the board.
func (c *console) watch(string) {
	if c.current.Token.Claims == nil {
		c.tell("Error", explain.Line{Text: "the claims could not be read, so there is nothing to watch"})
		return
	}
	c.board.Add(c.current)
	c.sayf("Added to the board.")
}

// status says where the current token stands.
func (c *console) status(string) {
	c.sayf("%s: %s", explain.Subject(c.current.Token), explain.StatusOf(&c.current.Result, c.desk.Now()))
}

// list lists the tokens on the board.
func (c *console) list(string) {
	now := c.desk.Now()
	if c.board.Len() == 0 {
		c.sayf("The board is empty.")
	}
	for _, e := range c.board.Window(0, c.board.Shown(), now) {
		c.sayf("%s, %s: %s", explain.Subject(e.Token), e.Token.Algorithm(), explain.StatusOf(&e.Result, now))
	}
}

// tellExpired says which tokens have expired since it was last called.
func (c *console) tellExpired() {
	now := c.desk.Now()
	for _, e := range c.board.Between(c.told, now, 0) {
		c.tell("Board", explain.Expired([]*auth.Token{e.Token}))
	}
	c.told = now
}
