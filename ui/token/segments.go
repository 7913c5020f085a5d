package token

import (
	"fmt"

	"charm.land/lipgloss/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

const (
	// shortPart is how many lines a part of a token may take before it is folded.
	shortPart = 6
	// labelWidth is the width of the labels at the left.
	labelWidth = 11
	// faultSign stands before what is wrong with a token that has a fault.
	faultSign = "✗ "
)

// segments draws the serialization, its parts by colour and by label, and reports
// whether it is long enough to be folded.
func (b *builder) segments(parts []explain.Segment, whole bool) bool {
	if len(parts) == 0 {
		return false
	}
	b.blank()
	lead, bytes := labelWidth, 0
	for i := range parts {
		bytes += len(parts[i].Text)
		lead = max(lead, widget.Width(label(parts[i]))+2)
	}
	if lead > b.width/2 {
		lead = 0
	}
	long := false
	for i, part := range parts {
		long = b.segment(part, b.segmentStyle(i, len(parts)), lead, whole) || long
	}
	if long {
		hint := "s shows all of it"
		if whole {
			hint = "s folds it"
		}
		b.add(b.t.Faint.Render(fmt.Sprintf("%12d bytes · %s", bytes, hint)))
	}
	return long
}

func label(s explain.Segment) string {
	if s.AtFault {
		return faultSign + s.Label
	}
	return s.Label
}

// segmentStyle returns the style of a part by its place: of an encrypted token, the
// last two of five are what the payload and the signature are of a signed one.
func (b *builder) segmentStyle(place, of int) lipgloss.Style {
	switch {
	case place == 0:
		return b.t.Header
	case place < of-2:
		return b.t.Plain
	case place == of-1 && of > 2:
		return b.t.Signature
	default:
		return b.t.Payload
	}
}

// segment draws a part after its label, or below it when lead is 0, and reports
// whether it is long enough to be folded.
func (b *builder) segment(s explain.Segment, style lipgloss.Style, lead int, whole bool) bool {
	lines := widget.Chop(visible.Text(s.Text), b.width-lead)
	shown, long := lines, len(lines) > shortPart
	if long && !whole {
		shown = append(append([]string{}, lines[:2]...), "…", lines[len(lines)-1])
	}
	if lead == 0 {
		b.add(b.t.Faint.Render(label(s)))
	}
	for i, line := range shown {
		name := ""
		if i == 0 {
			name = label(s)
		}
		b.add(b.t.Faint.Render(widget.Fit(name, lead)) + style.Render(line))
	}
	return long
}
