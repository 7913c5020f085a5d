package auth

import (
	"strings"
	"unicode"

	"tokendesk/auth/jsontext"
)

// MaxBytes is the size in bytes of the largest token that is read or made. Anything
// larger is refused before it is decoded.
const MaxBytes = 1 << 20

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
