package auth

import (
	"encoding/base64"
	"errors"
	"strings"

	"tokendesk/auth/jsontext"
)

// checkFive refuses five segments whose header is that of a signed token.
func checkFive(t *Token, segments []string) *DecodeError {
	if !hasSignedHeader(t) {
		return nil
	}
	if segments[1] == segments[3] && segments[2] == segments[4]+segments[0] {
		return malformed(StageForm, "RFC 7515 section 3.1", "the same token is there twice, with nothing between").advise("pass it once")
	}
	return malformed(StageForm, "RFC 7515 section 3.1", "it has five segments instead of three, and its header is that of a signed token").
		advise("copy one token, without the text around it")
}

// split fills the segments.
func (t *Token) split() *DecodeError {
	segments := strings.SplitN(t.Compact, ".", 6)
	t.HeaderSegment = segments[0]
	switch len(segments) {
	case 3:
		t.PayloadSegment, t.SignatureSegment = segments[1], segments[2]
		return nil
	case 5:
		if header, _ := decodeLoosely(segments[0]); header != nil {
			t.Header, _ = jsontext.ReadObject(header)
		}
		if refused := checkFive(t, segments); refused != nil {
			return refused
		}
		return &DecodeError{
			Stage: StageForm, Verdict: VerdictUnsupported, Source: "RFC 7516 section 3.1",
			Reason: "this is an encrypted token (JWE, five segments): only the holder of its key can read it",
			Advice: "verify it with that key",
		}
	case 1:
		return malformed(StageForm, "RFC 7515 section 3.1", "there is no dot in it, so it is not a token").
			advise("pass three segments joined by dots")
	case 2:
		t.PayloadSegment = segments[1]
		t.readSegments()
		return malformed(StageForm, "RFC 7515 section 3.1",
			"it has two segments instead of three: the signature and its dot are missing").
			advise("copy the whole token")
	case 6:
		return malformed(StageForm, "RFC 7515 section 3.1", "it has more than five segments instead of three")
	default:
		return malformed(StageForm, "RFC 7515 section 3.1", "it has %d segments instead of three", len(segments))
	}
}

// readSegments reads the header and the claims of a token without a signature, as far as
// they can be read.
func (t *Token) readSegments() {
	header, _ := decodeLoosely(t.HeaderSegment)
	payload, _ := decodeLoosely(t.PayloadSegment)
	t.Header, _ = jsontext.ReadObject(header)
	if t.Header != nil {
		t.Claims, _ = jsontext.ReadObject(payload)
	}
}

// decodeSegments decodes as much as it can, so that an invalid segment does not hide the
// others. It returns the bytes of the header and the first error.
func (t *Token) decodeSegments() (header []byte, refused *DecodeError) {
	t.read.loose = true
	for _, segment := range []struct {
		name string
		text string
		into *[]byte
	}{
		{"header", t.HeaderSegment, &header},
		{"payload", t.PayloadSegment, &t.read.payload},
		{"signature", t.SignatureSegment, &t.Signature},
	} {
		b, err := decodeSegment(segment.text)
		if err != nil && refused == nil {
			refused = malformed(StageEncoding, "RFC 7515 section 2", "the %s is not base64url: %s", segment.name, err).
				advise("copy the whole token again")
		}
		if err != nil {
			if b, err = decodeLoosely(segment.text); err != nil {
				t.read.loose = false
			}
		}
		*segment.into = b
	}
	t.read.loose = t.read.loose && refused != nil
	if t.read.detached != nil {
		t.read.payload = t.read.detached
	}
	return header, refused
}

// errSpareBits and errLength are the two reasons why base64url characters may not encode
// bytes (RFC 4648 sections 3.5 and 4).
var (
	errSpareBits = errors.New("the unused bits of the last character are not zero, so it was changed or cut off")
	errLength    = errors.New("its length is impossible, so a character is missing or there is one too many")
)

// decodeSegment decodes characters that checkText has accepted.
func decodeSegment(segment string) ([]byte, error) {
	if len(segment)%4 == 1 {
		return nil, errLength
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if err != nil {
		return nil, errSpareBits
	}
	return b, nil
}

// decodeLoosely decodes a segment in either alphabet of base64, with its padding or without,
// and with other last bits than zero.
func decodeLoosely(segment string) ([]byte, error) {
	segment = strings.NewReplacer("+", "-", "/", "_").Replace(segment)
	encoding := base64.RawURLEncoding
	if strings.HasSuffix(segment, "=") {
		encoding = base64.URLEncoding
	}
	b, err := encoding.DecodeString(segment)
	if err != nil || strings.ContainsAny(segment, "\r\n") { // which DecodeString ignores
		return nil, errLength
	}
	return b, nil
}
