package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"tokendesk/auth/jsontext"
)

// MaxBytes is the size in bytes of the largest token that is read or made. Anything
// larger is refused before it is decoded.
const MaxBytes = 1 << 20

// Stage is the stage at which the decoding of a token stopped.
type Stage int

// The stages in their order.
const (
	StageSize      Stage = iota + 1 // the token is not too large
	StageText                       // it has only the characters of a token
	StageForm                       // it has three segments
	StageEncoding                   // they are strict base64url
	StageHeader                     // the header is one JSON object
	StagePayload                    // the payload is one JSON object
	StageParameter                  // the header parameters are supported
)

var stages = [...]string{
	"decoding",
	StageSize:      "checking the size",
	StageText:      "checking the characters",
	StageForm:      "counting the segments",
	StageEncoding:  "decoding base64url",
	StageHeader:    "reading the header",
	StagePayload:   "reading the payload",
	StageParameter: "checking the header parameters",
}

// String describes the stage, such as "decoding base64url".
func (s Stage) String() string { return rowOf(stages[:], s) }

// DecodeError says at which stage the decoding of a token stopped and why. For
// [errors.Is] it is [ErrMalformed] or [ErrUnsupported].
type DecodeError struct {
	Stage   Stage
	Verdict Verdict // VerdictMalformed or VerdictUnsupported
	Reason  string  // one sentence that names the part of the token
	Advice  string  // one thing to do, or empty
	Source  string  // the RFC section of the rule, or empty
	Token   *Token  // the parts that could be read; never nil
	cause   error
}

// Error returns the reason.
func (e *DecodeError) Error() string { return e.Reason }

// Unwrap returns the *[jsontext.SyntaxError] of invalid JSON, or nil.
func (e *DecodeError) Unwrap() error { return e.cause }

// Is reports whether the target is the sentinel of the verdict.
func (e *DecodeError) Is(target error) bool { return target == e.Verdict.err() }

// Decode reads a token in the JWS compact serialization without verifying it. It is
// strict: the token must have three segments of unpadded base64url with no spare bits
// set, a header that is one complete JSON object without duplicate names, a payload that
// is another or is itself a token (RFC 7519 section 5.2), a known "alg", and no header
// parameter that changes what the token means ("crit", "b64", "zip"). The error is a
// *[DecodeError], which has the parts that could be read.
func Decode(compact string) (*Token, error) { return DecodeWith(compact, Extras{}) }

// DecodeWith is [Decode] for a token that comes with more than its compact serialization.
func DecodeWith(compact string, with Extras) (*Token, error) {
	token, refused := decode(compact, with)
	if refused != nil {
		refused.Token = token
		return nil, refused
	}
	return token, nil
}

func decode(compact string, with Extras) (*Token, *DecodeError) {
	token, refused := decodeJWS(compact, with)
	if token.read.payload == nil {
		return token, refused
	}
	if refused == nil {
		refused = checkHeader(token)
	}
	if refused == nil && token.LacksPayload() {
		return token, malformed(StagePayload, detachedSource, detachedReason).advise(detachedAdvice)
	}
	if token.read.detached != nil && !looksLikeObject(token.read.payload) {
		return token, refused // a detached payload may be anything
	}
	claims, err := jsontext.ReadObject(token.read.payload)
	token.Claims = claims
	switch {
	case err == nil:
		err = token.addDisclosures(with.Disclosures)
		if err != nil && refused == nil {
			refused = malformed(StagePayload, "RFC 9901 section 7.1", "%s", err)
		}
	case isNested(token.read.payload):
		token.Nested = string(token.read.payload)
		if cty, _ := token.Header.String("cty"); token.Header != nil && !sameType(cty, "JWT") && refused == nil {
			refused = malformed(StagePayload, "RFC 7519 section 5.2",
				"the payload is another token, but the header has no cty to say so").
				advise("sign it with the header parameter cty set to JWT")
		}
	case refused == nil || refused.Stage == StageParameter:
		refused = malformed(StagePayload, "RFC 7519 section 7.2",
			"the payload is not a valid JSON object: %s", err).because(err)
	}
	return token, refused
}

// What is said about a token whose payload is somewhere else.
const (
	detachedReason = "this is a detached JWS: its payload is not in it, but was sent separately"
	detachedAdvice = "verify it together with its payload"
	detachedSource = "RFC 7515 appendix F"
)

