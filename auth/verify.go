package auth

import (
	"cmp"
	"fmt"
	"mime"
	"slices"
	"strings"
	"time"

	"tokendesk/auth/jsontext"
)

// Verifier checks tokens against keys and expected claims. Its fields are set once and then
// only read.
type Verifier struct {
	// Keys are the keys to try. A key is for a token whose header names its algorithm, and
	// its ID if both have one.
	Keys []*Key
	// Iss, Aud and Typ, where they are set, must match "iss", "aud" and "typ". One of
	// several audiences is enough.
	Iss string
	Aud []string
	Typ string
	// RequireKeyID requires a "kid" that is the ID of one of Keys. Otherwise a token may
	// have none, or any "kid" if the key was not given an ID.
	RequireKeyID bool
	// Required are claims that the token must have, such as "exp": RFC 7519 section 4.1
	// makes all of them optional.
	Required []string
	// Unwanted are claims that the token must not have, such as "nonce", which only an ID
	// token has.
	Unwanted []string
	// MaxLifetime is how far away "exp" may be; zero is no limit.
	MaxLifetime time.Duration
	// MaxBytes is the size of the largest token that is read; zero is [MaxBytes].
	MaxBytes int
	// Leeway is the tolerance for "exp", "nbf" and "iat", and for MaxLifetime.
	Leeway time.Duration
	// Now is the clock; nil is [time.Now].
	Now func() time.Time

	depth int // how many tokens are around the one that is verified
}

// Verify decodes the token and makes every check of RFC 7515 section 5.2, RFC 7519 section
// 7.2 and RFC 8725. A token inside another one is verified too, and an encrypted token is
// decrypted with the private keys and the secrets among the keys.
func (v *Verifier) Verify(compact string) Result { return v.VerifyWith(compact, Extras{}) }

// VerifyWith is [Verifier.Verify] for a token that comes with more than its compact
// serialization.
func (v *Verifier) VerifyWith(compact string, with Extras) Result {
	if strings.Count(compact, ".") == 4 {
		return v.verify(compact, with, v.decrypt, v.checkDecrypted, v.checkTimes, v.checkClaims, v.checkNested)
	}
	return v.verify(compact, with, decode, v.checkSignature, v.checkTimes, v.checkClaims, v.checkNested,
		func(r *Result) { v.checkKeyBinding(r, with) })
}

// VerifySignature checks the form of the token and its signature, but neither the claims
// nor the times. The payload may be any bytes.
func (v *Verifier) VerifySignature(compact string) Result {
	return v.VerifySignatureWith(compact, Extras{})
}

// VerifySignatureWith is [Verifier.VerifySignature] for a token that comes with more than
// its compact serialization.
func (v *Verifier) VerifySignatureWith(compact string, with Extras) Result {
	if strings.Count(compact, ".") == 4 { // what is signed is inside
		return v.verify(compact, with, v.decrypt, v.checkDecrypted, v.checkNestedSignature)
	}
	return v.verify(compact, with, decodeSigned, v.checkSignature)
}

// verify decodes the token and makes those checks.
func (v *Verifier) verify(
	compact string, with Extras, decode func(string, Extras) (*Token, *DecodeError), checks ...func(*Result),
) Result {
	var token *Token
	refused := v.checkSize(compact)
	if refused == nil {
		token, refused = decode(compact, with)
	}
	if refused != nil {
		failure := Failure{refused.Verdict, refused.Reason, refused.Advice, refused.Source}
		result := Result{Verdict: refused.Verdict, Failures: []Failure{failure}, Token: cmp.Or(token, &Token{Compact: compact})}
		result.Decryption = result.Token.read.decryption
		if token != nil && token.read.loose && refused.Stage == StageText && checkHeader(token) == nil {
			v.checkSignature(&result) // some libraries accept other forms of base64
		}
		return result
	}
	result := Result{Verdict: VerdictValid, Token: token}
	for _, check := range checks {
		check(&result)
	}
	if len(result.Failures) > 0 {
		result.Verdict = result.Failures[0].Verdict
	}
	return result
}

// checkSize checks the size before the token is decoded.
func (v *Verifier) checkSize(compact string) *DecodeError {
	if v.MaxBytes == 0 || len(compact) <= v.MaxBytes {
		return nil
	}
	return malformed(StageSize, "", "the token has %d bytes, more than the maximum of %d", len(compact), v.MaxBytes)
}

func (r *Result) failf(verdict Verdict, source, advice, format string, args ...any) {
	r.Failures = append(r.Failures, Failure{verdict, fmt.Sprintf(format, args...), advice, source})
}

