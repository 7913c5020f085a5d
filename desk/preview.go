package desk

import (
	"errors"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/settings"
)

// Preview is what a token would have if it were issued now. Nothing of it is signed.
type Preview struct {
	Header, Claims auth.Object
	// From says of the claims where they come from, by name: "the form", "persona admin",
	// ".env.staging", "random".
	From map[string]string
	// Payload is the JSON of the claims, or the exact bytes of the draft.
	Payload []byte
	// Notes say how the token differs from those of the vendor whose shape it has.
	Notes []explain.Line
	// Refused says why nothing can be issued now, whatever the draft says, or is nil.
	Refused error
}

// Preview returns what the token of a draft would have if it were issued now. It signs
// nothing, asks nothing, needs no key and uses up neither randomness nor a number. A draft
// without a subject has a preview, too. The error says why the draft cannot be issued.
func (d *Desk) Preview(from Draft) (Preview, error) {
	d = d.At(d.Now())
	issuer, request, err := order(sketching(d), &from, 0)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Header: issuer.Header(), Payload: from.Bytes}
	if from.Bytes != nil {
		p.Claims, _ = jsontext.ParseObject(from.Bytes) // other bytes have no claims
	} else if p.Payload, p.Claims, err = sketch(issuer, request, &from); err != nil {
		return Preview{}, err
	}
	p.From, p.Refused = sources{d, &from}.of(p.Claims), refusal(d, &from)
	p.Notes = ShapeNotes(d, from)
	return p, nil
}

// sketch returns the payload of a preview.
func sketch(issuer *auth.Issuer, request auth.Request, from *Draft) ([]byte, auth.Object, error) {
	claims, err := issuer.Claims(request)
	if err != nil {
		return nil, nil, err
	}
	if !from.sets("jti") && claims.Index("jti") >= 0 {
		claims = claims.Set("jti", jsontext.Quote(inEveryToken))
	}
	payload, claims, err := claims.Encode()
	return payload, claims, err
}

// inEveryToken stands for a value that is not known before the token is issued.
const inEveryToken = "fresh in every token"

// sketching returns the Desk for a preview.
func sketching(d *Desk) *Desk {
	out := *d
	out.sketch = true
	out.from.Rand = unknown{}
	return &out
}

// unknown is randomness that is not there yet.
type unknown struct{}

func (unknown) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// filling returns the values for the placeholders of the next token.
func filling(d *Desk, number int) settings.Fresh {
	f := settings.Fresh{Now: d.Now(), N: number, Rand: d.from.Rand, Preview: d.sketch}
	if d.sketch && d.from.Next != nil {
		f.N = d.from.Next()
	}
	return f
}

// refusal returns why nothing can be issued now, or nil. A question is no reason.
func refusal(d *Desk, from *Draft) error {
	err := d.Ready()
	if _, asks := errors.AsType[*Locked](err); asks {
		return nil
	}
	if err != nil {
		return err
	}
	key := d.Key()
	if from.Persona != nil {
		if err := refuseDisabled(from.Persona); err != nil {
			return err
		}
		if key, err = d.SigningKey(from.Persona); err != nil {
			return err
		}
	}
	return refusePublic(d, key)
}

// sets reports whether the draft has a claim of that name.
func (f *Draft) sets(name string) bool {
	if f.claims().Index(name) >= 0 || f.Payload != nil && (f.Payload.Whole || f.Payload.Claims.Index(name) >= 0) {
		return true
	}
	return f.Persona != nil && slices.ContainsFunc(f.Persona.Claims, func(m auth.Member) bool { return m.Name == name })
}
