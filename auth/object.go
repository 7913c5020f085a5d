package auth

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

// Object is a JSON object whose members keep their order.
type Object []Member

// Get returns the value of the first member of that name, compared in exact
// case, and whether there is one.
func (o Object) Get(name string) (json.RawMessage, bool) {
	i := o.index(name)
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
	return unquote(raw)
}

// Set returns the object with the member's value replaced where it stands, or
// appended. The receiver is left as it was.
func (o Object) Set(name string, value json.RawMessage) Object {
	out := slices.Clone(o)
	if i := out.index(name); i >= 0 {
		out[i].Value = value
		return out
	}
	return append(out, Member{Name: name, Value: value})
}

// Without returns the object less the members of that name.
func (o Object) Without(name string) Object {
	return slices.DeleteFunc(slices.Clone(o), func(m Member) bool { return m.Name == name })
}

func (o Object) index(name string) int {
	return slices.IndexFunc(o, func(m Member) bool { return m.Name == name })
}

// MarshalJSON returns the object in its order, compact, each value as it was
// written but for white space.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(Quote(m.Name))
		b.WriteByte(':')
		if isPlain(m.Value) {
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

// canonical is MarshalJSON for bytes that are to be signed: text that is not
// UTF-8 would be signed as something else than it is, so it is refused.
func (o Object) canonical() ([]byte, error) {
	for _, m := range o {
		if !utf8.ValidString(m.Name) {
			return nil, errors.New("a name is not valid UTF-8")
		}
	}
	return o.MarshalJSON()
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

// Quote returns the string as a JSON string. Unlike [json.Marshal] it leaves
// <, > and & as they are.
func Quote(s string) json.RawMessage { return appendQuote(make([]byte, 0, len(s)+2), s) }

// appendQuote appends the string as a JSON string.
func appendQuote(dst []byte, s string) []byte {
	if isPlainText(s) {
		return append(append(append(dst, '"'), s...), '"')
	}
	b := bytes.NewBuffer(dst)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always encodes
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// isPlain reports whether a value is one that needs neither checking nor
// escaping: digits without a leading zero, or a string of printable ASCII
// without quotes and backslashes. Most values are.
func isPlain(value []byte) bool {
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return len(value) > 0 && value[0] > '0' && value[0] <= '9' && len(bytes.Trim(value, "0123456789")) == 0
	}
	return isPlainText(value[1 : len(value)-1])
}

// isPlainText reports whether a text stands in a JSON string as it is.
func isPlainText[T string | []byte](text T) bool {
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c > 0x7e || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// unquote returns the text of a JSON string, and whether raw is one.
func unquote(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	if isPlain(raw) {
		return string(raw[1 : len(raw)-1]), true
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	return s, true
}
