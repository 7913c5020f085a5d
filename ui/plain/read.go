package plain

import (
	"context"
	"slices"

	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/explain"
)

// holdsToken reports whether a line holds a token to read, rather than the subject
// of a new one.
func holdsToken(r desk.Reading) bool {
	return slices.ContainsFunc(r.Found, func(m find.Match) bool { return m.IsToken() })
}

// readText describes the token in a text, good or not.
func readText(ctx context.Context, c *console, text string) error {
	return c.show(ctx, desk.Read(text, find.MaxPasted))
}

// show describes the first token of a text and names the others. Each gets a number, and the
// first becomes the current one.
func (c *console) show(ctx context.Context, reading desk.Reading) error {
	c.keep(c.desk.Inspect(reading, 0, c.desk.Now()))
	fetchKeys(ctx, c)
	if err := ended(ctx, nil); err != nil {
		return err
	}
	c.describe(c.current)
	for i := 1; i < len(reading.Found) && reading.Err == nil; i++ {
		if !reading.Found[i].IsToken() {
			continue
		}
		other := c.desk.Inspect(reading, i, c.desk.Now())
		c.sayf("Also in the input: %s", c.line(other))
	}
	return nil
}

// fetchKeys verifies the current token with the published keys as well, if no configured
// addKey signed it.
func fetchKeys(ctx context.Context, c *console) {
	if !c.desk.Fetches(c.current) {
		return
	}
	with, err := c.desk.Fetch(ctx, c.current.Token.KeyID())
	if err != nil {
		c.current.Unfetched()
		c.tell("Keys", explain.Unfetched(err))
		return
	}
	c.tell("Keys", explain.Published(with.Keyring().Published(), c.desk.Now())...)
	c.desk = with
	c.current.VerifyWith(with.Keyring(), with.Now())
}
