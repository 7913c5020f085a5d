package widget

import (
	"strings"
	"unicode"
)

// row is a line of an area, or a part of one that is too long for the width.
type row struct {
	line     int // from 0
	from, to int // in the text, in bytes
	first    bool
}

// wrapRows breaks a text into rows of at most width cells, between words if possible. Each
// line ends with a free cell, for the cursor.
func wrapRows(text string, width int) []row {
	var rows []row
	at, line := 0, 0
	for part := range strings.SplitSeq(text, "\n") {
		r := row{line: line, from: at, first: true}
		for _, n := range breaks(part, width) {
			r.to = at + n
			rows = append(rows, r)
			r = row{line: line, from: r.to}
		}
		r.to = at + len(part)
		rows = append(rows, r)
		at, line = r.to+1, line+1
	}
	return rows
}

// breaks returns where a line is broken, in bytes.
func breaks(line string, width int) []int {
	if len(line) < width && isASCII(line) {
		return nil
	}
	var places []int
	cells, word := 0, 0        // of the row so far; the cells of the last word of it
	start, blank := 0, -1      // where the row begins; behind its last blank
	overflow := func(at int) { // the character there has no room
		if blank > start {
			start = blank
			cells = word
		} else {
			start, cells = at, 0
		}
		word, blank = cells, -1
		places = append(places, start)
	}
	for _, g := range glyphs(line) {
		if cells+g.width > width && g.at > start {
			overflow(g.at)
		}
		if cells+g.width > width && g.at > start { // not even in a row of its own word
			overflow(g.at)
		}
		cells += g.width
		word += g.width
		if strings.IndexFunc(g.text, unicode.IsSpace) == 0 {
			blank, word = g.at+len(g.text), 0
		}
	}
	if cells+1 > width {
		overflow(len(line))
	}
	return places
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}
