package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ledger"
)

// Condition is something that must hold before the token of a row can be signed again.
type Condition int

// The conditions, in the order in which they are checked.
const (
	// OneToken is that the row is about one token that was issued.
	OneToken Condition = iota + 1
	// NotExpired is that "exp" has not passed.
	NotExpired
	// Kept is that the ledger has kept the header and the payload.
	Kept
	// SameSignature is that the algorithm makes the same signature each time.
	SameSignature
	// KeyThere is that the key that signed is in the desk, with its private part.
	KeyThere
	// SameToken is that the signature is the one that the row has eight bytes of a hash of.
	SameToken
)

// NotAgain says which condition fails, so that the token of a row cannot be signed again. A
// fresh token like it can be issued from [Again].
type NotAgain struct {
	explain.Line

	Fails Condition
}

// Unwrap returns the line for [explain.Lines].
func (e *NotAgain) Unwrap() error { return e.Line }

// IssueAgain is the advice for a token that cannot be signed again.
const IssueAgain = "issue a fresh one like it"

// notAgain returns the error of a condition.
func notAgain(fails Condition, text, do string) error {
	return &NotAgain{explain.Line{Tone: explain.Bad, Text: text, Do: do}, fails}
}

// Recall signs the token of a row of the ledger again, and returns the very same token. The
// error is a *[NotAgain] if that is not possible, else that of [Desk.Ready].
func Recall(ctx context.Context, d *Desk, row ledger.Row) (*Entry, error) {
	now := d.Now()
	if err := ctx.Err(); err != nil {
		return nil, err //nolint:wrapcheck // it is the caller's context
	}
	if err := Lost(&row, now); err != nil {
		return nil, err
	}
	key, err := signer(d, &row)
	if err != nil {
		return nil, err
	}
	issuer := issuer(d.At(now), &Draft{})
	issuer.Key = key
	token, err := issuer.SignBytes(row.Header, row.Payload)
	if err != nil {
		return nil, err
	}
	if row.Check != "" && ledger.Check(token, key) != row.Check {
		return nil, notAgain(SameToken, "signed again, the token has a different signature", IssueAgain)
	}
	d.from.known.add(token)
	e := d.keyring.Verify(token.Compact, Checks{}, now)
	e.Draft, e.Label, e.Arrival, e.Recorded = Again(d, row), row.Label, Arrival{Ledger: true}, true
	return e, nil
}

// Lost returns why the token of a row cannot be signed again with any key, as a *[NotAgain], or
// nil.
func Lost(row *ledger.Row, now time.Time) error {
	switch status := TokenOf(row).Status(now); {
	case row.Event == ledger.Batch:
		return notAgain(OneToken, "a batch is one row, without its single tokens", "issue the batch again")
	case row.Event != ledger.Issued:
		return notAgain(OneToken, "the row does not have the claims of the token", IssueAgain)
	case status.State == auth.StateExpired:
		return notAgain(NotExpired, "the token "+explain.Times(status, false).Left, IssueAgain)
	case row.Payload == nil || row.Header == nil:
		return notAgain(Kept, explain.Withheld(row), IssueAgain)
	case !auth.Algorithm(row.Algorithm).Deterministic():
		return notAgain(SameSignature, row.Algorithm+" signs differently each time, so the same token cannot be made again", IssueAgain)
	}
	return nil
}

// signer returns the key that signed a row, if it may sign now.
func signer(d *Desk, row *ledger.Row) (*auth.Key, error) {
	key := keyOf(d, row)
	switch {
	case key == nil && d.problem != nil:
		return nil, d.problem
	case key == nil:
		return nil, notHere(d, row)
	case !key.CanSign():
		return nil, notAgain(KeyThere, fmt.Sprintf("the key %s that signed the token is configured without its private part", row.Fingerprint),
			"use the private key")
	}
	if err := d.Ready(); err != nil {
		return nil, err
	}
	return key, refuseWeak(d, key)
}

// keyOf returns the key of the Desk that signed a row, under the name that the row has for its
// algorithm, or nil.
func keyOf(d *Desk, row *ledger.Row) *auth.Key {
	for _, key := range slices.Concat(d.keyring.own, d.settings.Verifying()) {
		if key.Fingerprint() != row.Fingerprint {
			continue
		}
		if named, ok := key.Under(auth.Algorithm(row.Algorithm)); ok {
			return named
		}
	}
	return nil
}

// notHere says that the key of a row is not in the Desk, and where it was.
func notHere(d *Desk, row *ledger.Row) error {
	text := fmt.Sprintf("the key %s that signed the token is not a key of %s", visible.Text(row.Fingerprint), visible.Text(d.Name()))
	switch {
	case row.Profile == ThisRun:
		return notAgain(KeyThere, text+": it existed for one run only", IssueAgain)
	case row.Profile != "" && row.Profile != d.Name():
		return notAgain(KeyThere, text, "use the profile "+visible.Text(row.Profile)+", whose key it was")
	case row.Settings != "" && row.Settings != settingsPath(d):
		text = fmt.Sprintf("the key %s that signed the token is that of %s", visible.Text(row.Fingerprint), visible.Text(row.Settings))
		return notAgain(KeyThere, text, "open Tokendesk with that file")
	default:
		return notAgain(KeyThere, text, IssueAgain)
	}
}
