package token

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

const (
	// labelWidth is the width of the labels at the left.
	labelWidth = 11
	// faultSign stands before what is wrong with a token that has a fault.
	faultSign = "✗ "
	// compactID names the row of the compact form.
	compactID = "compact"
)

// compact adds the serialization in a row: its parts by colour, cut. Open it is all there.
func (b *builder) compact(parts []explain.Segment) {
	if len(parts) == 0 {
		return
	}
	var all strings.Builder
	label := "token"
	if len(parts) == 1 {
		label = parts[0].Label
	}
	note := ""
	for _, part := range parts {
		all.WriteString(part.Text)
		if part.AtFault {
			note = faultSign + part.Label + " · "
		}
	}
	r := &row{id: compactID, kind: compactRow, label: label, grid: b.grid, folds: true, open: b.folds.Open(compactID, false)}
	r.copied = all.String()
	size := phrase.Count(len(r.copied), "byte", "bytes")
	switch {
	case r.open:
		r.right = note + "f folds · " + size
	case b.size.width < narrow:
		r.right = note + size
	default:
		r.right = note + "f unfolds · " + size
	}
	b.lines = append(b.lines, line{row: r})
	if r.open {
		b.segments(parts)
		return
	}
	r.value = b.short(parts, b.size.width-b.grid.value-widget.Width(r.right)-2)
}

// short draws the starts of the parts in that many cells. What is not used by one is for
// the others.
func (b *builder) short(parts []explain.Segment, cells int) string {
	var out strings.Builder
	for i, part := range parts {
		share := cells / (len(parts) - i)
		text := widget.Clip(visible.Text(cut(part.Text, cells)), max(1, share))
		cells -= widget.Width(text)
		out.WriteString(b.segmentStyle(i, len(parts)).Render(text))
	}
	return out.String()
}

// segments draws the serialization whole, its parts by colour and by label.
func (b *builder) segments(parts []explain.Segment) {
	lead := labelWidth
	for i := range parts {
		lead = max(lead, widget.Width(segmentLabel(parts[i]))+2)
	}
	if lead > b.size.width/2 {
		lead = 0
	}
	for i, part := range parts {
		style, label := b.segmentStyle(i, len(parts)), segmentLabel(part)
		if lead == 0 {
			b.add(b.t.Faint.Render(label))
		}
		for _, text := range widget.Chop(visible.Text(part.Text), b.size.width-lead) {
			b.add(b.t.Faint.Render(widget.Fit(label, lead)) + style.Render(text))
			label = ""
		}
	}
}

func segmentLabel(s explain.Segment) string {
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
