package auth

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"tokendesk/auth/jsontext"
)

// DefaultLifetime is the lifetime of a token when nothing else is configured.
const DefaultLifetime = 30 * time.Minute

// Issuer makes tokens. Its fields are set once and then only read, so one
// Issuer may be used from many goroutines as long as Now and Rand may.
type Issuer struct {
	// Key signs. Without one Issue returns [ErrNoKey].
	Key *Key
	// Lifetime is used for requests that name none; zero is [DefaultLifetime].
	Lifetime time.Duration
	// MaxLifetime is the longest lifetime that is issued; zero is no limit.
	MaxLifetime time.Duration
	// Iss goes into "iss" and Aud into "aud" where they are set.
	Iss string
	Aud []string
	// Parameters are added to the header, in their order. One that the header
	// has already is replaced where it stands; "alg" follows from the key.
	Parameters Object
	// Now is the clock; nil is [time.Now].
	Now func() time.Time
	// Rand gives the 128 bits of "jti" and the salt of PS256 and its sisters; nil
	// is [crypto/rand.Reader].
	Rand io.Reader
}

// Request says what a token is to hold.
type Request struct {
	// Subject becomes "sub", byte for byte. It may be any text that is UTF-8.
	Subject string
	// Lifetime is the time between "iat" and "exp", in whole seconds; zero is
	// the issuer's own.
	Lifetime time.Duration
	// Claims are added in their order. They may set "iss", "aud", "nbf" and
	// "jti", which then replace the issuer's, and no other claim that the issuer
	// sets.
	Claims Object
}

// Issue returns a signed token for the request: "sub", "iat", "exp" and "jti",
// "iss" and "aud" when they are configured, then the request's claims. "iat" is
// the clock rounded down to the second.
func (i *Issuer) Issue(r Request) (*Token, error) {
	if !utf8.ValidString(r.Subject) {
		return nil, errSubject
	}
	lifetime := r.Lifetime
	if lifetime == 0 {
		lifetime = i.defaultLifetime()
	}
	if err := i.CheckLifetime(lifetime); err != nil {
		return nil, err
	}
	claims, err := i.claims(r, lifetime)
	if err != nil {
		return nil, err
	}
	return i.Sign(i.Header(), claims)
}

// Header returns the header of the tokens that are issued: "alg", "typ" and,
// when the key has an ID, "kid", then the issuer's parameters.
func (i *Issuer) Header() Object {
	if i.Key == nil {
		return nil
	}
	header := Object{jsontext.Text("alg", string(i.Key.Algorithm())), jsontext.Text("typ", "JWT")}
	if id := i.Key.ID(); id != "" {
		header = append(header, jsontext.Text("kid", id))
	}
	for _, m := range i.Parameters {
		header = header.Set(m.Name, m.Value)
	}
	return header
}

func (i *Issuer) defaultLifetime() time.Duration {
	if i.Lifetime == 0 {
		return DefaultLifetime
	}
	return i.Lifetime
}

func (i *Issuer) now() time.Time {
	if i.Now == nil {
		return time.Now()
	}
	return i.Now()
}

func (i *Issuer) random() io.Reader {
	if i.Rand == nil {
		return rand.Reader
	}
	return i.Rand
}

// CheckLifetime returns why a token cannot be issued for that long, or nil.
func (i *Issuer) CheckLifetime(lifetime time.Duration) error {
	switch {
	case lifetime <= 0:
		return errors.New("the lifetime must be longer than zero")
	case lifetime%time.Second != 0:
		return errors.New("the lifetime must be whole seconds")
	case i.MaxLifetime > 0 && lifetime > i.MaxLifetime:
		return &LimitError{Lifetime: lifetime, Limit: i.MaxLifetime}
	case lifetime > time.Unix(lastSecond, 0).Sub(i.now()):
		return errors.New("the token would expire after the year 9999")
	}
	return nil
}

// LimitError says that a lifetime is longer than an issuer allows.
type LimitError struct{ Lifetime, Limit time.Duration }

// Error names both durations.
func (e *LimitError) Error() string {
	return fmt.Sprintf("a lifetime of %s is above the limit of %s",
		FormatDuration(e.Lifetime), FormatDuration(e.Limit))
}

