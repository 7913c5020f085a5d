package auth

import "tokendesk/auth/jsontext"

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
