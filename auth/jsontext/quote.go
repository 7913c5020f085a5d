package jsontext

import (
	"bytes"
	"encoding/json"
)

// Quote returns the string as a JSON string. Unlike [json.Marshal] it leaves
// <, > and & as they are.
func Quote(s string) json.RawMessage { return AppendQuote(make([]byte, 0, len(s)+2), s) }

// QuoteAll returns the texts as a JSON array of strings.
func QuoteAll(texts []string) json.RawMessage {
	out := []byte{'['}
	for n, text := range texts {
		if n > 0 {
			out = append(out, ',')
		}
		out = AppendQuote(out, text)
	}
	return append(out, ']')
}

// AppendQuote appends the string to dst as a JSON string, like [Quote].
func AppendQuote(dst []byte, s string) []byte {
	if IsPlainText(s) {
		return append(append(append(dst, '"'), s...), '"')
	}
	b := bytes.NewBuffer(dst)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// IsPlain reports whether a value needs neither checks nor escapes, like most values:
// digits without a leading zero, or a string of printable ASCII without quotes and
// backslashes.
func IsPlain(value []byte) bool {
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return len(value) > 0 && value[0] > '0' && value[0] <= '9' && len(bytes.Trim(value, "0123456789")) == 0
	}
	return IsPlainText(value[1 : len(value)-1])
}

// IsPlainText reports whether a text needs no escapes in a JSON string.
func IsPlainText[T string | []byte](text T) bool {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c > 0x7e || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
