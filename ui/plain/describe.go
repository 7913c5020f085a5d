package plain

import (
	"tokendesk/desk"
	"tokendesk/explain"
)

// describe says everything about a token.
func (c *console) describe(e *desk.Entry) { c.describeKnown(e, e.Known()) }

// describeKnown is describe with what is known about the token.
func (c *console) describeKnown(e *desk.Entry, known explain.Known) {
	clock := c.clock()
	r := explain.Token(known, clock.Now)
	for _, text := range []string{r.Around, r.Others} {
		if text != "" {
			c.sayf("Input: %s", text)
		}
	}
	label := "Verdict: "
	for _, line := range r.Verdict(clock) {
		c.sayf("%s%s", label, line)
		label = "  "
	}
	if r.Claims != nil {
		c.sayf("Status: %s", r.Status(clock.Now))
	}
	if e.Label != "" {
		c.sayf("Label: %s", e.Label)
	}
	for _, part := range r.Parts() {
		if part.Text != "" {
			c.sayf("%s: %s", part.Of, part.Text)
		}
		for _, m := range part.Members {
			c.sayf("%s %s: %s%s", part.Of, m.Name, m.Text, inParentheses(m.Note(clock)))
		}
	}
	c.tell("Finding", r.Findings...)
	c.sayf("Token #%d: %s", c.number(e), r.Token.Compact)
}

func inParentheses(note string) string {
	if note == "" {
		return ""
	}
	return " (" + note + ")"
}
