package auth

import (
	"strings"

	"tokendesk/auth/jsontext"
)

// quoted returns a text that a stranger wrote as it stands in a sentence.
func quoted(s string) string { return jsontext.Excerpt(jsontext.Quote(s)) }

// orNone returns a text that may be missing as it stands in a sentence.
func orNone(s string) string {
	if s == "" {
		return "missing"
	}
	return quoted(s)
}

// orNoneRaw is orNone for a JSON value.
func orNoneRaw(raw []byte) string {
	if len(raw) == 0 {
		return "missing"
	}
	return jsontext.Excerpt(raw)
}

// enumerated joins names as they stand in a sentence: "a, b or c".
func enumerated(conjunction string, names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " " + conjunction + " " + names[last]
}
