package desk

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"sync"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// LedgerOf returns the ledger in which the Desk records what it issues, or nil if it records
// nothing.
func LedgerOf(d *Desk) *ledger.Ledger {
	set := &d.settings.Ledger
	switch {
	case d.from.Ledger == nil, set.Off:
		return nil
	case set.File != "":
		return d.from.Ledger.In(set.File)
	}
	return d.from.Ledger
}

// Trial returns the Desk that records nothing, for tokens that nobody uses.
func Trial(d *Desk) *Desk {
	out := *d
	out.from.Ledger = nil
	return &out
}

// Unrecorded returns, once in a run, why something could not be written to the ledger, or nil.
// The issued token is valid all the same. The error has advice.
func Unrecorded(d *Desk) error { return d.from.unrecorded.take() }

// GuardOf returns the guard that keeps the secrets of the Desk, and the signatures that it has
// made or read, out of what is written about its tokens.
func GuardOf(d *Desk) *ledger.Guard {
	set := d.settings
	keys := slices.Concat(d.keyring.keys, set.Keys, set.Decrypting.Keys)
	if set.Key != nil {
		keys = append(keys, set.Key)
	}
	passphrases := [][]byte{d.answers.passphrase, d.answers.unlock}
	if set.Passphrase != nil {
		passphrases = append(passphrases, set.Passphrase())
	}
	guard := ledger.NewGuard(keys, passphrases...)
	guard.Refuse(d.from.known.has)
	return guard
}

// Record records in the ledger a token that was issued from a draft. An error is kept for
// [Unrecorded]. [Desk.Issue] and [Desk.Token] do this by themselves.
func Record(d *Desk, token *auth.Token, from Draft) {
	record(d, token, &from, signs(d, from.Persona))
}

// signs returns the key that has signed for a persona, which may be nil.
func signs(d *Desk, persona *settings.Persona) *auth.Key {
	if persona != nil {
		if key, err := d.SigningKey(persona); err == nil {
			return key
		}
	}
	return d.Key()
}

// record records a token that the key has signed, and reports whether it did.
func record(d *Desk, token *auth.Token, from *Draft, key *auth.Key) bool {
	to := LedgerOf(d)
	if to == nil {
		return false
	}
	row := rowOf(d, ledger.Issued, from.Persona)
	describe(&row, token, key)
	row.Header, _ = base64.RawURLEncoding.DecodeString(token.HeaderSegment)
	row.Check = ledger.Check(token, key)
	switch {
	case d.settings.Ledger.Claims:
		row.Payload, _ = base64.RawURLEncoding.DecodeString(token.PayloadSegment)
	case d.settings.Protected:
		row.Withheld = ledger.WithheldProtected
	default:
		row.Withheld = ledger.WithheldSetting
	}
	return appendRows(d, to, row)
}

// RecordBatch records how many tokens a batch has issued, and their source: the pattern of the
// subjects, or the file with the rows.
func RecordBatch(d *Desk, persona *settings.Persona, count int, pattern string) {
	to := LedgerOf(d)
	if to == nil || count == 0 {
		return
	}
	row := rowOf(d, ledger.Batch, persona)
	row.Count, row.Pattern = count, pattern
	describeKey(&row, signs(d, persona))
	appendRows(d, to, row)
}

// RecordLater returns a function that records a later event of tokens of the board, as far as
// they were recorded, from any goroutine.
func RecordLater(d *Desk, event ledger.Event, entries ...*Entry) func() {
	to := LedgerOf(d)
	if to == nil {
		return func() {}
	}
	var rows []ledger.Row
	for _, e := range entries {
		if !e.Recorded {
			continue
		}
		known := describedRow(d, e)
		row := known.Of(event)
		row.Face, row.Person = known.Face, known.Person
		if event == ledger.Labelled {
			row.Label = e.Label
		}
		rows = append(rows, row)
	}
	return func() {
		if len(rows) > 0 {
			appendRows(d, to, rows...)
		}
	}
}

// RowOf returns the row that identifies the token of an entry, without the token's bytes and
// without anything that must not be written.
func RowOf(d *Desk, e *Entry) ledger.Row {
	row := describedRow(d, e)
	GuardOf(d).Clean(&row)
	return row
}

// describedRow is [RowOf] with everything.
func describedRow(d *Desk, e *Entry) ledger.Row {
	row := rowOf(d, ledger.Issued, e.Draft.Persona)
	row.Profile = e.Profile
	describe(&row, e.Token, e.Result.Key)
	if e.Unsigned() {
		row.Fingerprint, row.Persona = e.row.Fingerprint, e.row.Persona
	}
	return row
}

// rowOf returns the row of an event, with what is known without the token.
func rowOf(d *Desk, event ledger.Event, persona *settings.Persona) ledger.Row {
	row := ledger.Row{Event: event, Profile: d.Name(), Face: d.from.Face}
	row.Person = cmp.Or(d.from.Getenv("USER"), d.from.Getenv("LOGNAME"), d.from.Getenv("USERNAME"))
	if persona != nil {
		row.Persona = persona.Name
	}
	row.Settings = settingsPath(d)
	return row
}

// settingsPath returns the full path of the settings file, or nothing if there is none.
func settingsPath(d *Desk) string {
	if !d.settings.Found || d.throwAway {
		return ""
	}
	if full, err := filepath.Abs(d.file); err == nil {
		return full
	}
	return d.file
}

// describe sets what a row says of a token and of the key that signed it.
func describe(row *ledger.Row, token *auth.Token, key *auth.Key) {
	describeKey(row, key)
	row.Algorithm, row.KeyID = string(token.Algorithm()), token.KeyID()
	claims := token.Claims
	row.ID, _ = claims.String("jti")
	row.Subject, _ = claims.String("sub")
	row.Issuer, _ = claims.String("iss")
	if aud, found := claims.Get("aud"); found {
		one, isText := jsontext.Unquote(aud)
		if row.Audience, _ = jsontext.Strings(aud); isText {
			row.Audience = []string{one}
		}
	}
	for name, field := range map[string]*json.Number{"iat": &row.IssuedAt, "nbf": &row.NotBefore, "exp": &row.Expires} {
		if raw, _ := claims.Get(name); jsontext.IsNumber(raw) {
			*field = json.Number(raw)
		}
	}
}

func describeKey(row *ledger.Row, key *auth.Key) {
	if key != nil {
		row.Algorithm, row.KeyID, row.Fingerprint = string(key.Algorithm()), key.ID(), key.Fingerprint()
	}
}

// appendRows writes rows, without what must not be kept.
func appendRows(d *Desk, to *ledger.Ledger, rows ...ledger.Row) (written bool) {
	guard := GuardOf(d)
	for n := range rows {
		guard.Clean(&rows[n])
	}
	err := to.Append(rows...)
	if err != nil {
		d.from.unrecorded.put(err)
	}
	_, torn := errors.AsType[*ledger.Torn](err)
	return err == nil || torn
}

// unrecorded holds what could not be recorded until a face says it. It can be used from any
// goroutine.
type unrecorded struct {
	mu   sync.Mutex
	err  error
	said [2]bool // of a torn line, and of any other reason
}

func (u *unrecorded) put(err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	kind := 1
	if _, torn := errors.AsType[*ledger.Torn](err); torn {
		kind = 0
	}
	if !u.said[kind] {
		u.err, u.said[kind] = err, true
	}
}

func (u *unrecorded) take() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	err := u.err
	u.err = nil
	return err
}
