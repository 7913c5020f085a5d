package plain

import (
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/desk"
	"tokendesk/internal/phrase"
)

// usualLifetime is the lifetime of the settings, as a user types it.
func usualLifetime(d *desk.Desk) string { return desk.LifetimeText(d.Settings().Lifetime) }

// setLifetime sets the lifetime of the next tokens.
func (c *console) setLifetime(text string) {
	if _, err := c.desk.Lifetime(text, c.desk.Now()); c.refused(err) {
		return
	}
	c.lifetime = text
	c.sayf("The lifetime of the next tokens is %s.", text)
}

// setClaims sets the claims of the next tokens.
func (c *console) setClaims(text string) {
	claims, err := parseClaims(text)
	if c.refused(err) {
		return
	}
	c.claims = claims
	c.sayf("The next tokens have %s of your own.", phrase.Count(len(claims), "claim", "claims"))
}

// parseClaims reads claims, as a JSON object or nothing.
func parseClaims(text string) (auth.Object, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	claims, err := jsontext.ParseObject([]byte(text))
	if err != nil {
		return nil, err
	}
	for _, m := range claims {
		if err := auth.CheckExtraClaim(m); err != nil {
			return nil, err
		}
	}
	return claims, nil
}
