package probe

import (
	"fmt"
	"strings"
	"time"

	"tokendesk/internal/phrase"
)

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
	Rules

	// Changes are what differs from an earlier run, nil unless [Report.Compare] was called.
	Changes *Changes

	target Target // that was probed, for [Report.Explain]
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

// CountKinds returns how many faults had each kind of outcome.
func (r *Report) CountKinds() map[Kind]int {
	counts := map[Kind]int{}
	for i := range r.Results {
		counts[r.Results[i].Kind()]++
	}
	return counts
}

// Right reports whether the API did everything right: no result fails, at least one fault
// was sent, and the controls are complete and right.
func (r *Report) Right() bool {
	if r.Stopped || !r.Good.Right || r.NoToken == nil || !r.NoToken.Right || r.GoodAfter == nil || !r.GoodAfter.Right {
		return false
	}
	sent := false
	for i := range r.Results {
		if r.Fails(&r.Results[i]) || r.Results[i].disturbs() {
			return false
		}
		sent = sent || r.Results[i].Outcome != NotMade
	}
	return sent
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
	for i := range r.Results {
		if result := &r.Results[i]; result.disturbs() {
			parts = append(parts, "after "+result.Case.Name+" a good token was not accepted ("+result.GoodAfter.answer()+")")
		}
	}
	parts = append(parts, r.tally())
	sentence := strings.Join(parts, "; ") + "."
	return strings.ToUpper(sentence[:1]) + sentence[1:]
}

// tally says how many faults had each kind of outcome, and names those that fail.
func (r *Report) tally() string {
	counts := r.CountKinds()
	sent := len(r.Results) - counts[KindNotMade]
	tally := phrase.Count(sent, "fault", "faults") + " tried"
	switch {
	case sent == 0:
	case counts[KindRefused] == sent:
		tally += ": all refused"
	default:
		tally += ": " + strings.Join(r.parts(counts), ", ")
	}
	if n := counts[KindNotMade]; n > 0 {
		tally += fmt.Sprintf("; %d could not be made", n)
	}
	return tally
}

// parts are the parts of the tally. That there is no hole is one of them.
func (r *Report) parts(counts map[Kind]int) []string {
	var parts []string
	if counts[KindHole] == 0 {
		parts = append(parts, "no holes")
	}
	for _, kind := range Kinds() {
		if n := counts[kind]; n > 0 && kind != KindNotMade {
			parts = append(parts, kind.Count(n)+r.failing(kind))
		}
	}
	return parts
}

// failing names the faults of a kind that make the report wrong, in brackets.
func (r *Report) failing(kind Kind) string {
	var names []string
	for i := range r.Results {
		if result := &r.Results[i]; result.Kind() == kind && r.Fails(result) {
			names = append(names, result.Case.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
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
