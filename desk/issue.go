package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/explain"
	"tokendesk/settings"
)

// Issue returns a token of the draft, verified with the keys of the Desk. The error
// is that of [Desk.Token].
func (d *Desk) Issue(ctx context.Context, from Draft) (*Entry, error) {
	now := d.Now()
	token, recorded, err := issue(ctx, d.At(now), &from)
	if err != nil {
		return nil, err
	}
	e := newEntry(d, token, from, now)
	e.Recorded = recorded
	return e, nil
}

// Token issues the token of a draft without verifying it, for a face that only prints
// it: verifying takes 2 to 3 % of the time of such a program. The token is recorded in the
// ledger; [Unrecorded] says if that failed. The error is that of
// [Desk.Ready], an *[auth.LimitError], or says why the draft cannot be issued.
func (d *Desk) Token(ctx context.Context, from Draft) (*auth.Token, error) {
	token, _, err := issue(ctx, d.At(d.Now()), &from)
	return token, err
}

// issue issues the token of a draft, and reports whether it was recorded.
func issue(ctx context.Context, d *Desk, from *Draft) (token *auth.Token, recorded bool, err error) {
	issuer, request, err := readyOrder(ctx, d, from)
	if err != nil {
		return nil, false, err
	}
	if from.Bytes != nil {
		token, err = issuer.SignPayload(from.Bytes)
	} else {
		token, err = issuer.Issue(request)
	}
	if err != nil {
		return nil, false, err
	}
	d.from.known.add(token)
	return token, record(d, token, from, issuer.Key), nil
}

// Lifetime parses a lifetime that the user typed, counted from now. The error is an
// *[auth.LimitError] if it is above the limit.
func (d *Desk) Lifetime(text string, now time.Time) (time.Duration, error) {
	lifetime, err := input.ParseLifetime(text, now)
	if err == nil {
		err = issuer(d.At(now), &Draft{}).CheckLifetime(lifetime)
	}
	return lifetime, err
}

// SigningKey returns the key that signs for a persona. The key ID of the [Source]
// overrides the key and the algorithm of the persona; the algorithm of the Source
// overrides the persona's algorithm.
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
	if err == nil && from.Algorithm != "" && key.Algorithm() != d.Key().Algorithm() { // the Source chose d.Key()
		return nil, &KeyError{From: d.settings.KeySource, Persona: persona.Name, ID: persona.Key, Algorithm: key.Algorithm()}
	}
	return key, err
}

// Personas reads the personas of the profile from their file.
func (d *Desk) Personas() ([]*settings.Persona, error) { return d.settings.Personas() }

// Recipe is a draft for many tokens with different subjects.
type Recipe struct {
	// Issuer signs, by the clock of the Desk.
	Issuer *auth.Issuer
	// Common is the request for every token, without a subject.
	Common auth.Request
	// Holds, unless it is nil, is the persona with the claims of the draft instead of its
	// own. Common comes before it, so it has no lifetime if the draft has one.
	Holds *settings.Persona
	// Shape is the shape of the tokens, or nil; see [Recipe.InShape].
	Shape *settings.Shape
}

// Recipe returns the recipe of a draft. The error is that of [Desk.Ready], or says why
// the draft cannot be issued.
func (d *Desk) Recipe(from Draft) (Recipe, error) {
	if err := d.Ready(); err != nil {
		return Recipe{}, err
	}
	if from.Payload != nil { // every token has a subject of its own
		from.Payload = &Payload{Claims: from.Payload.Claims.Without("sub"), Header: from.Payload.Header}
	}
	r, err := recipe(d, &from)
	return r, cmp.Or(err, refusePublic(d, r.Issuer.Key))
}

// recipe is [Desk.Recipe] even if nothing may be signed.
func recipe(d *Desk, from *Draft) (Recipe, error) {
	r := Recipe{Issuer: issuer(d, from)}
	var lifetime time.Duration
	var err error
	if from.Lifetime != "" {
		if lifetime, err = input.ParseLifetime(from.Lifetime, d.Now()); err != nil {
			return r, err
		}
	}
	if r.Shape, err = from.shape(); err != nil {
		return r, err
	}
	r.Common = from.request(d.Now(), lifetime)
	if r.Shape != nil {
		r.Common.Claims = from.outside(r.Shape, r.Common.Claims)
	}
	if from.Persona != nil {
		if err := refuseDisabled(from.Persona); err != nil && !d.sketch {
			return r, err
		}
		if r.Issuer.Key, err = d.SigningKey(from.Persona); err == nil {
			err = refuseWeak(d, r.Issuer.Key)
		}
		if err != nil && !d.sketch {
			return r, err
		}
		r.Holds = from.merged(r.Common.Claims)
	}
	// A key file that was named for this run stands above the settings.
	if account := r.account(); account != "" && from.Issuer == "" && (d.settings.Issuer == "" || d.from.KeyFile != "") {
		r.Issuer.Iss = account
	}
	r.Issuer.Parameters, r.Issuer.Without = from.parameters(r.Issuer.Key)
	if r.Shape != nil {
		r.shapeHeader(from.Bytes != nil)
	}
	return r, r.leaveOut(from.Without)
}

