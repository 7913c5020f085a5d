package auth

import (
	"fmt"
	"strings"

	"tokendesk/auth/jsontext"
)

// quoted returns an untrusted text for a sentence.
func quoted(s string) string { return jsontext.Excerpt(jsontext.Quote(s)) }

// excerpt returns the start of a JSON value for a sentence, with characters in place of
// their escapes.
func excerpt(raw []byte) string { return jsontext.Excerpt([]byte(jsontext.Plain(raw))) }

// missing stands in a sentence for a value that the token does not have.
const missing = "missing"

// orNone returns a text for a sentence, or "missing" if it is empty.
func orNone(s string) string {
	if s == "" {
		return missing
	}
	return quoted(s)
}

// inBytes returns a size in words: "1 byte", "2 bytes".
func inBytes(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

// enumerated joins names for a sentence: "a, b or c".
func enumerated(conjunction string, names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " " + conjunction + " " + names[last]
}
