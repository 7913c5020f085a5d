package desk

import (
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/auth/find"
	"tokendesk/explain"
	"tokendesk/ledger"
)

// Entry is one token with its verdict. Unlike a [Desk] it changes, and belongs to the
// part of the program that shows it.
//
// It may also be what the ledger knows of a token: see [Entry.Unsigned].
type Entry struct {
	Token  *auth.Token
	Result auth.Result
	State  auth.State // of the token when it was verified
	// Draft issues the token again.
	Draft Draft
	// Label is the user's name for the token.
	Label string
	// Recorded says that the ledger has a row of the token.
	Recorded bool
	// Arrival says where the token came from.
	Arrival Arrival

	// Profile is the profile whose keys verified the token.
	Profile string

	// Fault is the fault of a faulty token, or nil, and Probed its outcome in a probe of
	// an API.
	Fault  *fault.Fault
	Probed explain.Line

	verification
	origin
}

// origin is where the parts of an entry come from.
type origin struct {
	provenance map[string]string // where the claims come from, by name
	row        *ledger.Row       // that the entry is made from, or nil for a token
}

// verification is what a token was verified with.
type verification struct {
	found         find.Match // the token with everything that came with it
	verifier      auth.Verifier
	signatureOnly bool
	keyring       *Keyring // nil for a text that was too large
	unfetched     bool     // the published keys could not be fetched
	checked       string   // the claims that Check has compared
}

// VerifyWith verifies the token with other keys at an instant. It does nothing for an entry
// that is not signed.
func (e *Entry) VerifyWith(k *Keyring, now time.Time) {
	if e.Unsigned() {
		return
	}
	e.keyring, e.Profile, e.unfetched = k, k.profile, false
	if e.Fault == nil { // the verifier of a faulty token has the key of its maker
		e.verifier.Keys = k.keys
	}
	e.verify(now)
}

// Unfetched takes back a verdict on the signature: the published keys could not be fetched,
// and one of them may have made it.
func (e *Entry) Unfetched() {
	e.unfetched = true
	e.withdraw()
}

// withdraw removes the verdict that none of the keys made the signature.
func (e *Entry) withdraw() {
	if v := e.Result.Verdict; v == auth.VerdictBadSignature || v == auth.VerdictWrongKey {
		read := explain.Read(e.found).Result
		e.Result = auth.Result{Token: e.Token, Inner: read.Inner}
	}
}

// Verify verifies the token again at an instant, with the same keys as last time: a
// change of the desk does not affect it. Of an entry that is not signed only the times are
// read again.
func (e *Entry) Verify(now time.Time) {
	switch {
	case e.Unsigned():
		e.State = e.Token.Status(now).State
	case e.keyring != nil:
		e.verify(now)
	}
}

func (e *Entry) verify(now time.Time) {
	v := e.verifier
	v.Now = func() time.Time { return now }
	switch {
	case e.found.Refused != nil:
		e.Result = explain.Unreadable(e.found.Refused)
	case e.signatureOnly:
		e.Result = v.VerifySignatureWith(e.Token.Compact, e.found.Extras)
	default:
		e.Result = v.VerifyWith(e.Token.Compact, e.found.Extras)
	}
	e.Token = e.Result.Token
	e.keyring.addAge(&e.Result, now)
	if e.unfetched {
		e.withdraw()
	}
	e.State = e.Token.Status(now).State
}

// Fingerprint returns the fingerprint of the key that signed the token, or nothing. That of an
// entry that is not signed is what the ledger says.
func (e *Entry) Fingerprint() string {
	if e.Unsigned() {
		return e.row.Fingerprint
	}
	if e.Result.Key == nil {
		return ""
	}
	return e.Result.Key.Fingerprint()
}

// Persona returns the name of the persona of the token, or nothing.
func (e *Entry) Persona() string {
	if e.Unsigned() {
		return e.row.Persona
	}
	if e.Draft.Persona == nil {
		return ""
	}
	return e.Draft.Persona.Name
}

// Known returns what is known about the token and what was around it.
func (e *Entry) Known() explain.Known {
	known := explain.Known{
		Result: e.Result, SignatureOnly: e.signatureOnly, Leeway: e.verifier.Leeway, Fault: e.Fault,
		Form: e.found.Form, Around: e.found.Around, Folded: e.found.Folded,
		From: e.provenance, Checked: e.checked, Row: e.row,
	}
	if key := e.Result.Innermost().Key; key != nil {
		known.Origin = e.keyring.Origin(key)
		known.AllowWeak = e.keyring.allowWeak && !known.Origin.ThisRun
	}
	return known
}
