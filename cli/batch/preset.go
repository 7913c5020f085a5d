package batch

import (
	"bufio"
	"cmp"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/settings"
)

// Persona is what the rows that name a persona need.
type Persona struct {
	// Holds is the persona, with the claims of all tokens merged in. A row overrides it.
	Holds *settings.Persona
	// Issuer issues the tokens and has their key.
	Issuer *auth.Issuer
	// Lifetime, unless it is zero, is for a persona without a lifetime.
	Lifetime time.Duration
	// Without are the claims that are left out.
	Without []string
	// InShape, unless it is nil, returns the request for a token with the claims of a shape.
	InShape func(settings.Fresh, auth.Request) (auth.Request, error)
}

// presetName is the names of a persona and of a shape, of which one may be empty.
type presetName struct{ persona, shape string }

// request is a row.
type request struct {
	auth.Request
	presetName
}

// preset is a persona with its batch, or a shape.
type preset struct {
	*Persona
	batch *auth.Batch // nil in a shape
	// fixed says that the batch has the claims. Otherwise they have placeholders, which
	// are filled for every token.
	fixed  bool
	issuer *auth.Issuer

	lifetime      time.Duration
	lifetimeChunk int // the chunk for which the lifetime was computed
}

// preset returns the persona and the shape of those names. Without a name it is that of all
// rows. Without both it is nil.
func (w *worker) preset(name presetName) (*preset, error) {
	name = presetName{cmp.Or(name.persona, w.usual.persona), cmp.Or(name.shape, w.usual.shape)}
	if name == (presetName{}) {
		return nil, nil
	}
	if p := w.presets[name]; p != nil {
		return p, nil
	}
	p, err := w.newPreset(name)
	if err == nil {
		w.presets[name] = p
	}
	return p, err
}

func (w *worker) newPreset(name presetName) (*preset, error) {
	if w.personas == nil {
		return nil, errors.New("there are no personas")
	}
	persona, err := w.personas(name.persona, name.shape)
	if err != nil {
		return nil, err
	}
	p := &preset{Persona: persona, fixed: persona.Holds.Fixed() && persona.InShape == nil}
	issuer := *persona.Issuer
	issuer.Now = func() time.Time { return w.now }
	if p.issuer = &issuer; p.InShape != nil {
		return p, nil
	}
	common := auth.Request{Lifetime: persona.Lifetime, Without: persona.Without}
	if p.fixed {
		common.Claims = persona.Holds.Claims
	}
	if common.Lifetime == 0 {
		if common.Lifetime, err = persona.Holds.LifetimeAt(w.now); err != nil {
			return nil, err
		}
	}
	if p.batch, err = auth.NewBatch(&issuer, common); err != nil {
		return nil, explain.At("the persona "+name.persona, err)
	}
	return p, nil
}

// fill adds what the row leaves to the persona.
func (p *preset) fill(w *worker, r *auth.Request, number int) error {
	f := settings.Fresh{Now: w.now, N: number, Rand: w.random}
	var err error
	if r.Lifetime == 0 {
		if r.Lifetime, err = p.lifetimeAt(w); err != nil {
			return err
		}
	}
	if r.Subject == "" {
		if r.Subject, err = p.Holds.SubjectOf(f); err != nil {
			return err
		}
	}
	if r.Subject == "" && p.InShape == nil {
		return errors.New("neither the row nor the persona " + p.Holds.Name + " has a subject")
	}
	if p.fixed {
		return nil
	}
	claims, err := p.Holds.ClaimsOf(f)
	if err != nil {
		return err
	}
	for _, m := range r.Claims {
		claims = claims.Set(m.Name, m.Value)
	}
	r.Claims = claims
	if p.InShape == nil {
		return nil
	}
	r.Lifetime, r.Without = cmp.Or(r.Lifetime, p.Lifetime), p.Without
	*r, err = p.InShape(f, *r)
	return err
}

// append appends the token of a row that was filled.
func (p *preset) append(dst []byte, r auth.Request) ([]byte, time.Time, error) {
	if p.batch != nil {
		return p.batch.Append(dst, r)
	}
	token, err := p.issuer.Issue(r)
	if err != nil {
		return dst, time.Time{}, err
	}
	exp, _ := token.Date("exp")
	expires, _ := exp.Time()
	return append(dst, token.Compact...), expires, nil
}

// lifetimeAt returns the lifetime of the persona itself, or zero. One that ends at a
// moment is computed for every chunk.
func (p *preset) lifetimeAt(w *worker) (time.Duration, error) {
	if p.lifetimeChunk == w.chunks || p.lifetime != 0 && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(p.Holds.Lifetime)), "until") {
		return p.lifetime, nil
	}
	lifetime, err := p.Holds.LifetimeAt(w.now)
	if err != nil {
		return 0, err
	}
	p.lifetime, p.lifetimeChunk = lifetime, w.chunks
	return lifetime, nil
}

// randomness returns a buffered source.
func randomness(issuer *auth.Issuer) *bufio.Reader {
	if issuer.Rand == nil {
		return bufio.NewReader(rand.Reader)
	}
	return bufio.NewReader(issuer.Rand)
}
