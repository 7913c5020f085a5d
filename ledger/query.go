package ledger

import (
	"slices"
	"strings"
	"time"
)

// Query says which rows to find. Empty fields restrict nothing.
type Query struct {
	// Subject, Persona, Profile and Face are those of the row, exactly. Key is its fingerprint or
	// "kid".
	Subject, Persona, Profile, Key, Face string
	// Settings is the path of the settings file, exactly.
	Settings string
	// HasPersona leaves out the rows without a persona.
	HasPersona bool
	// ID is the start of [Row.Identity].
	ID string
	// Events are the events; nil is all of them.
	Events []Event
	// Text is in one of the fields, whatever its case.
	Text string
	// Since is the first moment, and Until the one after the last.
	Since, Until time.Time
	// Ended, unless it is nil, is asked from any goroutine, again and again, and ends the search
	// when it returns true.
	Ended func() bool
}

func (q *Query) ended() bool { return q.Ended != nil && q.Ended() }

// Matches reports whether the row is one that the query finds.
func (q *Query) Matches(r *Row) bool {
	for _, each := range [][2]string{
		{q.Subject, r.Subject}, {q.Persona, r.Persona}, {q.Profile, r.Profile}, {q.Face, r.Face}, {q.Settings, r.Settings},
	} {
		if each[0] != "" && each[0] != each[1] {
			return false
		}
	}
	switch {
	case q.HasPersona && r.Persona == "":
		return false
	case q.ID != "" && !strings.HasPrefix(r.Identity(), q.ID):
		return false
	case q.Key != "" && q.Key != r.Fingerprint && q.Key != r.KeyID:
		return false
	case len(q.Events) > 0 && !slices.Contains(q.Events, r.Event):
		return false
	case !q.Since.IsZero() && r.When.Before(q.Since), !q.Until.IsZero() && !r.When.Before(q.Until):
		return false
	}
	return q.Text == "" || r.contains(strings.ToLower(q.Text))
}

// contains reports whether a field of the row contains a text, which is in lower case.
func (r *Row) contains(lower string) bool {
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), lower) }
	return slices.ContainsFunc([]string{
		string(r.Event), r.ID, r.Subject, r.Issuer, r.Algorithm, r.KeyID, r.Fingerprint, r.Persona, r.Profile, r.Settings,
		r.Person, r.Face, r.Label, r.Pattern, string(r.Header), string(r.Payload),
	}, has) || slices.ContainsFunc(r.Audience, has)
}
