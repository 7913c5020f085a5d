package ledger

import (
	"slices"
	"strings"
)

const (
	// maxRow is the length of the longest line, in bytes.
	maxRow = 512 << 10
	// maxText is the length of a text in a row that would be longer than that.
	maxText = 4 << 10
	// maxList is how many texts of a list it has.
	maxList = 16
)

// encodeFitting appends the row as a line. One that would be too long loses its payload, then
// its header and the ends of its texts.
func encodeFitting(dst []byte, r Row) []byte {
	start := len(dst)
	if out := encode(dst, &r); len(out)-start <= maxRow {
		return out
	}
	r.Payload, r.Withheld = nil, WithheldSize
	if out := encode(dst, &r); len(out)-start <= maxRow {
		return out
	}
	r.Header = nil
	r.Audience = slices.Clone(r.Audience[:min(len(r.Audience), maxList)])
	for n, each := range r.Audience {
		r.Audience[n] = shortened(each)
	}
	for _, name := range freeTexts() {
		field := r.text(name)
		*field = shortened(*field)
	}
	for _, name := range []string{"iat", "nbf", "exp"} {
		if field := r.number(name); len(*field) > maxText {
			*field = ""
		}
	}
	return encode(dst, &r)
}

// shortened returns the start of a long text, and marks the cut.
func shortened(text string) string {
	if len(text) <= maxText {
		return text
	}
	return strings.ToValidUTF8(text[:maxText], "") + "…"
}
