package token

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// row is one line of the pane. The distance of its date from now is added when the
// line is drawn, so that the rows need not be built every second.
type row struct {
	text string
	date *explain.Member // nil for a row without a date
}

// draw returns the line at an instant.
func (r row) draw(t *widget.Theme, now time.Time, width int) string {
	if r.date == nil {
		return r.text
	}
	distance := r.date.Distance(now)
	if distance == "" || width-widget.Width(r.text)-2 < len(distance) {
		return r.text
	}
	return r.text + ", " + t.Plain.Render(distance)
}

// builder builds the rows of a pane.
type builder struct {
	t     *widget.Theme
	clock explain.Clock
	width int
	rows  []row
}

func (b *builder) add(text string) { b.rows = append(b.rows, row{text: text}) }

func (b *builder) blank() {
	if len(b.rows) > 0 {
		b.add("")
	}
}

// paragraph adds wrapped text after a sign. The lines after the first are indented.
func (b *builder) paragraph(sign, text string, style lipgloss.Style) {
	indent := widget.Width(sign)
	for i, line := range widget.Wrap(visible.Text(text), b.width-indent) {
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
