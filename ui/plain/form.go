package plain

import (
	"slices"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// usualLifetime is the lifetime of the settings, as a user types it.
func usualLifetime(d *desk.Desk) string { return desk.LifetimeText(d.Settings().Lifetime) }

// setLifetime sets the lifetime of the next tokens.
func setLifetime(c *console, text string) {
	_, err := c.desk.Lifetime(text, c.desk.Now())
	if c.missed.wrong["lifetime"] = c.refused(err); err != nil {
		return
	}
	c.form.Lifetime = text
	c.sayf("The lifetime of the next tokens is %s.", text)
}

// setClaims sets the claims of the next tokens: all of them as JSON, or one of them as a row.
func setClaims(c *console, text string) {
	claims, without, err := c.form.Claims, c.form.Without, error(nil)
	switch {
	case text == "":
		claims, without = nil, nil
	case strings.HasPrefix(text, "{"):
		claims, _, err = input.ParseClaims(text, settings.CheckFormClaim)
		without = nil
	default:
		claims, without, err = withRow(claims, without, text, settings.CheckFormClaim)
	}
	if c.missed.wrong["claims"] = c.refused(err); err != nil {
		return
	}
	c.form.Claims, c.form.Without = claims, without
	c.sayf("The next tokens have %s.", ownClaims(c))
}

// withRow returns claims and the names that are left out, after a row has set a claim or has left
// one out.
func withRow(claims auth.Object, without []string, row string, check func(auth.Member) error) (auth.Object, []string, error) {
	rows, _, err := input.ParseRows(row, check)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range rows.Claims {
		claims = claims.Set(m.Name, m.Value)
		without = slices.DeleteFunc(slices.Clone(without), func(name string) bool { return name == m.Name })
	}
	for _, name := range rows.Without {
		claims = slices.DeleteFunc(slices.Clone(claims), func(m auth.Member) bool { return m.Name == name })
		if !slices.Contains(without, name) {
			without = append(slices.Clone(without), name)
		}
	}
	return claims, without, nil
}

// setHeader sets a header parameter of the next tokens.
func setHeader(c *console, text string) {
	if text == "" {
		c.form.Header = nil
	} else {
		m, err := input.ParseClaim(text)
		if c.missed.wrong["header"] = c.refused(err); err != nil {
			return
		}
		c.form.Header = c.form.Header.Set(m.Name, m.Value)
	}
	c.missed.wrong["header"] = false
	c.sayf("The next tokens have %s.", ownHeader(c))
}

// ownClaims says which claims the next tokens have because the user set them.
func ownClaims(c *console) string {
	text := phrase.Count(len(c.form.Claims), "claim", "claims") + " of your own"
	if len(c.form.Claims) > 0 {
		text += ": " + rowsOf(c.form.Claims)
	}
	if len(c.form.Without) > 0 {
		text += ", without " + strings.Join(c.form.Without, ", ")
	}
	return text
}

// ownHeader is ownClaims for the header.
func ownHeader(c *console) string {
	text := phrase.Count(len(c.form.Header), "header parameter", "header parameters") + " of your own"
	if len(c.form.Header) > 0 {
		text += ": " + rowsOf(c.form.Header)
	}
	return text
}

func rowsOf(members auth.Object) string {
	rows := make([]string, len(members))
	for i, m := range members {
		rows[i] = input.FormatClaim(m)
	}
	return strings.Join(rows, ", ")
}

// draft returns the draft of a token for a subject, or for a persona with another subject.
func (c *console) draft(persona *settings.Persona, subject string) (desk.Draft, error) {
	form := c.form
	form.Persona, form.Subject = persona, subject
	if persona != nil {
		form.Claims = persona.Claims
		for _, m := range c.form.Claims {
			form.Claims = form.Claims.Set(m.Name, m.Value)
		}
		if persona.Lifetime != "" && c.form.Lifetime == usualLifetime(c.desk) {
			form.Lifetime = persona.Lifetime
		}
	}
	if form.Lifetime == usualLifetime(c.desk) && (form.Shape != nil || persona != nil && persona.Shape != "") {
		form.Lifetime = "" // the one of the shape
	}
	return form.Draft()
}

// sayPreview says what a token would have.
func sayPreview(c *console, subject string) {
	draft, err := c.draft(nil, subject)
	if c.refused(err) {
		return
	}
	preview, err := c.desk.Preview(draft)
	if c.refused(err) {
		return
	}
	c.sayf("Not issued and not signed.")
	if preview.Claims == nil {
		c.sayf("Payload: %s", preview.Payload)
	}
	clock := c.clock()
	for _, part := range explain.Preview(preview.Header, preview.Claims, preview.From, clock.Now).Parts() {
		for _, m := range part.Members {
			note := m.Note(clock)
			if note != "" && m.From != "" {
				note += "; "
			}
			c.sayf("%s %s: %s%s", part.Of, m.Name, m.Text, inParentheses(note+m.From))
		}
	}
	for _, line := range preview.Notes {
		c.sayf("Note: %s.", line)
	}
	if subject == "" && draft.For() == "" && !draft.Whole() {
		c.sayf("The subject is the name that you type.")
	}
	if preview.Refused != nil {
		c.tell("Problem", explain.Lines(preview.Refused)...)
	}
}

// clock returns the time now and the zone to show it in.
func (c *console) clock() explain.Clock { return explain.Clock{Now: c.desk.Now(), Zone: c.zone} }

// setZone chooses the zone of times.
func setZone(c *console, name string) {
	switch strings.ToLower(name) {
	case "local":
		c.zone = time.Local //nolint:gosmopolitan // the user asked for it
	case "utc":
		c.zone = time.UTC
	default:
		c.refused(advice.New("there is no such choice", "type /zone local or /zone utc"))
		return
	}
	c.sayf("Times are in %s.", c.zone)
}
