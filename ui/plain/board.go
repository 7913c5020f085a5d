package plain

// watch adds the current token to the board.
func (c *console) watch(string) {
	if c.current.Token.Claims == nil {
		c.sayf("Its claims could not be read, so there is nothing to watch.")
		return
	}
	c.board.Add(c.current)
	c.sayf("Added to the board.")
}

// status says how long the current token is still good.
func (c *console) status(string) {
	c.sayf("%s: %s.", c.current.Token.Subject(), standing(c.current, c.desk.Now()))
}

// list says what is on the board.
func (c *console) list(string) {
	now := c.desk.Now()
	if c.board.Len() == 0 {
		c.sayf("The board is empty.")
	}
	for _, e := range c.board.Window(0, c.board.Shown(), now) {
		c.sayf("%s, %s: %s.", e.Token.Subject(), e.Token.Algorithm(), standing(e, now))
	}
}

// tellExpired says which tokens have expired since the last look.
func (c *console) tellExpired() {
	now := c.desk.Now()
	for _, e := range c.board.Between(c.told, now, 0) {
		if subject := e.Token.Subject(); subject != "" {
			c.sayf("Expired: the token for %s.", subject)
		} else {
			c.sayf("Expired: a token.")
		}
	}
	c.told = now
}
