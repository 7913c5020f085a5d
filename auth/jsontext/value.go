package jsontext

import (
	"cmp"
	"encoding/json"
	"unicode/utf8"
)

// Unquote returns the text of a JSON string, and whether raw is one.
func Unquote(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	if IsPlain(raw) {
		return string(raw[1 : len(raw)-1]), true
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	return s, true
}

// Kind names the kind of a JSON value with its article, such as "a string". For an empty
// value it returns "nothing".
func Kind(raw json.RawMessage) string {
	if len(raw) == 0 {
		return "nothing"
	}
	kinds := map[byte]string{'"': "a string", '{': "an object", '[': "an array", 't': "a boolean", 'f': "a boolean", 'n': "null"}
	return cmp.Or(kinds[raw[0]], "a number")
}

// Excerpt shortens an untrusted text to 200 bytes, so that a sentence can quote it, and
// marks the cut with "…".
func Excerpt(raw []byte) string {
	const most = 200
	if len(raw) <= most {
		return string(raw)
	}
	end := most
	for !utf8.RuneStart(raw[end]) {
		end--
	}
	return string(raw[:end]) + "…"
}
