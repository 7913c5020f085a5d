package terminal

import (
	"strings"
	"unicode/utf8"
)

// maxSeparators is how many separators a sequence keeps. The decoder has room for 32
// parameters, and no terminal sends more than a dozen.
const maxSeparators = 23

// The control characters that open or close a sequence. The C1 characters are single
// bytes, and also later bytes of many UTF-8 runes.
const (
	bel = 0x07
	esc = 0x1b
	dcs = 0x90
	sos = 0x98
	csi = 0x9b
	st  = 0x9c
	osc = 0x9d
	pm  = 0x9e
	apc = 0x9f
)

// place is the part of the input that the filter is in.
type place int

const (
	text       place = iota
	escape           // after ESC and any intermediate bytes
	parameters       // in a CSI or DCS, up to its final byte
	str              // in the string of a DCS, OSC, SOS, PM or APC
)

// filter finds the sequences in an input, however it is split into reads, and removes
// the bytes in them that crash the decoder.
//
// It need not agree with the decoder about sequences, as long as it sees one wherever
// the decoder may see one. The decoder restarts at unpredictable places: after a
// timeout, in the middle of input that it has not consumed. So every introducer
// counts, wherever it is. The exception is the byte of a C1 introducer inside a UTF-8
// rune, which is text. The decoder treats it as text too, as long as it reads rune by
// rune; unsure is set when it may not.
type filter struct {
	place      place
	kind       byte // the introducer of the sequence, in its C1 form
	short      bool // the introducer is one byte
	first      bool // nothing has followed the introducer
	private    bool // the first byte marks it as private, as in modern mouse reports
	separators int
	unsure     bool // the decoder may be in the middle of a rune
}

// clean removes the dangerous bytes from p, in place, and returns how many bytes are
// left.
func (g *filter) clean(p []byte) int {
	kept := 0
	for i := 0; i < len(p); {
		size := 1
		if p[i] >= utf8.RuneSelf && g.place != str && !g.unsure {
			_, size = utf8.DecodeRune(p[i:])
		}
		keep := true
		if size == 1 {
			keep = g.next(p[i])
		} else {
			g.place = text
		}
		if keep {
			kept += copy(p[kept:], p[i:i+size])
		}
		i += size
	}
	return kept
}

// next processes one byte and reports whether to keep it.
func (g *filter) next(c byte) bool {
	if g.place == str && c >= utf8.RuneSelf && c != st {
		g.unsure = true // a string ends at any ST byte, even within a rune
	}
	switch kind := g.introducer(c); {
	case kind == esc:
		g.place = escape
	case kind == csi || kind == dcs:
		*g = filter{place: parameters, kind: kind, short: c == kind, first: true, unsure: g.unsure}
	case kind != 0:
		g.place, g.kind = str, kind
	case g.place == parameters:
		return g.parameter(c)
	case g.place == escape && isIntermediate(c):
		// ESC, intermediate bytes and [ open a CSI for the decoder.
	case g.place == str && c != st && (c != bel || g.kind != osc):
	default:
		g.place = text
	}
	return true
}

// introducer returns the C1 control character or ESC that c stands for if it opens a
// sequence, else 0.
func (g *filter) introducer(c byte) byte {
	switch c {
	case esc, csi, dcs, osc, sos, pm, apc:
		return c
	}
	if g.place == escape && strings.IndexByte("[P]X^_", c) >= 0 {
		return c + 0x40
	}
	return 0
}

// parameter processes one byte of a CSI or DCS and reports whether to keep it.
func (g *filter) parameter(c byte) bool {
	switch {
	case c == ';' || c == ':':
		if g.separators++; g.separators > maxSeparators {
			return false
		}
	case '0' <= c && c <= '?' || isIntermediate(c):
		g.private = g.private || g.first && c >= '<'
	case g.kind == dcs && isFinal(c):
		g.place = str
	case c == 'M' && g.short && g.first, c == '_' && g.kind == csi:
		return false
	default:
		g.place = text
		// Three bytes of any value follow the M of an old mouse report.
		g.unsure = g.unsure || c == 'M' && !g.private
	}
	g.first = false
	return true
}

func isIntermediate(c byte) bool { return ' ' <= c && c <= '/' }

func isFinal(c byte) bool { return '@' <= c && c <= '~' }
