package fault

import (
	"errors"
	"time"

	"tokendesk/auth"
)

// Maker makes faulty tokens out of the request that makes a good one.
//
// Every token takes fresh randomness for its "jti", so that an API which refuses
// to see one twice does not refuse a fault for that. With the same clock and the
// same bytes of randomness the tokens are the same, byte for byte. A Maker may be
// used from many goroutines as long as the issuer's clock and randomness may.
type Maker struct {
	// Issuer has the key, the clock, the randomness and the "iss" and "aud".
	Issuer *auth.Issuer
	// Request is what the good token is to hold.
	Request auth.Request
}

// Made is a fault with its token.
type Made struct {
	Fault
	// Token gives access to an API that lets it in, so it belongs into no report.
	Token string `json:"-"`
	// Impossible says why no token can be made with this key and request.
	Impossible string
}

// ImpossibleError says why a fault cannot be made of the good token with its key.
type ImpossibleError struct{ Fault, Reason string }

// Error returns one sentence with the fault and the reason.
func (e *ImpossibleError) Error() string {
	return "the fault " + e.Fault + " cannot be made: " + e.Reason
}

// Good returns the token that the faults are derived from. It must be one that
// [Maker.Verifier] lets pass, and otherwise there is an error that says why.
func (m Maker) Good() (string, error) {
	d, err := m.draft()
	if err != nil {
		return "", err
	}
	return d.good.Compact, nil
}

// Make returns the token of the fault, which for the fault "empty" is the empty
// string. The error is an *[ImpossibleError] where it cannot be made with this
// key or request.
func (m Maker) Make(f Fault) (string, error) {
	if f.make == nil {
		return "", errors.New("there is no such fault")
	}
	d, err := m.draft()
	if err != nil {
		return "", err
	}
	if reason := m.Impossible(f); reason != "" {
		return "", &ImpossibleError{f.Name, reason}
	}
	return f.make(d)
}

// Verifier returns a verifier that lets the good token pass and refuses every
// fault with its verdict. Besides what [auth.Verifier] always asks for it has
// the "iss", "aud" and "typ" of the good token where it has them, asks for
// "exp", "sub" and a "kid" that the good token has too, lets "exp" be no
// further off than there, and limits the size.
func (m Maker) Verifier() (*auth.Verifier, error) {
	d, err := m.draft()
	if err != nil {
		return nil, err
	}
	return d.verifier(), nil
}

// draft issues the good token.
func (m Maker) draft() (*draft, error) {
	if m.Issuer == nil {
		return nil, auth.ErrNoKey
	}
	good, err := m.Issuer.Issue(m.Request)
	if err != nil {
		return nil, err
	}
	d := &draft{maker: m, good: good}
	if r := d.verifier().Verify(good.Compact); r.Verdict != auth.VerdictValid {
		return nil, errors.New("the token that faults are made of must be a good one: " + r.Failures[0].Reason)
	}
	return d, nil
}

// verifier is the one of [Maker.Verifier].
func (d *draft) verifier() *auth.Verifier {
	v := &auth.Verifier{
		Keys:         []*auth.Key{d.maker.Issuer.Key},
		Required:     []string{"exp", "sub"},
		MaxLifetime:  time.Duration(d.lifetime()) * time.Second,
		MaxBytes:     oversize,
		RequireKeyID: d.maker.namesKey(),
		Iss:          d.issuerClaim(),
		Aud:          d.audience(),
		Now:          d.maker.Issuer.Now,
	}
	v.Typ, _ = d.good.Header.String("typ")
	return v
}
