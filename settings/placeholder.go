package settings

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
)

// Fresh holds the values for the placeholders of one token.
type Fresh struct {
	// Now is the moment of issue.
	Now time.Time
	// N is the number of the token, from 1.
	N int
	// Rand is for {{uuid}}; nil is [crypto/rand.Reader].
	Rand io.Reader
	// Preview says that no token is made: {{uuid}} stays as it is written, and so does {{n}} if
	// N is 0.
	Preview bool

	shape *shapeValues // for the placeholders of shapes
}

// keeps reports whether a placeholder stays as it is written.
func (f *Fresh) keeps(w word) bool {
	switch w {
	case uuidWord:
		return f.Preview
	case numberWord:
		return f.Preview && f.N == 0
	case subjectWord:
		return f.Preview && f.shape.subject == ""
	default:
		return false
	}
}

const writePlaceholder = "write {{uuid}}, {{now}}, {{now+1h}}, {{now-5m}} or {{n}}"

// word is a kind of placeholder.
type word int

const (
	plainText word = iota
	uuidWord
	nowWord
	numberWord
	// The others are those of shapes. They have a name.
	subjectWord // made of the subject
	shapeWord
	expiresWord
)

// part is a piece of a text: the text itself, or a placeholder.
type part struct {
	word   word
	text   string        // of a placeholder, as it is written
	name   string        // of a placeholder of a shape, such as subject-id
	offset time.Duration // from now
}

// text is a text with placeholders.
type text []part

var (
	errPlaceholder = advice.New("there is no such placeholder", writePlaceholder)
	errOpen        = advice.New("a placeholder is opened with {{ but never closed", writePlaceholder)
	errOffset      = advice.New("the time after now cannot be read", writePlaceholder)
)

// parseText finds the placeholders in a text. A backslash in front of {{ makes it text, and two
// are one backslash in front of a placeholder. Its errors quote nothing.
func parseText(s string) (text, error) { return splitText(s, parsePlaceholder) }

