package ledger

import (
	"encoding/base64"
	"hash/crc32"
	"strconv"
	"time"
	"unicode/utf8"

	"tokendesk/auth/jsontext"
)

// timeLayout has the same length for every year, so that the times of rows sort as text.
const timeLayout = "2006-01-02T15:04:05.000Z"

// Every row starts and ends with the same texts. The checksum is of everything before it.
const (
	rowStart = `{"` + memberWhen + `":"`
	sumStart = `,"` + memberSum + `":"`
	sumEnd   = `"}`
	sumBytes = len(sumStart) + 8 + len(sumEnd)
)

// checksum is CRC-32C, for which processors have an instruction.
func checksum(text []byte) uint32 { return crc32.Checksum(text, crc32.MakeTable(crc32.Castagnoli)) }

// The names of the members that need more than the text of a field.
const (
	memberWhen     = "when"
	memberAudience = "aud"
	memberPersona  = "persona"
	memberProfile  = "profile"
	memberHeader   = "header"
	memberPayload  = "payload"
	memberCount    = "count"
	memberSum      = "crc"
	inBase64       = "_base64" // after the name of a text that is not UTF-8
)

// encoder appends members to a row.
type encoder struct{ out []byte }

func (e *encoder) name(name string) {
	e.out = append(e.out, ',', '"')
	e.out = append(e.out, name...)
	e.out = append(e.out, '"', ':')
}

func (e *encoder) text(name, value string) {
	if value == "" {
		return
	}
	e.name(name)
	e.out = jsontext.AppendQuote(e.out, value)
}

func (e *encoder) number(name, value string) {
	if value == "" {
		return
	}
	e.name(name)
	e.out = append(e.out, value...)
}

// bytes appends bytes as text if they are UTF-8, and otherwise in base64url.
func (e *encoder) bytes(name string, value []byte) {
	switch {
	case value == nil:
	case !utf8.Valid(value):
		e.text(name+inBase64, base64.RawURLEncoding.EncodeToString(value))
	default:
		e.name(name)
		e.out = jsontext.AppendQuote(e.out, string(value))
	}
}

// encode appends the row as a line.
func encode(dst []byte, r *Row) []byte {
	start := len(dst)
	e := encoder{append(dst, rowStart...)}
	e.out = r.When.UTC().AppendFormat(e.out, timeLayout)
	e.out = append(e.out, '"')
	e.text("event", string(r.Event))
	e.text("jti", r.ID)
	e.text("sub", r.Subject)
	e.text("iss", r.Issuer)
	if len(r.Audience) > 0 {
		e.name(memberAudience)
		e.out = append(e.out, jsontext.QuoteAll(r.Audience)...)
	}
	e.text("alg", r.Algorithm)
	e.text("kid", r.KeyID)
	e.text("key", r.Fingerprint)
	e.number("iat", string(r.IssuedAt))
	e.number("nbf", string(r.NotBefore))
	e.number("exp", string(r.Expires))
	e.bytes(memberHeader, r.Header)
	e.bytes(memberPayload, r.Payload)
	e.text("withheld", string(r.Withheld))
	e.text("check", r.Check)
	e.text(memberPersona, r.Persona)
	e.text(memberProfile, r.Profile)
	e.text("settings", r.Settings)
	e.text("person", r.Person)
	e.text("face", r.Face)
	e.text("label", r.Label)
	if r.Count > 0 {
		e.number(memberCount, strconv.Itoa(r.Count))
	}
	e.text("pattern", r.Pattern)
	return seal(e.out, start)
}

// seal appends the checksum and the end of the row that starts there.
func seal(out []byte, start int) []byte {
	sum := checksum(out[start:])
	out = append(out, sumStart...)
	const digits = "0123456789abcdef"
	for shift := 28; shift >= 0; shift -= 4 {
		out = append(out, digits[sum>>shift&0xf])
	}
	return append(append(out, sumEnd...), '\n')
}

func parseTime(text string) (time.Time, bool) {
	t, err := time.Parse(timeLayout, text)
	return t, err == nil
}
