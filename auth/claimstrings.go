package auth

import (
	"encoding/json"
	"strings"

	"tokendesk/auth/jsontext"
)

// claimString is a string somewhere in the claims and the members it is in.
type claimString struct {
	in   *memberPath
	text string
}

// memberPath is a member's name and the path of the object it is in.
type memberPath struct {
	object *memberPath
	name   string
}

func (p *memberPath) String() string {
	if p.object == nil {
		return p.name
	}
	return p.object.String() + "." + p.name
}

// claimStrings returns every string in the claims, however deep, in their order.
// The values are JSON that was parsed before, so one pass over the bytes finds
// them.
func claimStrings(claims Object) []claimString {
	w := stringWalker{found: make([]claimString, 0, len(claims))}
	for _, m := range claims {
		if len(m.Value) == 0 || strings.IndexByte(`"{[`, m.Value[0]) < 0 {
			continue
		}
		w.raw, w.pos = m.Value, 0
		w.value(&memberPath{nil, m.Name})
	}
	return w.found
}

type stringWalker struct {
	raw   json.RawMessage
	pos   int
	found []claimString
}

// value moves over the value at pos.
func (w *stringWalker) value(in *memberPath) {
	switch w.next() {
	case '"':
		text, _ := jsontext.Unquote(w.str())
		w.found = append(w.found, claimString{in, text})
	case '{':
		w.pos++
		for w.next() == '"' {
			name, _ := jsontext.Unquote(w.str())
			w.next() // the colon
			w.pos++
			w.value(&memberPath{in, name})
		}
		w.pos++
	case '[':
		w.pos++
		for c := w.next(); c != ']' && c != '}' && c != 0; c = w.next() {
			w.value(in)
		}
		w.pos++
	default:
		for w.pos < len(w.raw) && strings.IndexByte(",]} \t\r\n", w.raw[w.pos]) < 0 {
			w.pos++
		}
	}
}

// next moves over white space and commas and returns the byte behind them.
func (w *stringWalker) next() byte {
	for w.pos < len(w.raw) {
		switch c := w.raw[w.pos]; c {
		case ' ', '\t', '\r', '\n', ',':
			w.pos++
		default:
			return c
		}
	}
	return 0
}

// str moves over a string and returns it with its quotes.
func (w *stringWalker) str() json.RawMessage {
	start := w.pos
	for w.pos++; w.pos < len(w.raw) && w.raw[w.pos] != '"'; w.pos++ {
		if w.raw[w.pos] == '\\' {
			w.pos++
		}
	}
	w.pos++
	return w.raw[start:min(w.pos, len(w.raw))]
}
