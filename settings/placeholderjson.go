package settings

import (
	"bytes"
	"strings"

	"tokendesk/auth/jsontext"
)

// jsonText is a JSON value with placeholders: pieces of JSON and the texts between
// them.
type jsonText []piece

type piece struct {
	raw  []byte
	text text // with placeholders, if raw is nil
}

// constant is a value without placeholders.
func constant(raw []byte) jsonText { return jsonText{{raw: raw}} }

func (t jsonText) fixed() bool { return len(t) == 1 && t[0].raw != nil }

// appendRaw appends JSON without placeholders.
func (t jsonText) appendRaw(raw string) jsonText {
	if raw == "" {
		return t
	}
	if n := len(t) - 1; n >= 0 && t[n].raw != nil {
		t[n].raw = append(t[n].raw, raw...)
		return t
	}
	return append(t, piece{raw: []byte(raw)})
}

// appendText appends a string, which is quoted as JSON and parts when it is split at its
// placeholders.
func (t jsonText) appendText(parts text, quoted string) jsonText {
	if parts.fixed() && len(parts) > 0 {
		if strings.Contains(quoted, "{{") { // it is escaped
			quoted = string(jsontext.Quote(parts[0].text))
		}
	}
	if parts.fixed() {
		return t.appendRaw(quoted)
	}
	return append(t, piece{text: parts})
}

// fill returns the value with its placeholders filled.
func (t jsonText) fill(f Fresh) ([]byte, error) {
	if t.fixed() {
		return t[0].raw, nil
	}
	var b bytes.Buffer
	for _, p := range t {
		if p.raw != nil {
			b.Write(p.raw)
			continue
		}
		filled, err := p.text.fill(f)
		if err != nil {
			return nil, err
		}
		if p.text.number() && !f.keeps(p.text[0].word) {
			b.WriteString(filled)
			continue
		}
		b.Write(jsontext.Quote(filled))
	}
	return b.Bytes(), nil
}
