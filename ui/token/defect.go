package token

import (
	"strconv"
	"strings"

	"tokendesk/auth/fault"
)

// defect says what is wrong with a token that has a fault, and why it must be
// refused.
func (b *rowBuilder) defect(probed string) {
	f := b.fault
	if f == nil {
		return
	}
	b.paragraph("✗ ", f.Wrong, b.t.Bad.Bold(true))
	b.paragraph("  ", "why: "+strings.TrimSuffix(f.Why, ".")+source(f.Source), b.t.Plain)
	expected := "an API should answer " + strconv.Itoa(f.Status)
	if f.StatusWhy != "" {
		expected += ": " + f.StatusWhy
	}
	if f.Policy != "" {
		expected += ". " + f.Policy
	}
	b.paragraph("  ", expected, b.t.Faint)
	if probed != "" {
		b.paragraph("  ", "the API that was probed: "+probed, b.t.Strong)
	}
	b.blank()
}

// atFault reports whether the fault is in that part of the token.
func (b *rowBuilder) atFault(part fault.Part) bool { return b.fault != nil && b.fault.Part == part }

// wrongMembers returns the members of that part which are at fault.
func (b *rowBuilder) wrongMembers(part fault.Part) []string {
	if !b.atFault(part) {
		return nil
	}
	return b.fault.Members
}

// faultSign stands before what is wrong with a token that has a fault.
const faultSign = "✗ "
