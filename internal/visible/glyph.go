package visible

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	maxMarks = 4 // Hebrew with vowels and cantillation has three, Vietnamese two
	maxJoins = 3 // a family of four

	nonJoiner     = '\u200c'
	joiner        = '\u200d'
	emojiSelector = '\ufe0f'
)

// glyph is the last character on the screen, which a mark, a joiner or a selector
// that follows would change.
type glyph struct {
	base  rune // the character itself, 0 if there is none
	last  rune // its latest rune
	marks int  // how many marks without width it has
	joins int  // how many emoji are joined to it
}

// takes reports whether r can be shown as it is after g and before rest, and adds it
// if so.
func (g *glyph) takes(r rune, rest string) bool {
	switch {
	case r < utf8.RuneSelf:
		*g = glyph{base: r, last: r}
		return ' ' <= r && r <= '~'
	case r == joiner || r == nonJoiner:
		return g.takesJoiner(r, rest)
	case r == emojiSelector:
		if !g.isBareEmoji() {
			return false
		}
	case isSkinTone(r) && g.isBareEmoji():
	case !strconv.IsPrint(r) || unicode.Is(inkless, r):
		return false
	case !isMark(r):
		joins := 0
		if g.last == joiner { // r is joined to an emoji
			joins = g.joins
		}
		*g = glyph{base: r, last: r, joins: joins}
		return true
	case g.base == 0:
		return false
	case !unicode.Is(unicode.Mc, r):
		if g.marks++; g.marks > maxMarks {
			return false
		}
	}
	g.last = r
	return true
}

// takesJoiner is takes for a joiner and a non-joiner.
func (g *glyph) takesJoiner(r rune, rest string) bool {
	switch {
	case r == joiner && g.joinsEmoji(rest):
		g.joins++
		g.last = r
		return true
	case g.joinsLetters(r, rest):
		*g = glyph{}
		return true
	default:
		return false
	}
}

// isBareEmoji reports whether g is an emoji without marks, selectors or skin tone.
func (g *glyph) isBareEmoji() bool { return g.last == g.base && isEmoji(g.base) }

// isMark reports whether r is drawn onto the character before it: a combining
// mark, or a Hangul vowel or final consonant that completes a syllable.
func isMark(r rune) bool {
	return unicode.Is(unicode.M, r) || unicode.Is(conjoining, r)
}

// joinsLetters reports whether the joiner or non-joiner r changes how g and the rest
// after it are drawn, and so is visible.
func (g *glyph) joinsLetters(r rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsLetter(next) {
		return false
	}
	if unicode.Is(viramas, g.last) {
		return true
	}
	return r == nonJoiner && unicode.Is(unicode.Arabic, next) && joinsLeft(g.base)
}

// joinsLeft reports whether r is an Arabic letter that takes the form of its
// middle or beginning when a letter follows.
func joinsLeft(r rune) bool {
	return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) && !unicode.Is(neverJoinLeft, r)
}

// joinsEmoji reports whether a joiner makes one picture of the emoji g and the emoji
// at the start of rest. A narrow emoji needs its selector, because it would be
// measured as one cell but drawn in two.
func (g *glyph) joinsEmoji(rest string) bool {
	switch {
	case g.joins == maxJoins || !isEmoji(g.base):
		return false
	case g.last == emojiSelector, isSkinTone(g.last):
	case g.last != g.base || ansi.StringWidth(string(g.base)) != 2:
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return isEmoji(next)
}

// isEmoji reports whether r is a pictograph, which a joiner can join (Unicode annex
// 29, rule GB11).
func isEmoji(r rune) bool {
	if !unicode.In(r, unicode.So, unicode.Sm) {
		return false
	}
	joined := string(r) + string(joiner) + "👩"
	cluster, _ := ansi.FirstGraphemeCluster(joined, ansi.GraphemeWidth)
	return cluster == joined
}

// isSkinTone reports whether r colours the emoji before it.
func isSkinTone(r rune) bool { return '\U0001f3fb' <= r && r <= '\U0001f3ff' }

// inkless are the runes that draw nothing although strconv.IsPrint accepts them.
var inkless = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034f, 0x034f, 1}, // combining grapheme joiner
		{0x115f, 0x1160, 1}, // Hangul fillers
		{0x17b4, 0x17b5, 1}, // Khmer inherent vowels
		{0x180b, 0x180f, 1}, // Mongolian variation selectors
		{0x2028, 0x2029, 1}, // line and paragraph separator
		{0x2800, 0x2800, 1}, // blank Braille pattern
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xfe00, 0xfe0f, 1}, // variation selectors
		{0xffa0, 0xffa0, 1}, // halfwidth Hangul filler
	},
	R32: []unicode.Range32{
		{0x16fe4, 0x16fe4, 1}, // Khitan filler
		{0xe0100, 0xe01ef, 1}, // variation selectors
	},
}

// conjoining are the Hangul vowels and final consonants.
var conjoining = &unicode.RangeTable{
	R16: []unicode.Range16{{0x1161, 0x11ff, 1}, {0xd7b0, 0xd7fb, 1}},
}

// viramas are the signs in the scripts of India and Sri Lanka that join two
// consonants, or show that they are not joined.
var viramas = &unicode.RangeTable{
	R16: []unicode.Range16{{0x094d, 0x0d4d, 0x80}, {0x0dca, 0x0dca, 1}},
}

// neverJoinLeft are the Arabic letters that join only the letter before them, or
// none: a non-joiner after them would change nothing.
var neverJoinLeft = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0621, 0x0625, 1},
		{0x0627, 0x0629, 2},
		{0x062f, 0x0632, 1},
		{0x0648, 0x0648, 1},
		{0x0671, 0x0677, 1},
		{0x0688, 0x0699, 1},
		{0x06c0, 0x06c0, 1},
		{0x06c3, 0x06cb, 1},
		{0x06cd, 0x06cf, 2},
		{0x06d2, 0x06d5, 1},
		{0x06ee, 0x06ef, 1},
	},
}
