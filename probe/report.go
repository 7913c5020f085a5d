package probe

import (
	"fmt"
	"net/http"
	"strings"
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
	return []Outcome{Accepted, ServerError, NoAnswer, OtherStatus, Limited, NotMade, Refused}
}

// Result is the result of one request.
type Result struct {
	// Case is the fault and the token that was sent for it. No report contains the token.
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
	// Took is the time from sending the request to receiving the response headers.
	Took time.Duration
}

// Report holds the results of a run.
type Report struct {
	// Target is the URL without its query.
	Target  string
	Started time.Time
	Took    time.Duration
	// Good is the result of the good token before the faults, NoToken that of a request
	// without a token, and GoodAfter that of a good token after the faults. The last two
	// are nil if the run did not get that far.
	Good               Result
	NoToken, GoodAfter *Result
	// Results are those of the faults, in their order. Planned is how many faults there
	// were to try.
	Results []Result
	Planned int
	// Stopped says that the context was cancelled and the report is incomplete.
	Stopped bool
}

// Counts returns how many faults had each outcome.
func (r *Report) Counts() map[Outcome]int {
	counts := map[Outcome]int{}
	for _, result := range r.Results {
		counts[result.Outcome]++
	}
	return counts
}

// Right reports whether the API did everything right: it refused every fault that
// could be made, at least one, and the controls are complete and right.
func (r *Report) Right() bool {
	if r.Stopped || !r.Good.Right || r.NoToken == nil || !r.NoToken.Right || r.GoodAfter == nil || !r.GoodAfter.Right {
		return false
	}
	for _, result := range r.Results {
		if !result.Right && result.Outcome != NotMade {
			return false
		}
	}
	return r.Counts()[Refused] > 0
}

// Summary returns the report in one sentence.
func (r *Report) Summary() string {
	var parts []string
	if r.Stopped {
		parts = append(parts, fmt.Sprintf("stopped after %d of %d faults", len(r.Results), r.Planned))
	}
	if r.NoToken != nil && !r.NoToken.Right {
		if r.NoToken.Outcome == Accepted {
			parts = append(parts, "the API accepts a request without a token, so it checks nothing")
		} else {
			parts = append(parts, "a request without a token was not refused but "+r.NoToken.answer())
		}
	}
	if r.GoodAfter != nil && !r.GoodAfter.Right {
		parts = append(parts, "at the end a good token was not accepted ("+r.GoodAfter.answer()+"), so the refusals prove nothing")
	}
	parts = append(parts, r.tally())
	sentence := strings.Join(parts, "; ") + "."
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

// tally says how many faults had each outcome, and names those that were not
// refused.
func (r *Report) tally() string {
	counts := r.Counts()
	sent := len(r.Results) - counts[NotMade]
	var parts []string
	for _, outcome := range Outcomes() {
		switch n := counts[outcome]; {
		case n == 0, outcome == NotMade:
		case outcome == Refused && n == sent:
			parts = append(parts, "all refused")
		case outcome == Refused:
			parts = append(parts, fmt.Sprintf("%d refused", n))
		default:
			parts = append(parts, fmt.Sprintf("%d %s (%s)", n, outcome, strings.Join(r.names(outcome), ", ")))
		}
	}
	tally := phrase.Count(sent, "fault", "faults") + " tried"
	if len(parts) > 0 {
		tally += ": " + strings.Join(parts, ", ")
	}
	if n := counts[NotMade]; n > 0 {
		tally += fmt.Sprintf("; %d could not be made", n)
	}
	return tally
}

// names returns the faults with that outcome.
func (r *Report) names(outcome Outcome) []string {
	var names []string
	for _, result := range r.Results {
		if result.Outcome == outcome {
			names = append(names, result.Case.Name)
		}
	}
	return names
}

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

// control is a request without a fault.
type control struct {
	id, name, why string
	result        *Result // nil if the run did not get that far
}

// controls returns the requests around the faults, in their order.
func (r *Report) controls() []control {
	good := &r.Good
	if good.Outcome == "" {
		good = nil
	}
	return []control{
		{"control-good", "a good token", "Unless it is accepted, refusals prove nothing.", good},
		{"control-no-token", "no token at all", "An API that accepts it checks nothing.", r.NoToken},
		{
			"control-good-after", "a good token after the faults",
			"If it is not accepted, the faults may have been refused for another reason, such as a rate limit or a lockout.", r.GoodAfter,
		},
	}
}

// verdict returns the outcome, the status and the detail.
func (r *Result) verdict() string {
	text := r.Outcome.String()
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
