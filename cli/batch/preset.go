package batch

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/settings"
)

// Persona is a persona for the rows that name it.
type Persona struct {
	// Holds stands below what a row says. What all tokens have is in it already.
	Holds *settings.Persona
	// Issuer makes the tokens, and has the key for them.
	Issuer *auth.Issuer
	// Lifetime, unless it is zero, is for a persona that has none of its own.
	Lifetime time.Duration
}

// request is what a row says.
type request struct {
	auth.Request
	persona string
}

// preset is a persona at work.
type preset struct {
	*Persona
	batch *auth.Batch
	// fixed says that the claims are those of the batch. Others are made anew for
	// every token.
	fixed bool

	lasting  time.Duration
	lastingN int // the chunk for which the lifetime was reckoned
}

// preset returns the persona of that name, or for none that of all rows, which
// may be nil.
func (w *worker) preset(name string) (*preset, error) {
	if name == "" {
		name = w.persona
	}
	if name == "" {
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
	common := auth.Request{Lifetime: persona.Lifetime}
	if p.fixed {
		common.Claims = persona.Holds.Claims
	}
	if common.Lifetime == 0 {
		if common.Lifetime, err = persona.Holds.LifetimeAt(w.now); err != nil {
			return nil, err
		}
	}
	if p.batch, err = auth.NewBatch(&issuer, common); err != nil {
		return nil, fmt.Errorf("the persona %s: %w", name, err)
	}
	return p, nil
}

// fill puts the persona below what a row says.
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
		return fmt.Errorf("the row has no subject, and the persona %s has none", p.Holds.Name)
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

// lifetimeAt returns the lifetime of the persona's own, or zero. One that ends at
// a moment is reckoned for every chunk.
func (p *preset) lifetimeAt(w *worker) (time.Duration, error) {
	if p.lastingN == w.chunks || p.lasting != 0 && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(p.Holds.Lifetime)), "until") {
		return p.lasting, nil
	}
	lifetime, err := p.Holds.LifetimeAt(w.now)
	if err != nil {
		return 0, err
	}
	p.lasting, p.lastingN = lifetime, w.chunks
	return lifetime, nil
}

// randomness returns a source that is read in larger pieces.
func randomness(issuer *auth.Issuer) *bufio.Reader {
	if issuer.Rand == nil {
		return bufio.NewReader(rand.Reader)
	}
	return bufio.NewReader(issuer.Rand)
}