// refuseDisabled returns why nothing is issued for a persona that the file disables, or nil.
func refuseDisabled(p *settings.Persona) error {
	if !p.Disabled {
		return nil
	}
	return explain.Line{
		Tone: explain.Bad, Text: "the persona " + p.Name + " is disabled", Do: "enable it with tokendesk personas edit " + p.Name + " --enable",
	}
}

// account returns the service account that the signing key belongs to, or nothing.
func (r *Recipe) account() string {
	if r.Issuer.Key == nil {
		return ""
	}
	return r.Issuer.Key.Account()
}

// readyOrder is order for the next token of a Desk that can sign, with the checks of its
// subject.
func readyOrder(ctx context.Context, d *Desk, from *Draft) (*auth.Issuer, auth.Request, error) {
	if err := cmp.Or(d.Ready(), ctx.Err()); err != nil {
		return nil, auth.Request{}, err
	}
	issuer, request, err := order(d, from, d.from.Number())
	if err == nil {
		err = refusePublic(d, issuer.Key)
	}
	if err == nil && from.Bytes == nil {
		err = checkSubject(&request)
	}
	return issuer, request, err
}

// order returns the issuer and the request for one token of the draft.
func order(d *Desk, from *Draft, number int) (*auth.Issuer, auth.Request, error) {
	r, err := recipe(d, from)
	if err != nil {
		return nil, auth.Request{}, err
	}
	request := r.Common
	request.Subject = from.Subject
	if err := r.checkNames(from.Without); err != nil || from.Bytes != nil {
		return r.Issuer, request, err
	}
	if r.Holds == nil {
		if !hasOwnSubject(&request) {
			request.Subject = cmp.Or(request.Subject, r.account())
		}
		request, err = r.InShape(filling(d, number), request)
		return r.Issuer, request, err
	}
	own, err := r.Holds.Request(filling(d, number))
	if err != nil {
		return nil, request, err
	}
	request.Claims = own.Claims
	request.Lifetime = cmp.Or(request.Lifetime, own.Lifetime)
	request.Subject = cmp.Or(request.Subject, own.Subject)
	if request.Subject == "" && r.Shape == nil && !hasOwnSubject(&request) && !d.sketch {
		return nil, request, explain.Line{
			Tone: explain.Bad, Text: "the persona " + from.Persona.Name + " has no subject", Do: "give one",
		}
	}
	request, err = r.InShape(filling(d, number), request)
	return r.Issuer, request, err
}

// hasOwnSubject reports whether the claims of the request decide about "sub": they set it,
// or it is left out.
func hasOwnSubject(r *auth.Request) bool {
	return r.Whole || r.Claims.Index("sub") >= 0 || slices.Contains(r.Without, "sub")
}

// checkSubject returns why a token cannot have the subject, or nil.
func checkSubject(r *auth.Request) error {
	if hasOwnSubject(r) {
		return nil
	}
	return input.CheckSubject(r.Subject)
}

// issuer returns the issuer for a draft, without regard to its persona.
func issuer(d *Desk, from *Draft) *auth.Issuer {
	set := d.settings
	i := &auth.Issuer{
		Key: set.Key, Lifetime: set.Lifetime, MaxLifetime: set.MaxLifetime,
		Iss: cmp.Or(from.Issuer, set.Issuer), Aud: set.Audience,
		Now: d.Now, Rand: d.from.Rand,
	}
	if len(from.Audience) > 0 {
		i.Aud = from.Audience
	}
	return i
}

// newEntry returns the entry of a token that was issued here.
func newEntry(d *Desk, token *auth.Token, from Draft, now time.Time) *Entry {
	e := d.keyring.Verify(token.Compact, Checks{}, now)
	e.Draft, e.provenance = from, sources{d, &from}.of(token.Claims)
	return e
}
