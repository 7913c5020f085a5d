package buffer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// motion returns where a key moves a cursor to. The cursor stands between two characters
// before and afterwards.
type motion func(text string, at int) int

// Next returns the place behind the character at a place.
func Next(text string, at int) int {
	switch {
	case at >= len(text):
		return len(text)
	case between(text, at+1):
		return at + 1
	default:
		cluster, _ := ansi.FirstGraphemeCluster(text[at:], ansi.GraphemeWidth)
		return at + len(cluster)
	}
}

// previous returns the place before the character in front of a place.
func previous(text string, at int) int {
	if at <= 0 {
		return 0
	}
	before := safe(text, at-1)
	for next := Next(text, before); next < at; next = Next(text, before) {
		before = next
	}
	return before
}

// boundary returns the first place between two characters from a place on.
func boundary(text string, at int) int {
	place := safe(text, at)
	for place < at {
		place = Next(text, place)
	}
	return place
}

// safe returns a place not behind that one which is certainly between two characters.
func safe(text string, at int) int {
	for !between(text, at) {
		at--
	}
	return at
}

// between reports whether a place is between two characters already because of the bytes
// beside it: at an end of the text, beside a line break, or between two ASCII characters.
// The text has no carriage return.
func between(text string, at int) bool {
	return at <= 0 || at >= len(text) || text[at-1] == '\n' || text[at] == '\n' ||
		text[at-1] < utf8.RuneSelf && text[at] < utf8.RuneSelf
}

func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

func textStart(string, int) int { return 0 }

func textEnd(text string, _ int) int { return len(text) }

// killStart is lineStart, or the place before the line break when that is here already.
func killStart(text string, at int) int {
	if start := lineStart(text, at); start < at {
		return start
	}
	return previous(text, at)
}

// killEnd is lineEnd, or the place behind the line break when that is here already.
func killEnd(text string, at int) int {
	if end := lineEnd(text, at); end > at {
		return end
	}
	return Next(text, at)
}

// wordEnd returns the end of the next word.
func wordEnd(text string, at int) int {
	at = skip(text, at, func(r rune) bool { return !inWord(r) })
	return boundary(text, skip(text, at, inWord))
}

// wordStart returns the start of the word before.
func wordStart(text string, at int) int {
	at = skipBack(text, at, func(r rune) bool { return !inWord(r) })
	return boundary(text, skipBack(text, at, inWord))
}

// blankStart returns the start of the word before, of everything but white space.
func blankStart(text string, at int) int {
	at = skipBack(text, at, unicode.IsSpace)
	return boundary(text, skipBack(text, at, func(r rune) bool { return !unicode.IsSpace(r) }))
}

// inWord reports whether a character belongs to a word, as readline counts.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func skip(text string, at int, which func(rune) bool) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !which(r) {
			break
		}
		at += size
	}
	return at
}

func skipBack(text string, at int, which func(rune) bool) int {
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if !which(r) {
			break
		}
		at -= size
	}
	return at
}
