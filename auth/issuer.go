package auth

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// DefaultLifetime is the default lifetime of a token.
const DefaultLifetime = 30 * time.Minute

// Issuer issues tokens. Its fields are set once and then only read, so that one Issuer
// can be used from many goroutines as long as Now and Rand can.
type Issuer struct {
	// Key signs. Without a key Issue returns [ErrNoKey].
	Key *Key
	// Lifetime is for requests without one; zero is [DefaultLifetime].
	Lifetime time.Duration
	// MaxLifetime is the longest lifetime that a token may have; zero is no limit.
	MaxLifetime time.Duration
	// Iss is "iss" and Aud is "aud", unless they are empty.
	Iss string
	Aud []string
	// Parameters are added to the header, in their order. A parameter that the header has
	// already is replaced in its place; "alg" must be that of the key.
	Parameters Object
	// WholeHeader says that Parameters are the whole header, and have its "alg".
	WholeHeader bool
	// Without are names of header parameters that are left out. "alg" never is.
	Without []string
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Rand is the source of the 128 bits of "jti" and of the salt of PS256, PS384 and
	// PS512; nil is [crypto/rand.Reader].
	Rand io.Reader
}

// Request says what a token should contain.
type Request struct {
	// Subject is "sub", byte for byte. It may be any UTF-8 text.
	Subject string
	// Lifetime is the time from "iat" to "exp", in whole seconds; zero is the issuer's.
	Lifetime time.Duration
	// Claims are added in their order. They replace claims that the issuer sets.
	Claims Object
	// Whole says that Claims are the whole payload: the issuer adds nothing to them, and
	// ignores Subject and Lifetime.
	Whole bool
	// Without are names of claims that are left out.
	Without []string
}

// has reports whether the token will have a claim that the issuer sets by itself.
func (r *Request) has(name string) bool { return !r.Whole && !slices.Contains(r.Without, name) }

// replaces reports whether the request sets or leaves out one of these claims, which the
// issuer sets by itself.
func (r *Request) replaces(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return !r.has(name) || r.Claims.Index(name) >= 0 })
}

// Issue returns a signed token for the request, with "sub", "iat", "exp" and "jti", with
// "iss" and "aud" if they are configured, and with the claims of the request. "iat" is
// the time of the clock, rounded down to the second. The lifetime is counted from that
// time, and a token that is valid for longer than the limit is refused, whatever sets its
// "iat" and "exp".
func (i *Issuer) Issue(r Request) (*Token, error) {
	claims, err := i.Claims(r)
	if err != nil {
		return nil, err
	}
	header := i.Header()
	if err := i.checkSigning(header); err != nil {
		return nil, err
	}
	return i.seal(header, claims)
}

// Claims returns the claims that [Issuer.Issue] would sign, with its checks of them. It needs no
// key, and takes the "jti" from the source of randomness.
func (i *Issuer) Claims(r Request) (Object, error) {
	claims, err := i.claims(r)
	if err == nil && r.replaces("iat", "exp") {
		err = i.checkLimit(&Token{Claims: claims})
	}
	if err != nil {
		return nil, err
	}
	return claims, nil
}

// Header returns the header of issued tokens: "alg", "typ" and, if the key has an ID,
// "kid", then the parameters of the issuer.
func (i *Issuer) Header() Object {
	if i.Key == nil {
		return nil
	}
	header := Object{jsontext.Text("alg", string(i.Key.Algorithm())), jsontext.Text("typ", "JWT")}
	if id := i.Key.ID(); id != "" {
		header = append(header, jsontext.Text("kid", id))
	}
	if i.WholeHeader {
		header = nil
	}
	for _, m := range i.Parameters {
		header = header.Set(m.Name, m.Value)
	}
	for _, name := range i.Without {
		if name != "alg" {
			header = header.Without(name)
		}
	}
	return header
}

// timeBy returns the time by a clock; nil is [time.Now].
func timeBy(clock func() time.Time) time.Time {
	if clock == nil {
		clock = time.Now
	}
	return clock()
}

func (i *Issuer) random() io.Reader { return cmp.Or(i.Rand, rand.Reader) }

// claims returns the payload.
func (i *Issuer) claims(r Request) (Object, error) {
	var own Object
	if !r.Whole {
		var err error
		if own, err = i.ownClaims(r); err != nil {
			return nil, err
		}
	}
	claims, err := addClaims(own, r.Claims)
	for _, name := range r.Without {
		claims = claims.Without(name)
	}
	return claims, err
}

// ownClaims returns the claims that the issuer sets.
func (i *Issuer) ownClaims(r Request) (Object, error) {
	if !utf8.ValidString(r.Subject) {
		return nil, errSubject
	}
	for _, text := range append([]string{i.Iss}, i.Aud...) {
		if !utf8.ValidString(text) {
			return nil, errors.New("the issuer or the audience is not valid UTF-8")
		}
	}
	lifetime := cmp.Or(r.Lifetime, i.Lifetime, DefaultLifetime)
	if !r.replaces("exp") {
		if err := i.CheckLifetime(lifetime); err != nil {
			return nil, err
		}
	}
	now := timeBy(i.Now)
	claims := Object{jsontext.Text("sub", r.Subject)}
	if i.Iss != "" {
		claims = append(claims, jsontext.Text("iss", i.Iss))
	}
	if len(i.Aud) > 0 {
		claims = append(claims, Member{Name: "aud", Value: quoteAudience(i.Aud)})
	}
	claims = append(claims, Member{Name: "iat", Value: newNumericDate(now)}, Member{Name: "exp", Value: newNumericDate(now.Add(lifetime))})
	if !r.replaces("jti") {
		id, err := i.newID()
		if err != nil {
			return nil, err
		}
		claims = append(claims, jsontext.Text("jti", id))
	}
	return claims, nil
}

// addClaims returns the issuer's own claims with the extra ones, which replace claims of
// the same name in their place.
func addClaims(own, extra Object) (Object, error) {
	claims := own
	var seen jsontext.Names
	for _, m := range extra {
		if seen.Add(m.Name) {
			return nil, advice.New(fmt.Sprintf("the claim %s is set twice", quoted(m.Name)), "keep one of the two")
		}
		if err := CheckIssued(m); err != nil {
			return nil, err
		}
		if n := own.Index(m.Name); n >= 0 {
			claims[n].Value = m.Value
			continue
		}
		claims = append(claims, m)
	}
	return claims, nil
}

// newID returns 128 random bits as 32 hexadecimal digits (RFC 7519 section 4.1.7).
func (i *Issuer) newID() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(i.random(), b[:]); err != nil {
		return "", fmt.Errorf("read randomness for the token's id: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

func quoteAudience(audience []string) []byte {
	if len(audience) == 1 {
		return jsontext.Quote(audience[0])
	}
	return jsontext.QuoteAll(audience)
}
