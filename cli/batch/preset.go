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
}

// request is a row.
type request struct {
	auth.Request
	persona string
}

// preset is a persona with its batch.
type preset struct {
	*Persona
	batch *auth.Batch
	// fixed says that the batch has the claims. Otherwise they have placeholders, which
	// are filled for every token.
	fixed bool

	lifetime      time.Duration
	lifetimeChunk int // the chunk for which the lifetime was computed
}

// preset returns the persona of that name. Without a name it is the persona of all
// rows, which may be nil.
func (w *worker) preset(name string) (*preset, error) {
	if name = cmp.Or(name, w.persona); name == "" {
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

func (w *worker) newPreset(name string) (*preset, error) {
	if w.personas == nil {
		return nil, errors.New("there are no personas")
	}
	persona, err := w.personas(name)
	if err != nil {
		return nil, err
	}
	p := &preset{Persona: persona, fixed: persona.Holds.Fixed()}
	issuer := *persona.Issuer
	issuer.Now = func() time.Time { return w.now }
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
		return nil, explain.At("the persona "+name, err)
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
	if r.Subject == "" {
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
	return nil
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
