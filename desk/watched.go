package desk

import (
	"encoding/json"
	"slices"

	"tokendesk/auth"
	"tokendesk/ledger"
)

// WatchedOf returns the facts that are kept about a token on the board: for one that was issued
// here, those that find its row in the ledger; for any other, its subject, expiry, algorithm and
// "kid". [ledger.Guard.CleanState] removes whatever must not be kept.
func WatchedOf(e *Entry) ledger.Watched {
	token := e.Token
	w := ledger.Watched{
		Subject: token.Subject(), Expires: dateOf(token, "exp"), Algorithm: string(token.Algorithm()),
		Label: e.Label, File: e.Arrival.File, Pasted: e.Arrival.Pasted,
	}
	w.KeyID, _ = token.Header.String("kid")
	if w.Foreign() {
		return w
	}
	w.ID, _ = token.Claims.String("jti")
	w.IssuedAt, w.Key, w.Persona, w.Profile = dateOf(token, "iat"), e.Fingerprint(), e.Persona(), e.Profile
	return w
}

// dateOf returns a date as it is written, or nothing if it is none.
func dateOf(token *auth.Token, name string) json.Number {
	if _, ok := token.Date(name); !ok {
		return ""
	}
	raw, _ := token.Claims.Get(name)
	return json.Number(raw)
}

// Watching returns the entries of tokens that were on the board before, in their order. Nothing
// is signed. It reads the ledger as far back as the oldest of them. An entry that is not there has
// only the facts that were kept.
func Watching(d *Desk, watched []ledger.Watched) []*Entry {
	rows := make([]ledger.Row, len(watched))
	missing := map[string][]int{} // by jti
	for i := range watched {
		w := &watched[i]
		rows[i] = ledger.Row{
			Event: ledger.Issued, ID: w.ID, Subject: w.Subject, IssuedAt: w.IssuedAt, Expires: w.Expires, Algorithm: w.Algorithm,
			KeyID: w.KeyID, Fingerprint: w.Key, Persona: w.Persona, Profile: w.Profile,
		}
		if !w.Foreign() {
			missing[w.ID] = append(missing[w.ID], i)
		}
	}
	lookUp(LedgerOf(d), rows, missing)
	entries := Recorded(d, rows...)
	for i, e := range entries {
		w := &watched[i]
		e.Label = w.Label
		if w.Foreign() {
			e.Arrival, e.Recorded = Arrival{File: w.File, Pasted: w.Pasted}, false
		}
	}
	return entries
}

// lookUp puts the rows of the ledger into the places of those that are missing.
func lookUp(in *ledger.Ledger, rows []ledger.Row, missing map[string][]int) {
	if in == nil || len(missing) == 0 {
		return
	}
	for row, err := range in.Rows(ledger.Query{Events: []ledger.Event{ledger.Issued}}) {
		if err != nil {
			continue
		}
		for n, at := range missing[row.ID] {
			if rows[at].Token() != row.Token() {
				continue
			}
			rows[at] = row
			missing[row.ID] = slices.Delete(missing[row.ID], n, n+1)
			if len(missing[row.ID]) == 0 {
				delete(missing, row.ID)
			}
			break
		}
		if len(missing) == 0 {
			return
		}
	}
}
