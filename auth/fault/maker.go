package fault

import (
	"errors"
	"time"

	"tokendesk/auth"
)

// Maker makes faulty tokens from the request for a good one.
//
// Every token has a new "jti", so that an API that refuses a repeated "jti" does not refuse
// a fault for that reason. The same clock and randomness give the same tokens, byte for
// byte. A Maker is safe for concurrent use if the issuer's clock and randomness are.
type Maker struct {
	// Issuer has the key, the clock, the randomness, and the "iss" and "aud".
	Issuer *auth.Issuer
	// Request describes the good token.
	Request auth.Request
	// Certificate is the certificate of the key as PEM, as the API keeps it, or nothing.
	Certificate []byte
}

// Made is a fault with its token.
type Made struct {
	Fault
	// Token may be accepted by an API, so it must not be in a report.
	Token string `json:"-"`
	// Impossible says why the token cannot be made with this key and request.
	Impossible string
}

// ImpossibleError says why a fault cannot be made with the key and the request.
type ImpossibleError struct{ Fault, Reason string }

// Error returns the fault and the reason.
func (e *ImpossibleError) Error() string {
	return "the fault " + e.Fault + " cannot be made: " + e.Reason
}

// Good returns the token that the faults are derived from, or an error if the verifier of
// [Maker.Verifier] does not accept it.
func (m Maker) Good() (string, error) {
	d, err := m.draft()
	if err != nil {
		return "", err
	}
	return d.good.Compact, nil
}

// Make returns the token of the fault, which is empty for the fault "empty". The error is
// an *[ImpossibleError] if the token cannot be made with this key and request.
func (m Maker) Make(f Fault) (string, error) {
	if f.make == nil {
		return "", errors.New("unknown fault")
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

// Verifier returns a verifier that accepts the good token and refuses every fault with its
// verdict. In addition to the checks of every [auth.Verifier] it expects the "iss", "aud"
// and "typ" of the good token, requires its "exp", "sub" and "kid", limits the size and the
// time until "exp", and refuses what shows that a token is no access token, the second name
// of an algorithm, and the larger of the two right numbers of an ECDSA signature.
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
	at := time.Now()
	if m.Issuer.Now != nil {
		at = m.Issuer.Now()
	}
	issuer := *m.Issuer
	issuer.Now = func() time.Time { return at }
	good, err := issuer.Issue(m.Request)
	if err != nil {
		return nil, err
	}
	d := &draft{maker: m, good: good, at: at}
	d.good.Signature = smallerS(m.Issuer.Key, good.Signature)
	d.good.SignatureSegment = encode(d.good.Signature)
	d.good.Compact = d.signingInput() + "." + d.good.SignatureSegment
	if r := d.verifier().Verify(good.Compact); r.Verdict != auth.VerdictValid {
		return nil, errors.New("the good token is not valid: " + r.Failures[0].Reason)
	}
	return d, nil
}

// verifier returns the verifier of [Maker.Verifier].
func (d *draft) verifier() *auth.Verifier {
	v := &auth.Verifier{
		Keys:         []*auth.Key{auth.Strict(d.maker.Issuer.Key)},
		Required:     d.required("exp", "sub"),
		MaxLifetime:  time.Duration(d.lifetime()) * time.Second,
		MaxBytes:     oversize,
		Unwanted:     unwanted(d.good),
		RequireKeyID: d.maker.namesKey(),
		Iss:          d.issuerClaim(),
		Aud:          d.audience(),
		Now:          d.maker.Issuer.Now,
	}
	v.Typ, _ = d.good.Header.String("typ")
	return v
}
