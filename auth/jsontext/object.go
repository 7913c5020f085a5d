package jsontext

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Member is a name and a value of a JSON object. The value is kept as it was written, so
// that numbers keep their digits.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Text returns the member whose value is that text as a JSON string.
func Text(name, text string) Member { return Member{Name: name, Value: Quote(text)} }

// Object is a JSON object whose members keep their order.
type Object []Member

// Get returns the value of the first member with exactly that name, and whether there is
// one.
func (o Object) Get(name string) (json.RawMessage, bool) {
	i := o.Index(name)
	if i < 0 {
		return nil, false
	}
	return o[i].Value, true
}

// String returns the text of a member whose value is a JSON string, and whether it is.
func (o Object) String(name string) (string, bool) {
	raw, _ := o.Get(name)
	return Unquote(raw)
}

// Set returns the object with the value of the member replaced, or with the member
// appended. The receiver is not changed.
func (o Object) Set(name string, value json.RawMessage) Object {
	out := slices.Clone(o)
	if i := out.Index(name); i >= 0 {
		out[i].Value = value
		return out
	}
	return append(out, Member{Name: name, Value: value})
}

// Without returns the object without the members with that name.
func (o Object) Without(name string) Object {
	return slices.DeleteFunc(slices.Clone(o), func(m Member) bool { return m.Name == name })
}

// Index returns the index of the first member with that name, or -1.
func (o Object) Index(name string) int {
	return slices.IndexFunc(o, func(m Member) bool { return m.Name == name })
}

// UnmarshalJSON parses the object as strictly as [ParseObject].
func (o *Object) UnmarshalJSON(data []byte) error {
	parsed, err := ParseObject(data)
	if err != nil {
		return err
	}
	*o = parsed
	return nil
}

// Indent returns the object as indented JSON for editing, one member per line.
func (o Object) Indent() string {
	compact, err := o.MarshalJSON()
	if err != nil {
		return "{}"
	}
	var b bytes.Buffer
	_ = json.Indent(&b, compact, "", "  ") // MarshalJSON writes valid JSON
	return b.String()
}