// claims puts the payload together.
func (i *Issuer) claims(r Request, lifetime time.Duration) (Object, error) {
	for _, text := range append([]string{i.Iss}, i.Aud...) {
		if !utf8.ValidString(text) {
			return nil, errors.New("the issuer or the audience is not valid UTF-8")
		}
	}
	now := i.now()
	claims := Object{jsontext.Text("sub", r.Subject)}
	if i.Iss != "" {
		claims = append(claims, jsontext.Text("iss", i.Iss))
	}
	if len(i.Aud) > 0 {
		claims = append(claims, Member{Name: "aud", Value: quoteAudience(i.Aud)})
	}
	claims = append(claims, Member{Name: "iat", Value: newNumericDate(now)}, Member{Name: "exp", Value: newNumericDate(now.Add(lifetime))})
	if _, given := r.Claims.Get("jti"); !given {
		id, err := i.newID()
		if err != nil {
			return nil, err
		}
		claims = append(claims, jsontext.Text("jti", id))
	}
	return addClaims(claims, r.Claims)
}

// addClaims returns the issuer's own claims with the extra ones, which replace
// those of the same name where they stand.
func addClaims(own, extra Object) (Object, error) {
	claims := own
	var seen jsontext.Names
	for _, m := range extra {
		if seen.Add(m.Name) {
			return nil, fmt.Errorf("the claim %s is there twice: keep one", jsontext.Excerpt(jsontext.Quote(m.Name)))
		}
		if err := CheckExtraClaim(m); err != nil {
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
	out := []byte{'['}
	for n, value := range audience {
		if n > 0 {
			out = append(out, ',')
		}
		out = append(out, jsontext.Quote(value)...)
	}
	return append(out, ']')
}

// Sign returns a token with exactly that header and those claims, signed with
// the issuer's key. The claims may hold any times, past ones too: it is how a
// token is edited. What could not be read back by [Decode], a header that names
// another algorithm than the key's, a registered claim of the wrong type and a
// lifetime above the limit are refused.
func (i *Issuer) Sign(header, claims Object) (*Token, error) {
	if i.Key == nil {
		return nil, ErrNoKey
	}
	if !i.Key.CanSign() {
		return nil, ErrCannotSign
	}
	if alg, _ := header.String("alg"); alg != string(i.Key.Algorithm()) {
		return nil, fmt.Errorf("the header's alg must be %q, the algorithm of the key", string(i.Key.Algorithm()))
	}
	if refused := checkHeader(header); refused != nil {
		return nil, errors.New(refused.Reason)
	}
	for _, m := range claims {
		if err := CheckClaim(m); err != nil {
			return nil, err
		}
	}
	token := &Token{Header: header, Claims: claims}
	switch lifetime, ends := i.lifetimeOf(token); {
	case i.MaxLifetime == 0:
	case !ends:
		return nil, fmt.Errorf("without exp the token never expires, and the limit is %s", FormatDuration(i.MaxLifetime))
	case lifetime > i.MaxLifetime:
		return nil, &LimitError{Lifetime: lifetime, Limit: i.MaxLifetime}
	}
	if err := token.sign(i.Key, i.random()); err != nil {
		return nil, err
	}
	return token, nil
}

// lifetimeOf returns how long the token is good for, counted from "iat" or from
// now, whichever is longer: many verifiers do not mind an "iat" in the future.
func (i *Issuer) lifetimeOf(token *Token) (lifetime time.Duration, ends bool) {
	exp, ends := token.Date("exp")
	lifetime = exp.Sub(i.now())
	if issued, ok := token.Lifetime(); ok {
		lifetime = max(lifetime, issued)
	}
	return lifetime, ends
}

// sign fills the serialization from header and claims, which become what
// [Decode] would read from it.
func (t *Token) sign(key *Key, random io.Reader) error {
	header, err := t.Header.MarshalJSON()
	if err != nil {
		return fmt.Errorf("write the header: %w", err)
	}
	if t.payload, err = t.Claims.MarshalJSON(); err != nil {
		return fmt.Errorf("write the claims: %w", err)
	}
	if t.Header, err = jsontext.ParseObject(header); err != nil {
		return fmt.Errorf("write the header: %w", err)
	}
	if t.Claims, err = jsontext.ParseObject(t.payload); err != nil {
		return fmt.Errorf("write the claims: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	t.HeaderSegment, t.PayloadSegment = encode(header), encode(t.payload)
	if t.Signature, err = key.Sign(random, t.signingInput()); err != nil {
		return fmt.Errorf("sign: %w", err)
	}
	t.SignatureSegment = encode(t.Signature)
	t.Compact = t.signingInput() + "." + t.SignatureSegment
	if len(t.Compact) > MaxBytes {
		return errTooLong(len(t.Compact))
	}
	return nil
}

func errTooLong(size int) error {
	return fmt.Errorf("the token would have %d bytes, more than the %d that anything reads", size, MaxBytes)
}