// splitText is parseText with the function that reads what is between {{ and }}.
func splitText(s string, parse func(inside string) (part, error)) (text, error) {
	var parts text
	plain := "" // not yet among the parts
	for {
		before, rest, found := strings.Cut(s, "{{")
		unescaped := strings.TrimRight(before, `\`)
		escapes := len(before) - len(unescaped)
		if !found {
			escapes = 0
		} else {
			before = unescaped + strings.Repeat(`\`, escapes/2)
		}
		plain += before
		if escapes%2 == 1 {
			plain, s = plain+"{{", rest
			continue
		}
		if plain != "" {
			parts, plain = append(parts, part{text: plain}), ""
		}
		if !found {
			return parts, nil
		}
		inside, after, closed := strings.Cut(rest, "}}")
		if !closed {
			return nil, errOpen
		}
		p, err := parse(strings.TrimSpace(inside))
		if err != nil {
			return nil, err
		}
		p.text = "{{" + inside + "}}"
		parts = append(parts, p)
		s = after
	}
}

// EscapePlaceholders returns the text in which every {{ of s stands for itself.
func EscapePlaceholders(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "{{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		escapes := len(before) - len(strings.TrimRight(before, `\`))
		b.WriteString(strings.Repeat(`\`, escapes+1) + "{{")
		s = after
	}
}

// EscapeValue returns the JSON value in which every {{ of a text stands for itself.
func EscapeValue(raw json.RawMessage) json.RawMessage {
	if !bytes.Contains(raw, []byte("{{")) && !bytes.Contains(raw, []byte(`\u`)) {
		return raw
	}
	var out []byte
	rest := jsontext.EachString(raw, func(between, quoted []byte, _ bool) {
		out = append(out, between...)
		if text, ok := jsontext.Unquote(quoted); ok && strings.Contains(text, "{{") {
			quoted = jsontext.Quote(EscapePlaceholders(text))
		}
		out = append(out, quoted...)
	})
	return append(out, rest...)
}

// Fill returns the object with the placeholders in its texts filled. The error says which one
// cannot be used. An object without any is returned as it is.
func Fill(o auth.Object, f Fresh) (auth.Object, error) {
	out := o
	for i, m := range o {
		if !HasPlaceholder(m.Value) {
			continue
		}
		value, err := parseClaim(m, func(auth.Member) error { return nil })
		if err != nil {
			return nil, err
		}
		raw, err := value.fill(f)
		if err != nil {
			return nil, err
		}
		if &out[0] == &o[0] {
			out = slices.Clone(o)
		}
		out[i].Value = raw
	}
	return out, nil
}

// HasPlaceholder reports whether a text of a JSON value has a placeholder, or the text of one.
func HasPlaceholder(raw json.RawMessage) bool { return strings.Contains(jsontext.Plain(raw), "{{") }

func parsePlaceholder(inside string) (part, error) {
	words := map[string]word{"uuid": uuidWord, "n": numberWord, "now": nowWord}
	if kind, ok := words[inside]; ok {
		return part{word: kind}, nil
	}
	amount, isNow := strings.CutPrefix(inside, "now")
	amount = strings.TrimSpace(amount)
	if !isNow || amount == "" || amount[0] != '+' && amount[0] != '-' {
		return part{}, errPlaceholder
	}
	unsigned := strings.TrimSpace(amount[1:])
	if unsigned == "" || unsigned[0] < '0' || unsigned[0] > '9' { // neither a second sign nor "until 18:00"
		return part{}, errPlaceholder
	}
	offset, err := input.ParseLifetime(unsigned, time.Time{})
	if err != nil {
		return part{}, errOffset
	}
	if amount[0] == '-' {
		offset = -offset
	}
	return part{word: nowWord, offset: offset}, nil
}

// fixed reports whether the text has no placeholder.
func (t text) fixed() bool {
	return !slices.ContainsFunc(t, func(p part) bool { return p.word != plainText })
}

// number reports whether the whole text is one placeholder for a number.
func (t text) number() bool {
	return len(t) == 1 && (t[0].word == nowWord || t[0].word == numberWord || t[0].word == expiresWord)
}

// fill returns the text with its placeholders filled.
func (t text) fill(f Fresh) (string, error) {
	if len(t) == 1 && t[0].word == plainText {
		return t[0].text, nil
	}
	var out []byte
	for _, p := range t {
		if f.keeps(p.word) {
			out = append(out, p.text...)
			continue
		}
		switch p.word {
		case uuidWord:
			var err error
			if out, err = appendUUID(out, f.Rand); err != nil {
				return "", err
			}
		case nowWord:
			// In whole seconds, so that {{now}} equals iat.
			out = strconv.AppendInt(out, f.Now.Unix()+int64(p.offset/time.Second), 10)
		case numberWord:
			out = strconv.AppendInt(out, int64(f.N), 10)
		case expiresWord:
			out = strconv.AppendInt(out, f.shape.expires, 10)
		case subjectWord, shapeWord:
			out = append(out, f.shape.value(p.name)...)
		default:
			out = append(out, p.text...)
		}
	}
	return string(out), nil
}

// appendUUID appends a random UUID (RFC 9562 section 5.4).
func appendUUID(dst []byte, random io.Reader) ([]byte, error) {
	var b [16]byte
	if _, err := io.ReadFull(cmp.Or(random, rand.Reader), b[:]); err != nil {
		return dst, fmt.Errorf("read randomness for {{uuid}}: %w", err)
	}
	b[6] = b[6]&0x0f | 0x40 // version 4
	b[8] = b[8]&0x3f | 0x80 // the variant of the RFC
	return formatUUID(dst, b), nil
}

// formatUUID appends a UUID as it is written.
func formatUUID(dst []byte, b [16]byte) []byte {
	for _, group := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10]} {
		dst = append(hex.AppendEncode(dst, group), '-')
	}
	return hex.AppendEncode(dst, b[10:])
}
