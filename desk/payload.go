package desk

import (
	"errors"
	"strconv"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// Payload is the claims of a token that a [Draft] starts from.
type Payload struct {
	Claims auth.Object
	// Header is the header of the token that the claims are from, or nil if only its
	// claims are known.
	Header auth.Object
	// Whole says that no other claims are added. Otherwise a token gets the claims that it
	// has without a payload, too.
	Whole bool
}

// ParsePayload parses claims as one JSON object: the claims themselves, or what inspect or
// verify print about a token as JSON. The error of invalid JSON is a
// *[jsontext.SyntaxError].
func ParsePayload(text []byte) (*Payload, error) {
	object, err := jsontext.ParseObject(text)
	if err != nil {
		return nil, err
	}
	raw, isReport := object.Get("claims")
	header, hasHeader := object.Get("header")
	if _, checked := object.Get("signature_checked"); !isReport || !hasHeader || !checked {
		return &Payload{Claims: object}, nil
	}
	p := &Payload{}
	if p.Claims, err = jsontext.ParseObject(raw); err != nil {
		return nil, errors.New("it describes a token whose claims could not be read")
	}
	if p.Header, err = jsontext.ParseObject(header); err != nil {
		return nil, errors.New("it describes a token whose header could not be read")
	}
	return p, nil
}

// parameters returns the header parameters of the draft for a token that the key signs:
// those of the payload, without those that describe another key, and its own.
func (f *Draft) parameters(key *auth.Key) (parameters auth.Object, without []string) {
	if f.Payload == nil || f.Payload.Header == nil {
		return f.Header, nil
	}
	parameters = f.Payload.Header.Without("alg")
	if key != nil && key.ID() != "" {
		parameters = parameters.Without("kid")
	}
	for _, m := range f.Header {
		parameters = parameters.Set(m.Name, m.Value)
	}
	if parameters.Index("typ") < 0 {
		without = []string{"typ"}
	}
	return parameters, without
}

// request returns the request for the claims of the draft at an instant. The lifetime is
// the one that was asked for, or zero.
func (f *Draft) request(now time.Time, lifetime time.Duration) auth.Request {
	r := auth.Request{Lifetime: lifetime, Claims: f.claims()}
	if f.Payload == nil {
		return r
	}
	base := f.Payload.Claims
	for _, m := range f.above(now, lifetime) {
		if f.Payload.Whole {
			base = base.Set(m.Name, m.Value)
		} else {
			base = base.Without(m.Name) // the issuer sets it
		}
	}
	for _, m := range r.Claims {
		base = base.Set(m.Name, m.Value)
	}
	r.Claims, r.Whole = base, f.Payload.Whole
	return r
}

// above returns the claims of the draft that stand above those of its payload. A lifetime
// makes "iat" fresh.
func (f *Draft) above(now time.Time, lifetime time.Duration) (claims auth.Object) {
	if f.Subject != "" {
		claims = append(claims, jsontext.Text("sub", f.Subject))
	}
	if f.Issuer != "" {
		claims = append(claims, jsontext.Text("iss", f.Issuer))
	}
	switch len(f.Audience) {
	case 0:
	case 1:
		claims = append(claims, jsontext.Text("aud", f.Audience[0]))
	default:
		claims = append(claims, auth.Member{Name: "aud", Value: jsontext.QuoteAll(f.Audience)})
	}
	if lifetime > 0 {
		claims = append(claims, auth.Member{Name: "iat", Value: seconds(now)}, auth.Member{Name: "exp", Value: seconds(now.Add(lifetime))})
	}
	return claims
}

func seconds(t time.Time) []byte { return strconv.AppendInt(nil, t.Unix(), 10) }
