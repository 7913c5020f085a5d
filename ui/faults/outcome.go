package faults

import (
	"strconv"

	"tokendesk/auth/fault"
	"tokendesk/probe"
	"tokendesk/ui/widget"
)

// outcomeWidth is the room for what came of a fault.
const outcomeWidth = 20

// outcome says what came of a fault with a sign and a word, or nothing as long as
// that is not known.
func (p *probing) outcome(f *fault.Fault) (string, widget.Tone) {
	r, known := p.results[f.Name]
	if !known {
		return "", widget.Quiet
	}
	tone, sign := widget.Warn, "▲ "
	switch {
	case r.Outcome == probe.NotMade:
		tone, sign = widget.Quiet, "– "
	case r.Right:
		tone, sign = widget.Good, "✓ "
	case r.Outcome == probe.LetIn:
		tone, sign = widget.Bad, "✗ "
	}
	text := sign + string(r.Outcome)
	if r.Status != 0 {
		text += " " + strconv.Itoa(r.Status)
	}
	return text, tone
}

// draw draws what came of a fault in a column of its own, which is there once a
// probe was begun.
func (p *probing) draw(t *widget.Theme, f *fault.Fault) string {
	if len(p.results) == 0 && !p.running() {
		return ""
	}
	text, tone := p.outcome(f)
	if text == "" {
		text = "…"
	}
	return t.Tone(tone).Render(widget.Fit(text, outcomeWidth-2)) + "  "
}
