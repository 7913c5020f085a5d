package plain

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// row is what a terminal shows behind the prompt. It is changed with the characters that every
// terminal knows: a backspace moves the cursor, and text replaces text.
type row struct {
	text string
	at   int // the cells before the cursor
	// part says that the text is longer than the row and only a part of it is shown: nothing
	// goes back over the edge of the terminal.
	part bool
}

// The signs for what is left out of a part of a line.
const (
	moreBefore = "<"
	moreBehind = ">"
)

// draw shows a text with the cursor behind the part of it that is given as before.
func (r *row) draw(out io.Writer, terminal *os.File, prompt, text, before string) {
	width, _, err := term.GetSize(terminal.Fd())
	if err != nil || width <= 0 {
		width = 80
	}
	room := max(width-ansi.StringWidth(prompt)-1, 8)
	grows := strings.HasPrefix(text, r.text) && len(before) == len(text) && r.at == ansi.StringWidth(r.text)
	at := ansi.StringWidth(before)
	switch fits := ansi.StringWidth(text) <= room && ansi.StringWidth(r.text) <= room; {
	case !r.part && (fits || grows):
	case !r.part:
		fmt.Fprint(out, "\n"+prompt)
		*r = row{part: ansi.StringWidth(text) > room}
		if r.part {
			text, at = window(text, at, room)
		}
	default:
		text, at = window(text, at, room)
	}
	r.change(out, text, at)
}

// window returns the part of a text around its cursor that fits into so many cells.
func window(text string, at, room int) (part string, cursor int) {
	width := ansi.StringWidth(text)
	if width <= room {
		return text, at
	}
	first := min(max(0, at-room*2/3), width-room+1)
	var out strings.Builder
	used := 0
	if first > 0 {
		out.WriteString(moreBefore)
		first, used = first+1, 1
	}
	for column, rest := 0, text; rest != ""; {
		cluster, cells := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		rest = rest[len(cluster):]
		if column >= first {
			if used+cells > room-1 {
				out.WriteString(moreBehind)
				break
			}
			out.WriteString(cluster)
			used += cells
		} else if column+cells > first {
			first = column + cells // half of it would be shown
		}
		column += cells
	}
	return out.String(), max(0, at-first) + min(1, first)
}

// change makes the terminal show another text and cursor.
func (r *row) change(out io.Writer, text string, at int) {
	same := 0
	for same < min(len(text), len(r.text)) && text[same] == r.text[same] {
		same++
	}
	for same > 0 && (insideRune(text, same) || insideRune(r.text, same)) {
		same--
	}
	column := ansi.StringWidth(text[:same])
	end := ansi.StringWidth(text)
	if text != r.text {
		r.move(out, column)
		gone := max(0, ansi.StringWidth(r.text)-end)
		fmt.Fprint(out, text[same:]+strings.Repeat(" ", gone)+strings.Repeat("\b", gone))
		r.text, r.at = text, end
	}
	r.move(out, at)
}

// move moves the cursor.
func (r *row) move(out io.Writer, to int) {
	if to < r.at {
		fmt.Fprint(out, strings.Repeat("\b", r.at-to))
	} else if to > r.at {
		fmt.Fprint(out, ansi.Cut(r.text, r.at, to))
	}
	r.at = to
}

func insideRune(s string, i int) bool { return i < len(s) && !utf8.RuneStart(s[i]) }
