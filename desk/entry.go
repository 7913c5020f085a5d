package desk

import (
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/explain"
)

// Entry is one token: what it is, and what was said about it. Unlike a [Desk] it
// changes, and belongs to whoever shows it.
type Entry struct {
	Token  *auth.Token
	Result auth.Result
	State  auth.State // of the token when it was verified
	// Draft is what it can be issued again from.
	Draft Draft
	// Label is what the user calls it.
	Label string

	// Profile is the profile whose keys verified it.
	Profile string

	// Fault is what is wrong with it, and Probed its outcome in a probe of an API. Both
	// are for a token that was made to be refused.
	Fault  *fault.Fault
	Probed explain.Line

	verifier      auth.Verifier
	signatureOnly bool
	keyring       *Keyring // nil for a text that was too large to look at
}

// VerifyWith verifies the token with other keys at an instant.
func (e *Entry) VerifyWith(k *Keyring, now time.Time) {
	e.keyring, e.Profile = k, k.profile
	if e.Fault == nil { // its verifier has the keys of what made it
		e.verifier.Keys = k.keys
	}
	e.verify(now)
}

// Verify verifies the token again at an instant, with the keys that it was last
// verified with: a token is no worse for the desk having moved on.
func (e *Entry) Verify(now time.Time) {
	if e.keyring != nil {
		e.verify(now)
	}
}

func (e *Entry) verify(now time.Time) {
	v := e.verifier
	v.Now = func() time.Time { return now }
	if e.signatureOnly {
		e.Result = v.VerifySignature(e.Token.Compact)
	} else {
		e.Result = v.Verify(e.Token.Compact)
	}
	e.Token = e.Result.Token
	e.State = e.Token.Status(now).State
}

// Fingerprint returns that of the key which signed the token, or nothing.
func (e *Entry) Fingerprint() string {
	if e.Result.Key == nil {
		return ""
	}
	return e.Result.Key.Fingerprint()
}

// Persona returns the name of the persona that the token is of, or nothing.
func (e *Entry) Persona() string {
	if e.Draft.Persona == nil {
		return ""
	}
	return e.Draft.Persona.Name
}

// Known returns what is known about the token itself. What its text held besides
// is known to whoever read that.
func (e *Entry) Known() explain.Known {
	known := explain.Known{
		Result: e.Result, SignatureOnly: e.signatureOnly, Leeway: e.verifier.Leeway, Fault: e.Fault,
	}
	if e.Result.Key != nil {
		known.Origin = e.keyring.Origin(e.Result.Key)
	}
	return known
}
