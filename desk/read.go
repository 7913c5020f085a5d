package desk

import (
	"errors"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/explain"
)

// Reading holds the tokens in a text.
type Reading struct {
	// Found are the tokens, the most likely first. There is at least one, good or not.
	Found []find.Match
	// Err says that the text is too large, and is otherwise nil.
	Err *auth.DecodeError
}

// Read looks for tokens in a text of at most limit bytes.
func Read(text string, limit int) Reading {
	found, err := find.Tokens(text, limit)
	refused, _ := errors.AsType[*auth.DecodeError](err)
	return Reading{found, refused}
}

// Inspect returns the entry of a token that was read, good or not.
func (d *Desk) Inspect(r Reading, index int, now time.Time) *Entry {
	if r.Err != nil {
		return &Entry{Token: r.Err.Token, Result: explain.Unreadable(r.Err), Arrival: Arrival{Pasted: true}}
	}
	e := d.keyring.VerifyMatch(r.Found[index], Checks{}, now)
	d.from.known.add(e.Token)
	e.Draft, e.Arrival = DraftOf(e.Token, d.settings.Lifetime), Arrival{Pasted: true, Unkept: LedgerOf(d) == nil}
	return e
}
