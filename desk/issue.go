package desk

import (
	"cmp"
	"context"
	"errors"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/settings"
)

// Issue returns a token of the draft. The error is that of [Desk.Ready], a
// *[auth.LimitError], or says what cannot be issued.
func (d *Desk) Issue(ctx context.Context, from Draft) (*Entry, error) {
	if err := firstOf(d.Ready(), ctx.Err()); err != nil {
		return nil, err
	}
	now := d.Now()
	issuer, request, err := order(d.At(now), &from, d.from.Number())
	if err != nil {
		return nil, err
	}
	if err := input.CheckSubject(request.Subject); err != nil {
		return nil, err
	}
	token, err := issuer.Issue(request)
	if err != nil {
		return nil, err
	}
	return enter(d, token, from, now), nil
}

// Lifetime returns a lifetime that was typed, counted from now. The error is a
// *[auth.LimitError] when it is above the limit.
func (d *Desk) Lifetime(text string, now time.Time) (time.Duration, error) {
	lifetime, err := input.ParseLifetime(text, now)
	if err != nil {
		return 0, err
	}
	if err := issuer(d.At(now), &Draft{}).CheckLifetime(lifetime); err != nil {
		return 0, err
	}
	return lifetime, nil
}

// SigningKey returns the key that signs for a persona. The ID of the [Source]
// stands above what the persona says of its key, and the algorithm above its own.
func (d *Desk) SigningKey(persona *settings.Persona) (*auth.Key, error) {
	from := &d.from
	if from.KeyID != "" {
		return d.Key(), nil
	}
	if from.Algorithm != "" {
		persona = persona.With(nil)
		persona.Algorithm = ""
	}
	key, err := d.settings.SigningKey(persona)
	if err == nil && from.Algorithm != "" && key.Algorithm() != d.Key().Algorithm() { // which the Source has chosen
		return nil, &KeyError{From: d.settings.KeySource, Persona: persona.Name, ID: persona.Key, Algorithm: key.Algorithm()}
	}
	return key, err
}

// Personas reads the personas of the profile as their file has them at the moment.
func (d *Desk) Personas() ([]*settings.Persona, error) { return d.settings.Personas() }

// Recipe is a draft for many tokens, whose subjects are said later.
type Recipe struct {
	// Issuer signs, by the clock of the Desk.
	Issuer *auth.Issuer
	// Common is what all tokens hold, without a subject.
	Common auth.Request
	// Holds, unless it is nil, is the persona with the claims of the draft above its
	// own. It is below Common and has no lifetime when the draft has one.
	Holds *settings.Persona
}

// Recipe returns what a draft is for many tokens. The error is that of
// [Desk.Ready], or says what cannot be issued.
func (d *Desk) Recipe(from Draft) (Recipe, error) {
	if err := d.Ready(); err != nil {
		return Recipe{}, err
	}
	return recipe(d, &from)
}

// recipe is [Desk.Recipe] whether or not anything may be signed.
func recipe(d *Desk, from *Draft) (Recipe, error) {
	r := Recipe{Issuer: issuer(d, from), Common: auth.Request{Claims: from.claims()}}
	var err error
	if from.Persona != nil {
		if r.Issuer.Key, err = d.SigningKey(from.Persona); err != nil {
			return r, err
		}
		r.Holds = from.above()
	}
	if from.Lifetime != "" {
		r.Common.Lifetime, err = input.ParseLifetime(from.Lifetime, d.Now())
	}
	return r, err
}

// order returns what issues one token of the draft, and what that holds.
func order(d *Desk, from *Draft, number int) (*auth.Issuer, auth.Request, error) {
	r, err := recipe(d, from)
	if err != nil {
		return nil, auth.Request{}, err
	}
	request := r.Common
	request.Subject = from.Subject
	if r.Holds == nil {
		return r.Issuer, request, nil
	}
	own, err := r.Holds.Request(settings.Fresh{Now: d.Now(), N: number, Rand: d.from.Rand})
	if err != nil {
		return nil, request, err
	}
	request.Claims = own.Claims
	request.Lifetime = cmp.Or(request.Lifetime, own.Lifetime)
	request.Subject = cmp.Or(request.Subject, own.Subject)
	if request.Subject == "" {
		return nil, request, errors.New("the persona " + from.Persona.Name + " has no subject: name one")
	}
	return r.Issuer, request, nil
}

// issuer returns what issues tokens of a draft that has no persona.
func issuer(d *Desk, from *Draft) *auth.Issuer {
	set := d.settings
	i := &auth.Issuer{
		Key: set.Key, Lifetime: set.Lifetime, MaxLifetime: set.MaxLifetime,
		Iss: set.Issuer, Aud: set.Audience, Parameters: from.Header,
		Now: d.from.Now, Rand: d.from.Rand,
	}
	if from.Issuer != "" {
		i.Iss = from.Issuer
	}
	if len(from.Audience) > 0 {
		i.Aud = from.Audience
	}
	return i
}

// enter returns the entry of a token that was made here.
func enter(d *Desk, token *auth.Token, from Draft, now time.Time) *Entry {
	e := d.keyring.Verify(token.Compact, Checks{}, now)
	e.Draft = from
	return e
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
