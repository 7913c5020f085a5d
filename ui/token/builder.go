package token

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// builder builds the lines of a pane.
type builder struct {
	t     *widget.Theme
	clock explain.Clock
	size  size
	folds *frame.Folds
	grid  grid // of the claims
	lines []line
}

// size is the room of a pane, as far as its lines depend on it.
type size struct {
	width int
	roomy bool // blank lines stand between the groups
	tall  bool // what folds is open unless the user has folded it
}

// grid says where the columns of rows are, in cells from the left. In front of the names is
// the mark of the cursor.
//
//	  jti               14d11e32fd18d4289f1cce03eed96044
//	▌ ▸ realm_access    2 roles: offline_access, admin
type grid struct{ name, value int }

const (
	mark     = 2  // the cells of the mark
	narrow   = 48 // below this the columns move together
	leastRow = 8  // the least width of the names, and the most in a narrow pane
	mostRow  = 18 // the most, so that one long name does not push all values away
)

// gridFor returns the grid of rows whose longest name has that many cells.
func gridFor(width, longest, depth int) grid {
	g := grid{name: mark + 2*depth}
	gap, most := 2, mostRow
	if width < narrow {
		gap, most = 1, leastRow
	}
	g.value = g.name + min(longest, most) + gap
	return g
}

func (b *builder) add(text string) { b.lines = append(b.lines, line{text: text}) }

// group separates a group from the one before it, if there is room.
func (b *builder) group() {
	if n := len(b.lines); b.size.roomy && n > 0 && (b.lines[n-1].row != nil || b.lines[n-1].text != "") {
		b.add("")
	}
}

// paragraph adds wrapped text after a sign. The lines after the first are indented.
func (b *builder) paragraph(sign, text string, style lipgloss.Style) {
	indent := widget.Width(sign)
	for i, line := range widget.Wrap(visible.Text(text), b.size.width-indent) {
		if i > 0 {
			sign = strings.Repeat(" ", indent)
		}
		b.add(style.Render(sign + line))
	}
}

// line adds an explanation with the sign of its tone.
func (b *builder) line(l explain.Line, style lipgloss.Style) {
	b.paragraph(l.Tone.Sign()+" ", l.String(), style)
}

// stated adds an explanation of which the label is loud and the rest is not.
func (b *builder) stated(l explain.Line) {
	first, style := len(b.lines), b.t.Tone(l.Tone)
	b.line(l, b.t.Faint)
	lead := visible.Text(l.Tone.Sign() + " " + l.Label)
	if l.Label == "" || first == len(b.lines) {
		return
	}
	wrapped := widget.Wrap(visible.Text(l.String()), b.size.width-2)[0]
	if text := l.Tone.Sign() + " " + wrapped; strings.HasPrefix(text, lead+":") {
		b.lines[first].text = style.Bold(true).Render(lead) + b.t.Faint.Render(strings.TrimPrefix(text, lead))
	}
}

// labelled adds a text beside a label in the column of the names.
func (b *builder) labelled(label, text string, style lipgloss.Style) {
	indent := strings.Repeat(" ", b.grid.name)
	lead := indent + b.t.Faint.Render(widget.Fit(label, b.grid.value-b.grid.name))
	for _, part := range widget.Wrap(visible.Text(text), max(8, b.size.width-b.grid.value)) {
		b.add(lead + style.Render(part))
		lead = strings.Repeat(" ", b.grid.value)
	}
}
