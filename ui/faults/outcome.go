package faults

import (
	"strconv"
	"strings"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/probe"
	"tokendesk/ui/widget"
)

// outcomeWidth is the width of the column of outcomes.
const outcomeWidth = 20

// known is the latest that is known about a fault.
type known struct {
	probe.Result

	run    int    // which found it
	before string // what the run before found, if that was something else
}

// outcome says what came of the fault of that name, or nothing while that is not
// known.
func (p *probing) outcome(name string) explain.Line {
	r, tried := p.results[name]
	if !tried {
		return explain.Line{}
	}
	return explain.Outcome(r.Result)
}

// answered is outcome with what the API answered, and with what it did before.
func (p *probing) answered(name string) explain.Line {
	r, tried := p.results[name]
	if !tried {
		return explain.Line{}
	}
	line := explain.Answer(r.Result)
	if r.before != "" {
		line.Text += " (" + r.before + " in the run before)"
	}
	return line
}

// column draws the outcome of a fault in a column of its own, which appears when a
// probe begins. What a run before this one found stands in brackets.
func (p *probing) column(t *widget.Theme, f *fault.Fault, impossible bool) string {
	if len(p.results) == 0 && !p.running() {
		return ""
	}
	r, tried := p.results[f.Name]
	came := p.outcome(f.Name)
	style, text := t.Faint, "· not tried"
	switch {
	case !tried && impossible:
		text = "· not made"
	case tried && r.run != p.number:
		text = "(" + came.Tone.Sign() + " " + came.Text + ")"
	case tried:
		style, text = t.Tone(came.Tone), came.Tone.Sign()+" "+came.Text
		if r.before != "" {
			text += " ≠"
		}
	}
	return style.Render(widget.Fit(text, outcomeWidth-2)) + "  "
}

// counts are how many faults had each kind of outcome in a run.
type counts struct {
	of      map[probe.Kind]int
	untried int
	differs int // from the run before
}

// count counts what the current run has found.
func (p *probing) count(of *catalogue) counts {
	n := counts{of: map[probe.Kind]int{}}
	for _, f := range of.all {
		r, tried := p.results[f.Name]
		if !tried || r.run != p.number {
			if of.impossible[f.Name] == "" {
				n.untried++
			}
			continue
		}
		n.of[r.Kind()]++
		if r.before != "" {
			n.differs++
		}
	}
	return n
}

func (n counts) holes() int { return n.of[probe.KindHole] }

// draw draws the counts in a line, the most serious first.
func (n counts) draw(t *widget.Theme) string {
	var parts []string
	add := func(tone widget.Tone, text string) {
		parts = append(parts, t.Tone(tone).Render(tone.Sign()+" "+text))
	}
	for _, kind := range probe.Kinds() {
		if count := n.of[kind]; count > 0 && kind != probe.KindNotMade {
			add(toneOf(kind), kind.Count(count))
		}
	}
	if n.untried > 0 {
		add(widget.Quiet, strconv.Itoa(n.untried)+" not tried")
	}
	if n.differs > 0 {
		parts = append(parts, t.Warn.Render("≠ "+strconv.Itoa(n.differs)+" changed"))
	}
	if count := n.of[probe.KindNotMade]; count > 0 {
		add(widget.Quiet, probe.KindNotMade.Count(count))
	}
	return strings.Join(parts, t.Faint.Render("  "))
}

// toneOf returns the tone of a kind of outcome.
func toneOf(kind probe.Kind) widget.Tone {
	switch kind {
	case probe.KindHole:
		return widget.Bad
	case probe.KindRefused:
		return widget.Good
	default:
		return widget.Warn
	}
}
