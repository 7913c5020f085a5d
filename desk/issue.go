package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/settings"
)

// Issue returns a token of the draft. The error is that of [Desk.Ready], a
// *[LimitError], or says what cannot be issued.
func (d *Desk) Issue(ctx context.Context, from Draft) (*Entry, error) {
	if err := firstOf(d.Ready(), ctx.Err()); err != nil {
		return nil, err
	}
	now := d.Now()
	issuer, request, err := order(d.At(now), &from, d.from.Number())
	if err != nil {
		return nil, err
	}
	token, err := issuer.Issue(request)
	if err != nil {
		return nil, explainLimit(err)
	}
	return enter(d, token, from, now), nil
}

// Lifetime returns a lifetime that was typed, counted from now. The error is a
// *[LimitError] when it is above the limit.
func (d *Desk) Lifetime(text string, now time.Time) (time.Duration, error) {
	lifetime, err := input.ParseLifetime(text, now)
	if err != nil {
		return 0, err
	}
	if err := issuer(d.At(now), &Draft{}).CheckLifetime(lifetime); err != nil {
		return 0, explainLimit(err)
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

// LimitError says that a lifetime is longer than MAX_TOKEN_MINUTES allows.
type LimitError struct{ limit *auth.LimitError }

// Error names both durations.
func (e *LimitError) Error() string {
	return fmt.Sprintf("%s is above the %s of MAX_TOKEN_MINUTES", auth.FormatDuration(e.limit.Lifetime), auth.FormatDuration(e.limit.Limit))
}

// Unwrap returns the *[auth.LimitError].
func (e *LimitError) Unwrap() error { return e.limit }

func explainLimit(err error) error {
	if limit, ok := errors.AsType[*auth.LimitError](err); ok {
		return &LimitError{limit}
	}
	return err
}

// order returns what issues a token of the draft, and what the token holds.
func order(d *Desk, from *Draft, number int) (*auth.Issuer, auth.Request, error) {
	i := issuer(d, from)
	if from.Persona != nil {
		var err error
		if i.Key, err = d.SigningKey(from.Persona); err != nil {
			return nil, auth.Request{}, err
		}
	}
	request, err := from.request(settings.Fresh{Now: i.Now(), N: number, Rand: i.Rand})
	return i, request, err
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