// looksLikeObject reports whether a payload is meant to be a JSON object.
func looksLikeObject(payload []byte) bool {
	return strings.HasPrefix(strings.TrimLeft(string(payload[:min(len(payload), 64)]), " \t\r\n"), "{")
}

// isNested reports whether a payload is itself a token, signed or encrypted.
func isNested(payload []byte) bool {
	text := string(payload)
	dots := strings.Count(text, ".")
	return (dots == 2 || dots == 4) && StartsToken(text) && strings.IndexFunc(text, isNoTokenChar) < 0
}

// decodeJWS reads everything except the JSON of the payload. Being strict decides about the
// error and never about what is read: the segments after the one that is wrong, and those
// in another form of base64, are read all the same.
func decodeJWS(compact string, with Extras) (*Token, *DecodeError) {
	token := &Token{Compact: compact, Unprotected: with.Unprotected}
	refused := checkText(compact)
	if refused != nil && refused.Stage != StageText {
		return token, refused
	}
	if form := token.split(); form != nil {
		if refused == nil {
			refused = form
		}
		return token, refused
	}
	if with.Payload != nil && token.PayloadSegment == "" {
		token.read.detached = with.Payload
	}
	header, encoding := token.decodeSegments()
	if refused == nil {
		refused = encoding
	}
	if header == nil {
		return token, refused
	}
	if len(header) == 0 && with.Unprotected != nil { // nothing is protected (RFC 7515 section 7.2.1)
		token.Header = Object{}
		return token, refused
	}
	parameters, err := jsontext.ReadObject(header)
	token.Header = parameters
	if err != nil {
		token.read.headerText = header
	}
	if refused == nil && err != nil {
		refused = malformed(StageHeader, "RFC 7515 section 4",
			"the header is not a valid JSON object: %s", err).because(err)
	}
	return token, refused
}

// decodeSigned is decode for a payload that may be any bytes.
func decodeSigned(compact string, with Extras) (*Token, *DecodeError) {
	token, refused := decodeJWS(compact, with)
	if refused == nil {
		refused = checkHeader(token)
	}
	return token, refused
}

// checkText checks the size and the characters.
func checkText(compact string) *DecodeError {
	if len(compact) > MaxBytes {
		return malformed(StageSize, "",
			"the token has %d bytes, more than the maximum of %d", len(compact), MaxBytes)
	}
	if compact == "" {
		return malformed(StageSize, "RFC 7515 section 3.1", "there is no token to read")
	}
	if compact[0] == '{' {
		return malformed(StageForm, "RFC 7515 section 7.2", "this is JSON without a token in it").
			advise("pass three segments joined by dots, or a JWS in the JSON serialization")
	}
	for i, r := range compact {
		if IsTokenChar(r) {
			continue
		}
		if unicode.IsSpace(r) && strings.Count(compact, ".") < 2 {
			return malformed(StageText, "RFC 7515 section 3.1", "there is no token in this text").
				advise("pass three segments of letters, digits, '-' and '_', joined by dots")
		}
		return malformed(StageText, "RFC 7515 section 2",
			"byte %d is %q, but a token contains only letters, digits, '-', '_' and '.'", i+1, r).
			advise(adviceForChar(r))
	}
	return nil
}

func adviceForChar(r rune) string {
	switch r {
	case '=', '+', '/':
		return "encode it as base64url without padding, not as base64"
	case '…':
		return "copy the whole token, not a shortened one"
	case ' ', '\n', '\r', '\t':
		return "copy the token again in one piece"
	default:
		return "copy the token again, without the text around it"
	}
}

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

func malformed(stage Stage, source, format string, args ...any) *DecodeError {
	return &DecodeError{Stage: stage, Verdict: VerdictMalformed, Source: source, Reason: fmt.Sprintf(format, args...)}
}

func unsupported(source, format string, args ...any) *DecodeError {
	return &DecodeError{Stage: StageParameter, Verdict: VerdictUnsupported, Source: source, Reason: fmt.Sprintf(format, args...)}
}

func (e *DecodeError) advise(advice string) *DecodeError {
	e.Advice = advice
	return e
}

func (e *DecodeError) because(cause error) *DecodeError {
	e.cause = cause
	return e
}
