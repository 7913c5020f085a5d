package token

import (
	"bytes"
	"encoding/json"
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// painter draws the rows of a pane: everything of them but the cursor and the time.
type painter struct {
	t       *widget.Theme
	clock   explain.Clock
	cells   int // of a row, without the mark
	preview bool
}

// paint draws a row.
func (p painter) paint(r *row) drawn {
	switch r.kind {
	case partRow:
		value := ""
		if !r.open {
			value = p.inline(r.inside, p.room(r))
		}
		return p.lay(r, p.t.Faint.Render(r.label), value, "", "")
	case compactRow:
		return p.lay(r, p.t.Faint.Render(r.label), r.value, "", r.right)
	case memberRow:
	}
	m := r.member
	name := visible.Text(m.Name)
	if m.AtFault {
		name = p.t.Bad.Render(faultSign + name)
	} else {
		name = p.t.Name.Render(name)
	}
	if moment := m.Moment(p.clock); moment != "" && m.Date != nil {
		return p.date(r, name, moment)
	}
	return p.lay(r, name, p.value(r), visible.Text(p.note(m)), "")
}

// note says what stands at the right edge: where a member comes from, or what it is.
func (p painter) note(m *explain.Member) string {
	if m.From != "" {
		return m.From
	}
	return m.Note(p.clock)
}

// lay puts name, value and a note into the columns of a row. A note that has no room is
// left out; what must be there is given as a second one.
func (p painter) lay(r *row, name, value, note, must string) drawn {
	left := p.lead(r, name)
	room := p.cells - widget.Width(left)
	right := p.t.Faint.Render(note)
	if must != "" {
		right = p.t.Faint.Render(must)
		room -= widget.Width(must) + 2
	}
	if used := widget.Width(value); used > room || must == "" && used+2+widget.Width(note) > room {
		if must == "" {
			right = ""
		}
		value = widget.Clip(value, max(1, room))
	}
	return drawn{left: left + value, right: right}
}

const (
	folded   = "▸ " // before the name of what unfolds
	unfolded = "▾ "
)

// lead draws what stands between the mark and the value: the sign of what folds, and the
// name.
func (p painter) lead(r *row, name string) string {
	sign := ""
	switch {
	case r.open:
		sign = unfolded
	case r.folds && (r.member == nil || shortArray(r.member, p.room(r)) == ""):
		sign = folded
	}
	lead := strings.Repeat(" ", max(0, r.grid.name-mark)) + p.t.Faint.Render(sign) + name
	lead = widget.Clip(lead, max(1, p.cells-4)) // something is seen of the value
	gap := max(1, r.grid.value-mark-widget.Width(lead))
	return lead + strings.Repeat(" ", gap)
}

// date draws a member that is a date. A preview says how long after its iat it is.
func (p painter) date(r *row, name, moment string) drawn {
	d := drawn{left: p.lead(r, name) + p.t.Plain.Render(moment), number: "   " + p.t.Number.Render(r.member.Text)}
	if p.preview && r.member.From != "" {
		d.left, d.right, d.number = d.left+d.number, p.t.Faint.Render(visible.Text(r.member.From)), ""
		return d
	}
	d.date = r.member
	return d
}

// value draws a value in the colour of its type. Of an object it is a summary.
func (p painter) value(r *row) string {
	m := r.member
	room := p.room(r)
	switch {
	case r.open && m.Holds():
		return ""
	case bytes.HasPrefix(m.Raw, []byte{'"'}):
		return p.t.Str.Render(visible.Text(cut(m.Text, room)))
	case m.Holds():
		if short := shortArray(m, room); short != "" {
			return colorJSON(p.t, short)
		}
		return p.t.Plain.Render(visible.Text(cut(m.Summary(), room)))
	default:
		return colorJSON(p.t, visible.Text(cut(m.Text, room)))
	}
}

// room returns how many cells a value has in its column.
func (p painter) room(r *row) int { return p.cells + mark - r.grid.value }

// cut returns the start of a text that is much too long to be drawn in that many cells, so
// that drawing it costs no more than drawing a short one.
func cut(text string, cells int) string {
	if most := 16*cells + 64; len(text) > most {
		return text[:most]
	}
	return text
}

// shortArray returns an array of plain values that fits into a line as JSON, or nothing.
func shortArray(m *explain.Member, cells int) string {
	if !m.Holds() || len(m.Text) > 8*cells || m.Raw[0] != '[' || bytes.ContainsAny(m.Raw[1:], "{[") {
		return ""
	}
	text := visible.Text(m.Text)
	if widget.Width(text) > cells {
		return ""
	}
	return text
}

// inline draws members beside each other: "alg ES256 · typ JWT".
func (p painter) inline(all []explain.Member, cells int) string {
	parts := p.pairs(all, 0)
	if widget.Width(parts) > cells {
		parts = p.pairs(all, longValue)
	}
	return parts
}

// longValue is how much of a value is shown if not all of them have room.
const longValue = 12

// pairs draws members beside each other, each value in at most that many cells.
func (p painter) pairs(all []explain.Member, most int) string {
	var line strings.Builder
	for i := range all {
		m := &all[i]
		if i > 0 {
			line.WriteString(p.t.Faint.Render(" · "))
		}
		name, style := visible.Text(m.Name), p.t.Name
		if m.AtFault {
			name, style = faultSign+name, p.t.Bad
		}
		text := visible.Text(cut(m.Text, p.cells))
		if most > 0 {
			text = widget.Clip(text, most)
		}
		line.WriteString(style.Render(name) + " " + p.t.Plain.Render(text))
		if widget.Width(line.String()) > p.cells {
			break
		}
	}
	return line.String()
}

// whole says whether a value has room in its row, and if it has not and is open, adds all
// of it below.
func (b *builder) whole(r *row) {
	m := r.member
	text := visible.Text(m.Text)
	room := b.size.width - max(r.grid.value, r.grid.name+nameWidth(m)+1)
	if m.Date != nil {
		text += "   " + m.Moment(b.clock) + "  in 59m 59s"
	}
	if r.folds = widget.Width(text) > room; !r.folds {
		return
	}
	if r.open = b.folds.Open(r.id, false); !r.open {
		return
	}
	indent := strings.Repeat(" ", r.grid.name+2)
	if m.Date != nil {
		b.lines = append(b.lines, line{text: indent + b.t.Number.Render(m.Text) + "  ", date: m})
		return
	}
	for _, part := range wholeValue(b.t, m, b.size.width-widget.Width(indent)) {
		b.add(indent + part)
	}
}

// wholeValue draws a value in as many lines as it needs. Text without quotes has another
// colour than JSON.
func wholeValue(t *widget.Theme, m *explain.Member, width int) []string {
	if !bytes.HasPrefix(m.Raw, []byte{'"'}) {
		return jsonLines(t, json.RawMessage(m.Text), width)
	}
	return styled(widget.Chop(visible.Text(m.Text), width), t.Str)
}

// styled draws every line in the same style.
func styled(lines []string, style lipgloss.Style) []string {
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}
