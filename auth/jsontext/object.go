package jsontext

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Member is one name and value of a JSON object. The value is kept as it was
// written, so numbers keep their digits.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Text returns the member whose value is that text as a JSON string.
func Text(name, text string) Member { return Member{Name: name, Value: Quote(text)} }

// Object is a JSON object whose members keep their order.
type Object []Member

// Get returns the value of the first member of that name, compared in exact
// case, and whether there is one.
func (o Object) Get(name string) (json.RawMessage, bool) {
	i := o.Index(name)
	if i < 0 {
		return nil, false
	}
	return o[i].Value, true
}

// String returns the member's value when it is a JSON string, and whether it is.
func (o Object) String(name string) (string, bool) {
	raw, ok := o.Get(name)
	if !ok {
		return "", false
	}
	return Unquote(raw)
}

// Set returns the object with the member's value replaced where it stands, or
// appended. The receiver is left as it was.
func (o Object) Set(name string, value json.RawMessage) Object {
	out := slices.Clone(o)
	if i := out.Index(name); i >= 0 {
		out[i].Value = value
		return out
	}
	return append(out, Member{Name: name, Value: value})
}

// Without returns the object less the members of that name.
func (o Object) Without(name string) Object {
	return slices.DeleteFunc(slices.Clone(o), func(m Member) bool { return m.Name == name })
}

// Index returns the place of the first member of that name, or -1.
func (o Object) Index(name string) int {
	return slices.IndexFunc(o, func(m Member) bool { return m.Name == name })
}

// MarshalJSON returns the object in its order, compact, each value as it was
// written but for white space. It refuses names that are not UTF-8, which would
// be written as other names.
func (o Object) MarshalJSON() ([]byte, error) {
	for _, m := range o {
		if !utf8.ValidString(m.Name) {
			return nil, errors.New("a name is not valid UTF-8")
		}
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(Quote(m.Name))
		b.WriteByte(':')
		if IsPlain(m.Value) {
			b.Write(m.Value)
			continue
		}
		if err := json.Compact(&b, m.Value); err != nil {
			return nil, fmt.Errorf("the value of %q: %w", m.Name, err)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads the object strictly, as [ParseObject] does.
func (o *Object) UnmarshalJSON(data []byte) error {
	parsed, err := ParseObject(data)
	if err != nil {
		return err
	}
	*o = parsed
	return nil
}

// Indent returns the object as indented JSON, one member a line, as a person
// edits it.
func (o Object) Indent() string {
	compact, err := o.MarshalJSON()
	if err != nil {
		return "{}"
	}
	var b bytes.Buffer
	if json.Indent(&b, compact, "", "  ") != nil {
		return string(compact)
	}
	return b.String()
}
