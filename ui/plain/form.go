package plain

import (
	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/internal/phrase"
)

// usualLifetime is the lifetime of the settings, as a user types it.
func usualLifetime(d *desk.Desk) string { return desk.LifetimeText(d.Settings().Lifetime) }

// setLifetime sets the lifetime of the next tokens.
func (c *console) setLifetime(text string) {
	_, err := c.desk.Lifetime(text, c.desk.Now())
	if c.wrong["lifetime"] = c.refused(err); err != nil {
		return
	}
	c.lifetime = text
	c.sayf("The lifetime of the next tokens is %s.", text)
}

// setClaims sets the claims of the next tokens.
func (c *console) setClaims(text string) {
	claims, _, err := input.ParseClaims(text, auth.CheckExtraClaim)
	if c.wrong["claims"] = c.refused(err); err != nil {
		return
	}
	c.claims = claims
	c.sayf("The next tokens have %s of your own.", phrase.Count(len(claims), "claim", "claims"))
}
