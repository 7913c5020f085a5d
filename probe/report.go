package probe

import (
	"fmt"
	"strings"
	"time"

	"tokendesk/auth/fault"
	"tokendesk/internal/phrase"
)

// Case is one fault and the token that was sent for it.
type Case struct {
	Fault fault.Fault
	// Token opens the API if it was let in. No report holds it.
	Token string `json:"-"`
	// Impossible says why there is no token with this key and request.
	Impossible string
}

// Outcome is what came of a request.
type Outcome string

// The outcomes.
const (
	Refused     Outcome = "refused"
	LetIn       Outcome = "let in"
	FellOver    Outcome = "fell over"    // 5xx: refused, but not because the token was judged
	Limited     Outcome = "limited"      // 429
	OtherStatus Outcome = "other status" // neither let in nor refused
	NoAnswer    Outcome = "no answer"
	NotMade     Outcome = "not made" // no request was sent
)

// Outcomes returns the outcomes, the gravest first.
func Outcomes() []Outcome {
	return []Outcome{LetIn, FellOver, NoAnswer, OtherStatus, Limited, NotMade, Refused}
}

// Result is what came of one request.
type Result struct {
	Case    Case
	Outcome Outcome
	// Right says that the outcome is the one that was wanted: a good token was let
	// in, anything else was refused.
	Right  bool
	Status int // 0 when there was no answer
	// Detail is a short phrase where the outcome does not say enough. It holds
	// nothing that the server wrote.
	Detail string
	// Took is the time from sending to the header of the answer.
	Took time.Duration
}

// Report is what a run found.
type Report struct {
	// Target is the URL without its query.
	Target  string
	Started time.Time
	Took    time.Duration
	// Good is the good token before the faults, NoToken a request without any token,
	// and GoodAfter another good token behind the faults. The latter two are nil
	// where they were not reached.
	Good               Result
	NoToken, GoodAfter *Result
	// Results are those of the faults that were asked for, in the same order.
	// Planned is how many those are.
	Results []Result
	Planned int
	// Stopped says that the context was cancelled, and the report is what was known.
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

// Right reports whether the API did all it should: every fault that could be made
// was refused, at least one was, the controls were right and nothing was left out.
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
		if r.NoToken.Outcome == LetIn {
			parts = append(parts, "the API lets in a request without a token, so it checks nothing")
		} else {
			parts = append(parts, "a request without a token was not refused but "+r.NoToken.said())
		}
	}
	if r.GoodAfter != nil && !r.GoodAfter.Right {
		parts = append(parts, "at the end a good token was not let in ("+r.GoodAfter.said()+"), so the refusals prove nothing")
	}
	parts = append(parts, r.tally())
	sentence := strings.Join(parts, "; ") + "."
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

// tally says how many faults had which outcome, and names those that were not
// right.
func (r *Report) tally() string {
	counts := r.Counts()
	sent := len(r.Results) - counts[NotMade]
	var parts []string
	for _, outcome := range Outcomes() {
		switch n := counts[outcome]; {
		case n == 0, outcome == NotMade:
		case outcome == Refused && n == sent:
			parts = append(parts, "all of them refused")
		case outcome == Refused:
			parts = append(parts, fmt.Sprintf("%d refused", n))
		default:
			parts = append(parts, fmt.Sprintf("%d %s (%s)", n, outcome, strings.Join(r.names(outcome), ", ")))
		}
	}
	said := phrase.Count(sent, "fault", "faults") + " tried"
	if len(parts) > 0 {
		said += ": " + strings.Join(parts, ", ")
	}
	if n := counts[NotMade]; n > 0 {
		said += fmt.Sprintf("; %d could not be made", n)
	}
	return said
}

// names returns the faults with that outcome.
func (r *Report) names(outcome Outcome) []string {
	var names []string
	for _, result := range r.Results {
		if result.Outcome == outcome {
			names = append(names, result.Case.Fault.Name)
		}
	}
	return names
}

// said returns the status and the detail in a few words.
func (r *Result) said() string {
	switch {
	case r.Status == 0:
		return r.Detail
	case r.Detail == "":
		return fmt.Sprintf("answered with %s", statusText(r.Status))
	default:
		return fmt.Sprintf("answered with %s: %s", statusText(r.Status), r.Detail)
	}
}

// control is a request that is no fault.
type control struct {
	id, name, why string
	result        *Result // nil where it was not reached
}

// controls returns the requests around the faults, in their order.
func (r *Report) controls() []control {
	good := &r.Good
	if good.Outcome == "" {
		good = nil
	}
	return []control{
		{"control-good", "a good token", "Unless it is let in, refusals prove nothing.", good},
		{"control-no-token", "no token at all", "An API that lets it in checks nothing.", r.NoToken},
		{
			"control-good-after", "a good token after the faults",
			"If it is not let in, the faults may have been refused for another reason, such as a limit or a lock.", r.GoodAfter,
		},
	}
}

// verdict returns the outcome with the status and the detail.
func (r *Result) verdict() string {
	text := string(r.Outcome)
	if r.Status != 0 {
		text += ", " + statusText(r.Status)
	}
	if r.Detail != "" {
		text += ": " + r.Detail
	}
	return text
}

// explanation returns why the fault must be refused, or nothing for a control.
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
