package desk

import (
	"context"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

// Faults makes tokens of a draft with one fault each.
type Faults struct {
	desk *Desk
	from Draft
}

// Faults returns a maker of faulty tokens of a draft.
func (d *Desk) Faults(from Draft) Faults { return Faults{d, from} }

// Make returns the token of a fault, with the verdict that it should get. The error is
// that of [Desk.Ready], or a *[fault.ImpossibleError].
func (f Faults) Make(ctx context.Context, made fault.Fault) (*Entry, error) {
	now := f.desk.Now()
	maker, err := Faults{f.desk.At(now), f.from}.Maker(ctx)
	if err != nil {
		return nil, err
	}
	text, err := maker.Make(made)
	if err != nil {
		return nil, err
	}
	verifier, err := maker.Verifier()
	if err != nil {
		return nil, err
	}
	e := &Entry{Token: &auth.Token{Compact: text}, Fault: &made, verification: verification{verifier: *verifier}}
	e.VerifyWith(f.desk.keyring, now)
	return e, nil
}

// Maker returns the maker of faulty tokens for a probe or an export, with the clock of
// the Desk. The error is that of [Desk.Ready], or says why the draft cannot be issued.
func (f Faults) Maker(ctx context.Context) (fault.Maker, error) {
	issuer, request, err := readyOrder(ctx, f.desk, &f.from)
	return fault.Maker{Issuer: issuer, Request: request}, err
}

// Impossible returns a function that says why a fault cannot be made, or nothing. It
// signs nothing, so that a [Locked] desk can call it.
func (f Faults) Impossible() func(fault.Fault) string {
	issuer, request, err := order(f.desk, &f.from, 1)
	if err != nil {
		return func(fault.Fault) string { return err.Error() }
	}
	return fault.Maker{Issuer: issuer, Request: request}.Impossible
}
