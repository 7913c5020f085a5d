package jsontext

import (
	"errors"
	"unicode/utf8"
)

// errName refuses a name that would be written as another.
var errName = errors.New("a name is not valid UTF-8")

// MarshalJSON returns the object as compact JSON in its order, each value as it was
// written but without white space. It refuses names that are not UTF-8, because they
// would be written as other names.
func (o Object) MarshalJSON() ([]byte, error) {
	w, err := o.write(false)
	return w.text, err
}

// Encode is [Object.MarshalJSON], but returns an error, with its place in the text, for a
// text that [ParseObject] would refuse. It also returns the object that ParseObject would
// return.
func (o Object) Encode() ([]byte, Object, error) {
	w, err := o.write(true)
	if err != nil {
		return nil, nil, err
	}
	written := make(Object, len(o))
	for n, m := range o {
		written[n] = Member{Name: m.Name, Value: w.text[w.spans[n].start:w.spans[n].end]}
	}
	return w.text, written, nil
}

// writer writes members as compact JSON.
type writer struct {
	compactor

	spans     []span // of the values
	seen      Names
	duplicate *SyntaxError
}

type span struct{ start, end int }

// compactor copies a text without white space.
type compactor struct {
	text []byte
	from int // the start of the text that has not been copied
}

// skip copies the text before start, and leaves out the text from start to end.
func (c *compactor) skip(data []byte, start, end int) {
	c.text = append(c.text, data[c.from:start]...)
	c.from = end
}

func (o Object) write(strict bool) (*writer, error) {
	w := &writer{spans: make([]span, len(o)), seen: NamesFor(len(o))}
	size := 2
	for _, m := range o {
		size += len(m.Name) + len(m.Value) + len(`"":,`)
		if !utf8.ValidString(m.Name) {
			return w, errName
		}
	}
	w.text = append(make([]byte, 0, size), '{')
	for n, m := range o {
		if n > 0 {
			w.text = append(w.text, ',')
		}
		if strict && w.seen.Add(m.Name) && w.duplicate == nil {
			w.duplicate = syntaxError(w.text, len(w.text), "duplicate name %q", Excerpt([]byte(m.Name)))
		}
		w.text = append(AppendQuote(w.text, m.Name), ':')
		w.spans[n].start = len(w.text)
		if err := w.value(m.Value, strict); err != nil {
			return &writer{}, err
		}
		w.spans[n].end = len(w.text)
	}
	w.text = append(w.text, '}')
	if strict && w.duplicate != nil {
		return w, w.duplicate
	}
	return w, nil
}

// value writes a member's value.
func (w *writer) value(value []byte, strict bool) error {
	if IsPlain(value) {
		w.text = append(w.text, value...)
		return nil
	}
	w.from = 0
	p := parser{data: value, written: &w.compactor}
	if strict {
		if err := p.start(); err != nil {
			return err
		}
	}
	p.space()
	if err := p.value(1, nil, noName); err != nil {
		return err
	}
	if err := p.end("the value"); err != nil {
		return err
	}
	w.skip(value, p.pos, p.pos)
	if w.duplicate == nil {
		w.duplicate = p.duplicate
	}
	return nil
}
