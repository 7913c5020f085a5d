package plain

import (
	"context"
	"strings"

	"tokendesk/auth/find"
	"tokendesk/desk"
)

// holdsToken reports whether a line is to be read rather than to be the subject
// of a token.
func holdsToken(r desk.Reading) bool {
	for _, found := range r.Found {
		if strings.Count(found.Compact, ".") >= 2 && strings.HasPrefix(found.Compact, "ey") {
			return true
		}
	}
	return false
}

// read describes the token in a text, good or not.
func (c *console) read(ctx context.Context, text string) error {
	return c.show(ctx, desk.Read(text, find.MaxPasted))
}

func (c *console) show(ctx context.Context, reading desk.Reading) error {
	c.current = c.desk.Inspect(reading, 0, c.desk.Now())
	c.fetch(ctx)
	if err := ended(ctx, nil); err != nil {
		return err
	}
	if reading.Err == nil && len(reading.Found[0].Around) > 0 {
		c.sayf("Taken off: %s.", strings.Join(reading.Found[0].Around, ", "))
	}
	describe(&c.dialogue, c.current, c.desk.Now())
	return nil
}

// fetch verifies the current token again with the published keys when no
// configured one signed it.
func (c *console) fetch(ctx context.Context) {
	if !c.desk.Fetches(c.current) {
		return
	}
	with, err := c.desk.Fetch(ctx, c.current.Token.KeyID())
	if err != nil {
		c.sayf("The published keys were not looked at: %s.", err.Error())
		return
	}
	if problem := with.Keyring().Published().Problem; problem != nil {
		c.sayf("The published keys are those of an earlier time: %s.", problem.Error())
	}
	c.desk = with
	c.current.VerifyWith(with.Keyring(), with.Now())
}
