package auth

import (
	"encoding/base64"
	"strings"
	"time"
)

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
	// Unprotected holds the header parameters beside the token that nothing signs (RFC 7515
	// section 7.2.1), in order.
	Unprotected Object
	// Nested is the token that the payload is (RFC 7519 section 5.2), or empty.
	Nested string
	// Disclosures are the claims that come with an SD-JWT (RFC 9901 section 4.2), in order.
	Disclosures []Disclosure

	read tokenBytes
}

// tokenBytes is what was read of a token before its JSON.
type tokenBytes struct {
	payload    []byte // of the second segment, or the detached payload
	detached   []byte // the detached payload, or nil
	headerText []byte // a header that is not a JSON object
	decryption *Key   // that decrypted the token, or nil
	loose      bool   // all segments were read, though not all are base64url
}

// Extras is what may come with a token outside its compact serialization.
type Extras struct {
	// Unprotected holds the header parameters that nothing signs (RFC 7515 section 7.2.1).
	Unprotected Object
	// Payload is the payload of a detached token (RFC 7515 appendix F), or nil.
	Payload []byte
	// Disclosures are those of an SD-JWT, in base64url (RFC 9901 section 4.2), and
	// KeyBinding is its key binding JWT (section 4.3), or empty.
	Disclosures []string
	KeyBinding  string
}

// signingInput returns the part of the token that is signed (RFC 7515 section 5.1 step 5,
// RFC 7797 section 3).
func (t *Token) signingInput() string {
	payload := t.PayloadSegment
	if t.read.detached != nil {
		payload = base64.RawURLEncoding.EncodeToString(t.read.detached)
		if b64, ok := t.Header.Get("b64"); ok && string(b64) == "false" {
			payload = string(t.read.detached)
		}
	}
	return t.HeaderSegment + "." + payload
}

// IsDetached reports whether the payload is not in the token (RFC 7515 appendix F).
func (t *Token) IsDetached() bool {
	return t.PayloadSegment == "" && t.HeaderSegment != "" && t.SignatureSegment != ""
}

// LacksPayload reports whether the token is detached and its payload is not known.
func (t *Token) LacksPayload() bool { return t.IsDetached() && t.read.detached == nil }

// IsEncrypted reports whether the token is a JWE (RFC 7516 section 3.1).
func (t *Token) IsEncrypted() bool {
	return strings.Count(t.Compact, ".") == 4 && !hasSignedHeader(t)
}

// hasSignedHeader reports whether the header is that of a signed token and of no other.
func hasSignedHeader(t *Token) bool {
	_, hasEncryption := t.Header.Get("enc")
	return t.Algorithm().scheme() != nil && !hasEncryption
}

// PayloadText returns the bytes of a payload that is neither claims nor a token, and
// HeaderText those of a header that is not a JSON object. They are nil otherwise.
func (t *Token) PayloadText() []byte {
	if t.Claims != nil || t.Nested != "" {
		return nil
	}
	return t.read.payload
}

// HeaderText is described at [Token.PayloadText].
func (t *Token) HeaderText() []byte { return t.read.headerText }

// Algorithm returns the "alg" of the header, whether or not it is known.
func (t *Token) Algorithm() Algorithm {
	alg, _ := t.Header.String("alg")
	return Algorithm(alg)
}

// KeyID returns the "kid" of the header, which is only a hint.
func (t *Token) KeyID() string {
	kid, ok := t.Header.String("kid")
	if !ok {
		kid, _ = t.Unprotected.String("kid")
	}
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

// IsWhole reports whether the signature is as long as the algorithm makes it, so that
// nothing of the token is missing at its end. It is true for algorithms that are not known.
func (t *Token) IsWhole() bool {
	s := t.Algorithm().scheme()
	switch {
	case t.Header == nil:
		return false
	case s == nil:
		return true
	}
	return len(t.Signature) > 0 && s.family.oddSignature(s, t.Signature) == ""
}
