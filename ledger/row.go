package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Event is what happened.
type Event string

// The events.
const (
	Issued   Event = "issued"   // one token
	Batch    Event = "batch"    // many tokens of one pattern
	Removed  Event = "removed"  // a token was removed from the board
	Labelled Event = "labelled" // a token of the board got another label
)

// Row is the record of one event. Only known fields are set; no field but Check depends on the
// signature.
type Row struct {
	// When is the time by the clock of the ledger, if it is zero when the row is appended.
	When  time.Time
	Event Event

	// ID, Subject, Issuer and Audience are "jti", "sub", "iss" and "aud", as far as they are
	// strings.
	ID, Subject, Issuer string
	Audience            []string

	// Algorithm and KeyID are "alg" and "kid". Fingerprint is that of the key that signed.
	Algorithm, KeyID, Fingerprint string

	// IssuedAt, NotBefore and Expires are "iat", "nbf" and "exp", as they were written. They
	// are empty if the token has none or if they are no numbers.
	IssuedAt, NotBefore, Expires json.Number

	// Header and Payload are the exact bytes that were signed. They are nil if they are not
	// kept; Withheld says why.
	Header, Payload []byte
	Withheld        Withheld

	// Check is eight bytes of a hash of the signature, as hexadecimal digits: see [Check].
	Check string

	// Persona and Profile are names, Settings is the path of the settings file, and Person
	// the user of the system. Face is what was used: one of [Faces].
	Persona, Profile, Settings, Person, Face string

	// Label is the label that a token of the board got.
	Label string
	// Count is how many tokens a batch issued, and Pattern what it made them from.
	Count   int
	Pattern string
}

// Withheld is why the payload of a token, and perhaps its header, was not kept.
type Withheld string

// The reasons.
const (
	WithheldSetting   Withheld = "setting"   // LEDGER_CLAIMS is off
	WithheldProtected Withheld = "protected" // the profile is protected
	WithheldSecret    Withheld = "secret"    // it may hold a secret or a token
	WithheldSize      Withheld = "size"      // it is larger than a row may be
)

// Token identifies the token of a row among those that were issued. The rows of its later
// events have the same.
func (r *Row) Token() string {
	h := sha256.New()
	for _, part := range []string{r.ID, r.Subject, string(r.IssuedAt), string(r.Expires), r.Fingerprint} {
		h.Write(append([]byte(part), 0))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Identity returns the name by which a user finds the token: its "jti", or [Row.Token] if it has none. It
// is empty for a row about several tokens.
func (r *Row) Identity() string {
	switch {
	case r.Event == Batch:
		return ""
	case r.ID == "":
		return r.Token()
	default:
		return r.ID
	}
}

// Of returns the row of a later event of the token, with the fields that identify it.
func (r *Row) Of(event Event) Row {
	return Row{
		Event: event, ID: r.ID, Subject: r.Subject, IssuedAt: r.IssuedAt, Expires: r.Expires, Fingerprint: r.Fingerprint,
		Persona: r.Persona, Profile: r.Profile,
	}
}
