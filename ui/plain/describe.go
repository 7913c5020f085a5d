package plain

import (
	"time"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
)

// describe says everything about a token.
func describe(d *dialogue, e *desk.Entry, now time.Time) {
	describeVerdict(d, e, now)
	if e.Token.Claims != nil {
		d.sayf("Status: %s.", e.Token.Status(now))
	}
	for _, m := range e.Token.Header {
		d.sayf("Header %s: %s%s", m.Name, value(m), inParentheses(headerNote(m)))
	}
	for _, m := range e.Token.Claims {
		d.sayf("Claim %s: %s%s", m.Name, value(m), inParentheses(claimNote(m, now)))
	}
	for _, f := range auth.Findings(e.Token, now) {
		d.sayf("Finding, %s: %s.", f.Severity, f.Text)
	}
	d.sayf("Token: %s", e.Token.Compact)
}

func describeVerdict(d *dialogue, e *desk.Entry, now time.Time) {
	d.sayf("Verdict: %s.", e.Result.Verdict)
	for _, f := range e.Result.Failures {
		d.sayf("  %s: %s.", f.Verdict, f.Reason)
	}
	switch {
	case !e.Result.SignatureChecked:
		d.sayf("  The signature was not checked: anybody can have written this.")
	case e.Result.Key != nil:
		d.sayf("  Signature verified with key %s.", e.Result.Key.Fingerprint())
		if from := e.Published; from != nil {
			d.sayf("  It is kid %s of %s, fetched %s.", e.Result.Key.ID(), from.From, phrase.MomentToday(from.Fetched, now, time.UTC))
		}
	}
}

// value is a member's value, a string without its quotes.
func value(m auth.Member) string {
	if text, ok := (auth.Object{m}).String(m.Name); ok {
		return text
	}
	return string(m.Value)
}

func inParentheses(note string) string {
	if note == "" {
		return ""
	}
	return " (" + note + ")"
}

func headerNote(m auth.Member) string {
	if m.Name == "alg" {
		if description := auth.Algorithm(value(m)).Description(); description != "" {
			return description
		}
	}
	return explain.ParameterMeaning(m.Name)
}

func claimNote(m auth.Member, now time.Time) string {
	meaning := explain.ClaimMeaning(m.Name)
	if !auth.IsDate(m.Name) {
		return meaning
	}
	date, ok := auth.ParseNumericDate(m.Value)
	if !ok {
		return "not a number, so not a date"
	}
	moment, ok := date.Time()
	if !ok {
		return "outside of years 1 to 9999"
	}
	left := date.Sub(now)
	if m.Name == "exp" && left <= 0 {
		meaning = "expired"
	}
	return meaning + " " + phrase.MomentToday(moment, now, time.UTC) + ", " + phrase.Distance(left, "0s ago")
}

// standing says where a token stands. Without a good signature its times are
// only claimed, and it is not called active.
func standing(e *desk.Entry, now time.Time) string {
	status := e.Token.Status(now)
	if !e.Verified() {
		return e.Result.Verdict.String() + ", it says " + status.String()
	}
	if status.State == auth.StateActive {
		return "active, " + status.String()
	}
	return status.String()
}
