package ledger

import (
	"bytes"
	"strings"

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
	f.folded = plainRun(strings.ToLower(q.Text))
	return f
}

// memberText returns a member as it is written in a line. No other text of the line can be
// equal to it, because quotes in a text are written with a backslash.
func memberText(name, value string) string {
	return string(jsontext.AppendQuote([]byte(`,"`+name+`":`), value))
}

// plainRun returns the longest run of characters of a text that are written as they are,
// even in a text within a text.
func plainRun(text string) string {
	longest := ""
	for _, run := range strings.FieldsFunc(text, func(r rune) bool {
		return r < 0x20 || r > 0x7e || r == '"' || r == '\\' || r == '/' || r == '&' || r == '<' || r == '>'
	}) {
		if len(run) > len(longest) {
			longest = run
		}
	}
	return longest
}

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
	return containsFold(line, f.folded)
}

// containsFold reports whether the line contains a text of ASCII in lower case, whatever the
// case of its own letters.
func containsFold(line []byte, lower string) bool {
	if lower == "" {
		return true
	}
	for at := 0; at+len(lower) <= len(line); at++ {
		if lowerByte(line[at]) == lower[0] && equalsFold(line[at:at+len(lower)], lower) {
			return true
		}
	}
	return false
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
