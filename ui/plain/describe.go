package plain

import (
	"time"

	"tokendesk/explain"
)

// describe says everything about a token.
func describe(d *dialogue, known explain.Known, now time.Time) {
	r, clock := explain.Token(known, now), explain.Clock{Now: now}
	for _, text := range []string{r.Around, r.Others} {
		if text != "" {
			d.sayf("Input: %s", text)
		}
	}
	label := "Verdict: "
	for _, line := range r.Verdict(clock) {
		d.sayf("%s%s", label, line)
		label = "  "
	}
	if r.Claims != nil {
		d.sayf("Status: %s", r.Status(now))
	}
	for _, part := range r.Parts() {
		if part.Text != "" {
			d.sayf("%s: %s", part.Of, part.Text)
		}
		for _, m := range part.Members {
			d.sayf("%s %s: %s%s", part.Of, m.Name, m.Text, inParentheses(m.Note(clock)))
		}
	}
	d.tell("Finding", r.Findings...)
	d.sayf("Token: %s", r.Token.Compact)
}

func inParentheses(note string) string {
	if note == "" {
		return ""
	}
	return " (" + note + ")"
}
