package faults

import (
	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/ui/widget"
)

// outcomeWidth is the width of the column of outcomes.
const outcomeWidth = 20

// outcome says what came of the fault of that name, or nothing while that is not
// known.
func (p *probing) outcome(name string) explain.Line {
	r, known := p.results[name]
	if !known {
		return explain.Line{}
	}
	return explain.Outcome(r)
}

// draw draws the outcome of a fault in a column of its own, which appears when a
// probe begins.
func (p *probing) draw(t *widget.Theme, f *fault.Fault) string {
	if len(p.results) == 0 && !p.running() {
		return ""
	}
	text, came := "…", p.outcome(f.Name)
	if came.Text != "" {
		text = came.Tone.Sign() + " " + came.Text
	}
	return t.Tone(came.Tone).Render(widget.Fit(text, outcomeWidth-2)) + "  "
}
