package probe

import (
	"fmt"
	"net/http"
	"time"

	"tokendesk/auth/fault"
	"tokendesk/internal/phrase"
)

// Outcome says how a request was answered. Its value is the one in JSON, and String
// returns it in words.
type Outcome string

// The outcomes.
const (
	Refused     Outcome = "refused"
	WrongStatus Outcome = "wrong status" // refused because of the token, but with another status
	Accepted    Outcome = "let in"
	ServerError Outcome = "fell over"    // 5xx: refused, but not because of the token
	Limited     Outcome = "limited"      // 429
	OtherStatus Outcome = "other status" // neither accepted nor refused
	NoAnswer    Outcome = "no answer"
	NotMade     Outcome = "not made" // no request was sent
)

// String returns the outcome in one or two words, such as "accepted".
func (o Outcome) String() string {
	switch o {
	case Accepted:
		return "accepted"
	case ServerError:
		return "server error"
	default:
		return string(o)
	}
}

// Outcomes returns the outcomes, the most serious first.
func Outcomes() []Outcome {
	return []Outcome{Accepted, ServerError, NoAnswer, OtherStatus, Limited, WrongStatus, NotMade, Refused}
}

// Result is the result of one request.
type Result struct {
	// Case is the fault and the token that was sent for it.
	Case    fault.Made
	Outcome Outcome
	// Right says that the outcome is as it should be: a good token was accepted, anything
	// else was refused.
	Right  bool
	Status int // 0 when there was no answer
	// Detail is a short phrase where the outcome does not say enough. It contains no
	// text from the server.
	Detail string
	// Body is the start of the body of the response. It is text from the server, which may
	// hold anything, even the token. No report contains it.
	Body string
	// GoodAfter is the result of a good token right after a fault that was accepted. If it is
	// refused, the fault has ended a session or filled a cache. It is nil for all others.
	GoodAfter *Result
	// Took is the time from sending the request to receiving the response headers.
	Took time.Duration
}

// Kind is what an outcome means.
type Kind string

// The kinds. The values are those in JSON.
const (
	KindHole        Kind = "hole"           // accepted, and no correct API accepts the fault
	KindFellOver    Kind = "fell over"      // a server error, or no answer
	KindUnknown     Kind = "cannot be told" // the answer says nothing about the token
	KindPolicy      Kind = "policy"         // accepted, and whether that is right depends on the API
	KindWrongStatus Kind = "wrong status"   // refused, but not with 401
	KindNotMade     Kind = "not made"
	KindRefused     Kind = "refused"
)

// Kinds returns the kinds, the most serious first.
func Kinds() []Kind {
	return []Kind{KindHole, KindFellOver, KindUnknown, KindPolicy, KindWrongStatus, KindRefused, KindNotMade}
}

// Count returns the kind with a number: "2 holes", "9 policy", "84 refused".
func (k Kind) Count(n int) string {
	switch k {
	case KindHole:
		return phrase.Count(n, "hole", "holes")
	case KindWrongStatus:
		return phrase.Count(n, "refused with the wrong status", "refused with the wrong status")
	default:
		return phrase.Count(n, string(k), string(k))
	}
}

// Kind returns what the outcome means for the API.
func (r *Result) Kind() Kind {
	switch r.Outcome {
	case Accepted:
		if r.Case.Policy != "" {
			return KindPolicy
		}
		return KindHole
	case ServerError, NoAnswer:
		return KindFellOver
	case WrongStatus:
		return KindWrongStatus
	case Refused:
		return KindRefused
	case NotMade:
		return KindNotMade
	default:
		return KindUnknown
	}
}

// disturbs reports whether a good token was not accepted after the fault.
func (r *Result) disturbs() bool { return r.GoodAfter != nil && !r.GoodAfter.Right }

// StatusName returns the name of the status, such as "Unauthorized", or nothing.
func (r *Result) StatusName() string { return http.StatusText(r.Status) }

// answer returns the status and the detail in a few words.
func (r *Result) answer() string {
	switch {
	case r.Status == 0:
		return r.Detail
	case r.Detail == "":
		return fmt.Sprintf("answered with %s", statusText(r.Status))
	default:
		return fmt.Sprintf("answered with %s: %s", statusText(r.Status), r.Detail)
	}
}

// verdict returns the outcome, the status and the detail.
func (r *Result) verdict() string {
	text := r.Outcome.String()
	if r.Outcome == WrongStatus {
		text = "refused with the wrong status"
	}
	if r.Status != 0 {
		text += ", " + statusText(r.Status)
	}
	if r.Detail != "" {
		text += ": " + r.Detail
	}
	return text
}

// explanation says why the fault must be refused. It is empty for a control.
func (r *Result) explanation() string {
	f := r.Case.Fault
	if f.Name == "" {
		return ""
	}
	text := f.Wrong + "\n" + f.Why + "\n" + f.Source
	if f.Policy != "" {
		text += "\n" + f.Policy
	}
	return text
}
