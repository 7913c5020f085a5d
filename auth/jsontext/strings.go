package jsontext

import "encoding/json"

// quotedFunc takes the start of a string that ends where the parser stands, and
// whether it is a name.
type quotedFunc func(start int, isName bool)

// EachString calls visit for every string in a JSON value, names included, in their
// order: with the text between it and the one before, and its own with the quotes.
// It returns the text behind the last.
func EachString(text []byte, visit func(between, quoted []byte, isName bool)) (rest []byte) {
	p := parser{data: text}
	p.quoted = func(start int, isName bool) {
		visit(text[len(text)-len(rest):start], text[start:p.pos], isName)
		rest = text[p.pos:]
	}
	rest = text
	_ = p.walk(0, nil) // a text with a fault has no strings behind it
	return rest
}

// Plain returns a JSON value as people read it: on one line, with letters in place
// of the escapes that stand for them, and the digits of its numbers as they are. A
// text that is not JSON stays as it is.
func Plain(raw json.RawMessage) string {
	c := compactor{}
	p := parser{data: raw, written: &c}
	p.quoted = func(start int, _ bool) {
		text, _ := Unquote(raw[start:p.pos])
		c.skip(raw, start, p.pos)
		c.text = AppendQuote(c.text, text)
	}
	if p.walk(0, nil) != nil {
		return string(raw)
	}
	c.skip(raw, len(raw), len(raw))
	return string(c.text)
}
