package widget

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
)

// Look says how an area is drawn.
type Look struct {
	Theme         *Theme
	Width, Height int
	// Sign draws what stands before each row, in Margin cells.
	Sign   func(AreaRow) string
	Margin int
	// Color returns the styles of the parts of a line, in its order. What no part covers
	// is plain. It may be nil.
	Color func(line string) []Part
	// Wrong is the character that is marked.
	Wrong Place
	// Aside returns what stands quiet at the right end of a line, in at most that many
	// cells. It may be nil.
	Aside func(line string, room int) string
}

// AreaRow is a row of an area.
type AreaRow struct {
	Line    int  // of the text, from 0; the rows below the text continue to count
	First   bool // of its line
	Beyond  bool // below the text
	Cursor  bool // the cursor stands in its line
	Focused bool // the area has the cursor
}

// Part is a part of a line, in bytes, with its style.
type Part struct {
	Length int
	Style  *lipgloss.Style
}

// Numbered returns how an area is drawn with the numbers of its lines in a rectangle, and with
// signs at the line and the character that is wrong.
func Numbered(a *Area, t *Theme, in Rect, wrong Place) Look {
	digits := max(2, len(strconv.Itoa(a.Lines())))
	sign := func(r AreaRow) string {
		number := fmt.Sprintf("%*d", digits, r.Line+1)
		switch {
		case r.Beyond || !r.First:
			return ""
		case r.Line+1 == wrong.Line:
			return t.Bad.Render("✗" + number)
		case r.Cursor:
			return " " + t.Plain.Render(number)
		default:
			return " " + t.Faint.Render(number)
		}
	}
	return Look{Theme: t, Width: max(digits+4, in.W), Height: in.H, Sign: sign, Margin: digits + 2, Wrong: wrong}
}

// View draws the area.
func (a *Area) View() string {
	lines := make([]string, 0, a.look.Height)
	hint := Wrap(a.placeholder, max(1, a.look.Width-a.look.Margin))
	at, of := a.rows[a.row()].line, colored{line: -1}
	for i := a.top; i < a.top+a.look.Height; i++ {
		r := AreaRow{Line: a.rows[len(a.rows)-1].line + i - len(a.rows) + 1, First: true, Beyond: true, Focused: a.focused}
		text := ""
		if i < len(a.rows) {
			r.Line, r.First, r.Beyond, r.Cursor = a.rows[i].line, a.rows[i].first, false, a.rows[i].line == at
			of = a.color(of, a.rows[i])
			text = a.draw(a.rows[i], of)
		}
		if a.Value() == "" && i < len(hint) {
			text = a.look.Theme.Faint.Render(hint[i])
		}
		line := Fit(a.look.Sign(r), a.look.Margin) + text
		lines = append(lines, a.aside(line, i))
	}
	return strings.Join(lines, "\n")
}

// aside draws what stands at the right end of a row that is a whole line, in the width of
// the area.
func (a *Area) aside(row string, i int) string {
	width := a.look.Width
	if a.look.Aside == nil || i >= len(a.rows) || !a.rows[i].first || i+1 < len(a.rows) && !a.rows[i+1].first {
		return Fit(row, width)
	}
	text := a.look.Aside(a.Value()[a.rows[i].from:a.rows[i].to], width-Width(row)-len("    "))
	if text == "" {
		return Fit(row, width)
	}
	return Spread(row, a.look.Theme.Faint.Render(text), width-1) + " "
}

// draw draws a row with its colours, the selection and the character that is wrong.
func (a *Area) draw(r row, of colored) string {
	t, text := a.look.Theme, a.Value()
	all := glyphs(text[r.from:r.to])
	styles := of.styles(&t.Plain)
	from, to := a.text.Selection()
	wrong := a.offset(a.look.Wrong)
	if wrong == r.to && (r.to == len(text) || text[r.to] == '\n') { // the end of the line
		all = append(all, glyph{at: len(text[r.from:r.to]), text: " ", width: 1})
	}
	return paint(all, func(at int) *lipgloss.Style {
		switch at += r.from; {
		case at == wrong:
			return &t.Alarm
		case a.focused && from <= at && at < to:
			return &t.Marked
		default:
			return styles(at)
		}
	})
}

// colored is a line with the parts that have a style.
type colored struct {
	line, from int // its number, and where it begins in the text
	parts      []Part
}

// color returns the line of a row, which may be the line of the row before.
func (a *Area) color(last colored, r row) colored {
	if a.look.Color == nil || r.line == last.line {
		return last
	}
	text := a.Value()
	from := strings.LastIndexByte(text[:r.from], '\n') + 1
	line, _, _ := strings.Cut(text[from:], "\n")
	return colored{r.line, from, a.look.Color(line)}
}

// styles returns the style of each place in the text, for places that follow each other.
func (c colored) styles(plain *lipgloss.Style) func(at int) *lipgloss.Style {
	return func(at int) *lipgloss.Style {
		for len(c.parts) > 0 && c.from+c.parts[0].Length <= at {
			c.from += c.parts[0].Length
			c.parts = c.parts[1:]
		}
		if len(c.parts) == 0 {
			return plain
		}
		return c.parts[0].Style
	}
}
