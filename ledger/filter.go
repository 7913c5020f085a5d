package ledger

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth/jsontext"
)

// filter is a query with what the line of a row must contain. It is faster than reading the
// row.
type filter struct {
	Query
	since, until string   // as in a row, or empty
	all          []string // each is in the line
	one          []string // one of them is in the line, if there are any
	id           string   // the start of the "jti", if the line has one, or empty
	folded       string   // is in the line, whatever the case of its letters
	letters      []string // one of them is in the line, if there are any: a letter that is not ASCII, in every case
}

// filter returns the filter of the query.
func (q *Query) filter() filter {
	f := filter{Query: *q}
	if !q.Since.IsZero() {
		f.since = q.Since.UTC().Format(timeLayout)
	}
	if !q.Until.IsZero() {
		f.until = q.Until.UTC().Format(timeLayout)
	}
	for name, value := range map[string]string{
		"sub": q.Subject, memberPersona: q.Persona, memberProfile: q.Profile, "face": q.Face, "settings": q.Settings,
	} {
		if value != "" {
			f.all = append(f.all, memberText(name, value))
		}
	}
	if q.HasPersona {
		f.all = append(f.all, `,"`+memberPersona+`":"`)
	}
	if q.ID != "" {
		f.id = strings.TrimSuffix(memberText("jti", q.ID), `"`)
	}
	if q.Key != "" {
		f.one = []string{memberText("key", q.Key), memberText("kid", q.Key)}
	}
	lower := strings.ToLower(q.Text)
	f.folded, f.letters = plainRun(lower), letterOf(lower)
	return f
}

// memberText returns a member as it is written in a line. No other text of the line can be
// equal to it, because quotes in a text are written with a backslash.
func memberText(name, value string) string {
	return string(jsontext.AppendQuote([]byte(`,"`+name+`":`), value))
}

// plainRun returns the longest run of ASCII of a text that is written as it is.
func plainRun(text string) string {
	longest := ""
	for _, run := range strings.FieldsFunc(text, func(r rune) bool {
		return r < 0x20 || r > 0x7e || r == '"' || r == '\\'
	}) {
		if len(run) > len(longest) {
			longest = run
		}
	}
	return longest
}

// letterOf returns a character of a text in lower case that is not ASCII, and what else is the
// same in lower case. There are none if the text is ASCII.
func letterOf(lower string) []string {
	at := strings.IndexFunc(lower, func(r rune) bool {
		return r > 0x7f && r != '\u2028' && r != '\u2029' && r != utf8.RuneError // those are written as escapes
	})
	if at < 0 {
		return nil
	}
	letter, _ := utf8.DecodeRuneInString(lower[at:])
	all := []string{string(letter)}
	for r := unicode.SimpleFold(letter); r != letter; r = unicode.SimpleFold(r) {
		all = append(all, string(r))
	}
	return all
}

// anyBase64 is in the line of every row with a text that is not UTF-8. It is not written as it
// is then.
const anyBase64 = inBase64 + `":"`

// anyID is in the line of every row that has a "jti".
const anyID = `,"jti":"`

// mayMatch reports whether the row of the line may be one that the query finds.
func (f *filter) mayMatch(line []byte) bool {
	when := line[min(len(rowStart), len(line)):min(len(rowStart)+len(timeLayout), len(line))]
	if f.since != "" && string(when) < f.since || f.until != "" && string(when) > f.until {
		return false
	}
	for _, text := range f.all {
		if !bytes.Contains(line, []byte(text)) {
			return false
		}
	}
	if len(f.one) > 0 && !bytes.Contains(line, []byte(f.one[0])) && !bytes.Contains(line, []byte(f.one[1])) {
		return false
	}
	if f.id != "" && !bytes.Contains(line, []byte(f.id)) && bytes.Contains(line, []byte(anyID)) {
		return false
	}
	return f.mayHold(line) || bytes.Contains(line, []byte(anyBase64))
}

// mayHold reports whether the line may contain the text of the query.
func (f *filter) mayHold(line []byte) bool {
	has := func(letter string) bool { return bytes.Contains(line, []byte(letter)) }
	return (f.letters == nil || slices.ContainsFunc(f.letters, has)) && containsFold(line, f.folded)
}

// containsFold reports whether the line contains a text of ASCII in lower case, whatever the
// case of its own letters. It looks for the character first that is rarest in a row.
func containsFold(line []byte, lower string) bool {
	if lower == "" {
		return true
	}
	anchor := rarest(lower)
	small := lower[anchor]
	if holdsAt(line, lower, anchor, small) {
		return true
	}
	large := small
	if 'a' <= small && small <= 'z' {
		large -= 'a' - 'A'
	}
	return large != small && holdsAt(line, lower, anchor, large)
}

// holdsAt is containsFold where the character at the anchor is c.
func holdsAt(line []byte, lower string, anchor int, c byte) bool {
	for at := anchor; at < len(line); at++ {
		next := bytes.IndexByte(line[at:], c)
		if next < 0 {
			return false
		}
		at += next
		start := at - anchor
		if start+len(lower) > len(line) {
			return false
		}
		if equalsFold(line[start:start+len(lower)], lower) {
			return true
		}
	}
	return false
}

// rarest returns the place of the character that is rarest in rows.
func rarest(lower string) int {
	const common = `",:0123456789eaisrtdonclupbfymhg.@-_{}kvjwxzq` // the most frequent first
	best, place := -1, 0
	for i := range len(lower) {
		rank := strings.IndexByte(common, lower[i])
		if rank < 0 {
			return i
		}
		if rank > best {
			best, place = rank, i
		}
	}
	return place
}

func equalsFold(text []byte, lower string) bool {
	for n := range text {
		if lowerByte(text[n]) != lower[n] {
			return false
		}
	}
	return true
}

func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
