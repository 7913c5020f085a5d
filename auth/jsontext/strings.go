package jsontext

import "encoding/json"

// quotedFunc receives the start of a string that ends at the position of the parser, and
// whether the string is a name.
type quotedFunc func(start int, isName bool)

// EachString calls visit for every string in a JSON value in order, names included: with
// the text between the previous string and this one, and the string with its quotes. It
// returns the text after the last string.
func EachString(text []byte, visit func(between, quoted []byte, isName bool)) (rest []byte) {
	p := parser{data: text}
	p.quoted = func(start int, isName bool) {
		visit(text[len(text)-len(rest):start], text[start:p.pos], isName)
		rest = text[p.pos:]
	}
	rest = text
	_ = p.walk(0, nil) // an error ends the text
	return rest
}

// Plain returns a JSON value for people: on one line, with characters instead of escapes
// where possible, and with all digits. A text that is not JSON is returned unchanged.
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
