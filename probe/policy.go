package probe

import (
	"slices"

	"tokendesk/auth/fault"
)

// Policy says what a probe makes of faults that an API may accept by its own decision, its
// policy faults.
type Policy int

// The policies.
const (
	PolicyWarn   Policy = iota // they are reported, and the report is right
	PolicyFail                 // the report is wrong if one was accepted
	PolicyIgnore               // [Policy.Of] leaves them out
)

// Policies returns all policies.
func Policies() []Policy { return []Policy{PolicyFail, PolicyWarn, PolicyIgnore} }

// Name returns "fail", "warn" or "ignore".
func (p Policy) Name() string { return [...]string{"warn", "fail", "ignore"}[p] }

// Of returns those of the faults that are tried.
func (p Policy) Of(faults []fault.Fault) []fault.Fault {
	if p != PolicyIgnore {
		return faults
	}
	return slices.DeleteFunc(slices.Clone(faults), func(f fault.Fault) bool { return f.Policy != "" })
}

// Rules say what is made of faults that an API may accept by its own decision.
type Rules struct {
	Policy Policy
	// Decisions are what a team has decided about such faults. One that was accepted and is
	// not among them makes the report wrong. Nil is no decisions, and none are needed.
	Decisions *Decisions
}

// Fails reports whether the result alone makes the report wrong: a hole, a service that fell
// over, an answer that says nothing about the token, or a policy fault that was not decided
// about where that was asked for. No policy fault fails otherwise than by being accepted, or by making the service fall
// over.
func (r *Report) Fails(result *Result) bool {
	switch result.Kind() {
	case KindHole, KindFellOver:
		return true
	case KindUnknown:
		return result.Case.Policy == "" || r.Policy == PolicyFail
	case KindPolicy:
		return (r.Policy == PolicyFail || r.Decisions != nil) && r.Decisions.About(result.Case.Name) == nil
	default:
		return false
	}
}
