package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strconv"

	"tokendesk/auth/jsontext"
)

// The reasons why a line is no row.
var (
	errNoRow    = errors.New("it is not a row of a ledger")
	errChecksum = errors.New("its checksum is wrong, so it was changed or not written completely")
)

// decode reads a line without its line feed.
func decode(line []byte) (Row, error) {
	if !sealed(line) {
		return Row{}, cause(line)
	}
	var r Row
	if !r.scan(line) {
		r = Row{}
		if !r.parse(line) {
			return Row{}, errNoRow
		}
	}
	if r.When.IsZero() || r.Event == "" {
		return Row{}, errNoRow
	}
	return r, nil
}

// parse reads a line into the row, and reports whether it is one.
func (r *Row) parse(line []byte) bool {
	members, err := jsontext.ParseObject(line)
	if err != nil {
		return false
	}
	for _, m := range members {
		if !r.set(m.Name, m.Value) {
			return false
		}
	}
	return true
}

// sealed reports whether the line ends with its checksum.
func sealed(line []byte) bool {
	at := len(line) - sumBytes
	if at < 0 || string(line[at:at+len(sumStart)]) != sumStart || string(line[len(line)-len(sumEnd):]) != sumEnd {
		return false
	}
	var sum uint32
	for _, c := range line[at+len(sumStart) : len(line)-len(sumEnd)] {
		switch {
		case '0' <= c && c <= '9':
			sum = sum<<4 | uint32(c-'0')
		case 'a' <= c && c <= 'f':
			sum = sum<<4 | uint32(c-'a'+10)
		default:
			return false
		}
	}
	return checksum(line[:at]) == sum
}

// cause returns what is wrong with a line that is not sealed.
func cause(line []byte) error {
	if bytes.HasPrefix(line, []byte(rowStart)) {
		return errChecksum
	}
	return errNoRow
}

// text returns the field of a member whose value is a string, or nil.
func (r *Row) text(name string) *string {
	switch name {
	case "event":
		return (*string)(&r.Event)
	case "jti":
		return &r.ID
	case "sub":
		return &r.Subject
	case "iss":
		return &r.Issuer
	case "alg":
		return &r.Algorithm
	case "kid":
		return &r.KeyID
	case "key":
		return &r.Fingerprint
	case "withheld":
		return (*string)(&r.Withheld)
	case "check":
		return &r.Check
	case memberPersona:
		return &r.Persona
	case memberProfile:
		return &r.Profile
	case "settings":
		return &r.Settings
	case "person":
		return &r.Person
	case "face":
		return &r.Face
	case "label":
		return &r.Label
	case "pattern":
		return &r.Pattern
	}
	return nil
}

// freeTexts returns the names of the members whose texts may come from anywhere.
func freeTexts() []string {
	return []string{"jti", "sub", "iss", "kid", memberPersona, memberProfile, "settings", "person", "face", "label", "pattern"}
}

// number returns the field of a member that is a number as it was written, or nil.
func (r *Row) number(name string) *json.Number {
	switch name {
	case "iat":
		return &r.IssuedAt
	case "nbf":
		return &r.NotBefore
	case "exp":
		return &r.Expires
	}
	return nil
}

// set sets the field of a member, and reports whether it has a value that it can have.
// Members that are not known are of a later version.
func (r *Row) set(name string, value json.RawMessage) (ok bool) {
	if field := r.text(name); field != nil {
		*field, ok = jsontext.Unquote(value)
		return ok
	}
	if field := r.number(name); field != nil {
		*field = json.Number(value)
		return jsontext.IsNumber(value)
	}
	switch name {
	case memberWhen:
		text, _ := jsontext.Unquote(value)
		r.When, ok = parseTime(text)
	case memberAudience:
		ok = json.Unmarshal(value, &r.Audience) == nil
	case memberCount:
		n, err := strconv.Atoi(string(value))
		r.Count, ok = n, err == nil && n > 0
	case memberHeader:
		r.Header, ok = unquoted(value)
	case memberHeader + inBase64:
		r.Header, ok = decoded(value)
	case memberPayload:
		r.Payload, ok = unquoted(value)
	case memberPayload + inBase64:
		r.Payload, ok = decoded(value)
	default:
		ok = true
	}
	return ok
}

func unquoted(value json.RawMessage) ([]byte, bool) {
	text, ok := jsontext.Unquote(value)
	return []byte(text), ok
}

func decoded(value json.RawMessage) ([]byte, bool) {
	text, ok := jsontext.Unquote(value)
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return data, ok && err == nil
}
