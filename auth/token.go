package auth

import "time"

// Token is a compact serialization and its decoded parts. Nothing in it is verified.
type Token struct {
	// Compact is the serialization: three segments and two dots, unless it is malformed.
	Compact string
	// The segments of Compact, in base64url.
	HeaderSegment, PayloadSegment, SignatureSegment string
	// Header holds the header parameters (RFC 7515 section 4), in order.
	Header Object
	// Claims is the payload (RFC 7519 section 4), in order.
	Claims Object
	// Signature holds the bytes of the third segment.
	Signature []byte

	payload []byte // the bytes of the second segment
}

// signingInput returns the part of the token that is signed (RFC 7515 section 5.1 step 5).
func (t *Token) signingInput() string {
	return t.HeaderSegment + "." + t.PayloadSegment
}

// Algorithm returns the "alg" of the header, whether or not it is known.
func (t *Token) Algorithm() Algorithm {
	alg, _ := t.Header.String("alg")
	return Algorithm(alg)
}

// KeyID returns the "kid" of the header, which is only a hint.
func (t *Token) KeyID() string {
	kid, _ := t.Header.String("kid")
	return kid
}

// Subject returns the "sub" claim if it is a string.
func (t *Token) Subject() string {
	sub, _ := t.Claims.String("sub")
	return sub
}

// Date returns the NumericDate claim with that name ("exp", "nbf", "iat"), and whether the
// token has it as a number.
func (t *Token) Date(name string) (NumericDate, bool) {
	raw, _ := t.Claims.Get(name)
	return ParseNumericDate(raw)
}

// Lifetime returns the time from "iat" to "exp", and whether the token has both.
func (t *Token) Lifetime() (time.Duration, bool) {
	iat, hasIssued := t.Date("iat")
	exp, hasExpiry := t.Date("exp")
	if !hasIssued || !hasExpiry {
		return 0, false
	}
	issued, ok := iat.Time()
	if !ok {
		return 0, false
	}
	return exp.Sub(issued), true
}