// checkSignature tries the keys that are for the token. The algorithm is that of the key:
// it is not tried on a token that names another (RFC 8725 section 3.1).
func (v *Verifier) checkSignature(r *Result) {
	const source = "RFC 7515 section 5.2"
	alg, kid := r.Token.Algorithm(), r.Token.KeyID()
	fits := slices.DeleteFunc(slices.Clone(v.Keys), func(k *Key) bool { return !v.matches(k, alg, kid) })
	switch {
	case len(v.Keys) == 0:
		r.failf(VerdictWrongKey, source, "configure the key of the API that accepts it", "no key is configured")
		return
	case !slices.ContainsFunc(v.Keys, (*Key).isForSignatures):
		r.failf(VerdictWrongKey, source, "configure the key that verifies it as well",
			"the configured key is for decryption (%s) and cannot verify a signature", v.algorithms((*Key).OnlyDecrypts))
		return
	case len(fits) > 0:
	case v.RequireKeyID && kid == "":
		r.failf(VerdictWrongKey, "RFC 7515 section 4.1.4", "issue it with the kid of its key",
			"the token has no kid, which is required")
		return
	case slices.ContainsFunc(v.Keys, func(k *Key) bool { return k.matches(alg, "") }):
		v.failKeyID(r, alg, kid)
		return
	default:
		v.failAlgorithm(r, alg)
		return
	}
	r.SignatureChecked = true
	for _, key := range fits {
		if key.verifies(r.Token.signingInput(), r.Token.Signature) {
			r.Key = key
			return
		}
	}
	if len(r.Token.Signature) == 0 {
		r.failf(VerdictBadSignature, source, "ask for the token with its signature",
			"the signature is empty, so anyone could have written the token")
		return
	}
	v.failSignature(r, fits)
}

// matches reports whether to try the key.
func (v *Verifier) matches(k *Key, alg Algorithm, kid string) bool {
	return k.matches(alg, kid) && (!v.RequireKeyID || kid != "" && kid == k.id)
}

// algorithms lists the algorithms of those keys.
func (v *Verifier) algorithms(which func(*Key) bool) string {
	var names []string
	for _, key := range v.Keys {
		if name := string(key.Algorithm()); which(key) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// checkClaims checks types and expected values.
func (v *Verifier) checkClaims(r *Result) {
	if r.Token.Claims == nil { // they are in a token inside, or there are none
		return
	}
	v.checkPresence(r)
	if exp, ok := r.Token.Date("exp"); ok && v.MaxLifetime > 0 && exp.after(timeBy(v.Now).Add(v.MaxLifetime+v.Leeway)) {
		r.failf(VerdictWrongClaim, "RFC 7519 section 4.1.4", "", "exp is %s away, more than the maximum of %s",
			FormatDuration(exp.Sub(timeBy(v.Now))), FormatDuration(v.MaxLifetime))
	}
	for _, m := range r.Token.Claims {
		if err := CheckClaim(m); err != nil {
			r.failf(VerdictWrongClaim, "RFC 7519 section 4.1", "", "%s", err)
		}
		date, _ := ParseNumericDate(m.Value)
		_, isMeant := date.inMilliseconds()                                 // to a verifier it is a date, so a finding says so
		if err := checkYear(m); err != nil && m.Name == "exp" && !isMeant { // the others are in the future
			r.failf(VerdictWrongClaim, "RFC 7519 section 2", "", "%s", err)
		}
	}
	if iss, _ := r.Token.Claims.String("iss"); v.Iss != "" && iss != v.Iss {
		r.failf(VerdictWrongClaim, "RFC 8725 section 3.8", "", "iss is %s, expected %s", orNone(iss), jsontext.Quote(v.Iss))
	}
	if len(v.Aud) > 0 {
		raw, _ := r.Token.Claims.Get("aud")
		values, _ := audience(raw)
		if !slices.ContainsFunc(values, func(a string) bool { return a != "" && slices.Contains(v.Aud, a) }) {
			r.failf(VerdictWrongClaim, "RFC 8725 section 3.9", "", "aud is %s, expected %s",
				cmp.Or(excerpt(raw), missing), quoteAudience(v.Aud))
		}
	}
	if typ, _ := r.Token.Header.String("typ"); v.Typ != "" && !sameType(typ, v.Typ) {
		r.failf(VerdictWrongClaim, "RFC 8725 section 3.11", "", "typ is %s, expected %s", orNone(typ), jsontext.Quote(v.Typ))
	}
}

// checkPresence checks which claims the token has.
func (v *Verifier) checkPresence(r *Result) {
	for _, name := range v.Required {
		if _, ok := r.Token.Claims.Get(name); !ok {
			r.failf(VerdictWrongClaim, "RFC 7519 section 4.1", "", "the required claim %s is missing", quoted(name))
		}
	}
	for _, name := range v.Unwanted {
		if _, ok := r.Token.Claims.Get(name); ok {
			r.failf(VerdictWrongClaim, "RFC 8725 section 3.12", "", "the claim %s shows that it is another kind of token", quoted(name))
		}
	}
}

// sameType compares media types: case is ignored, and "application/" may be left out (RFC
// 7515 section 4.1.9).
func sameType(a, b string) bool {
	full := func(s string) string {
		if !strings.Contains(s, "/") {
			s = "application/" + s
		}
		if parsed, _, err := mime.ParseMediaType(s); err == nil {
			return parsed
		}
		return strings.ToLower(s)
	}
	return full(a) == full(b)
}
