package desk

import (
	"encoding/json"
	"errors"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// Unsigned reports whether the entry is not signed: it is what the ledger knows of a token.
// Its Token has a header and claims but an empty Compact, which must never be copied, and its
// Result says nothing about the signature. [Recall] makes the token again.
func (e *Entry) Unsigned() bool { return e.row != nil }

// Row returns the row of the ledger that an entry without a signature is made from.
func (e *Entry) Row() (row ledger.Row, ok bool) {
	if e.row == nil {
		return ledger.Row{}, false
	}
	return *e.row, true
}

// Recorded returns the entries of tokens that are rows of the ledger, in their order. Nothing
// is signed, and no key is needed.
func Recorded(d *Desk, rows ...ledger.Row) []*Entry {
	personas, _ := d.Personas() // without them the drafts have none
	entries := make([]*Entry, len(rows))
	for i := range rows {
		entries[i] = recorded(d, &rows[i], personas)
	}
	return entries
}

func recorded(d *Desk, row *ledger.Row, personas []*settings.Persona) *Entry {
	kept := *row
	token := TokenOf(row)
	return &Entry{
		Token: token, Result: auth.Result{Token: token}, State: token.Status(d.Now()).State,
		Draft: again(d, row, personas), Label: row.Label, Arrival: Arrival{Ledger: true}, Profile: row.Profile, origin: origin{row: &kept},
		Recorded: true,
	}
}

// TokenOf returns the token of a row without its signature, with everything that the row says
// about it.
func TokenOf(row *ledger.Row) *auth.Token {
	if row.Header == nil || row.Payload == nil {
		return &auth.Token{Header: headerOf(row), Claims: claimsOf(row)}
	}
	token, err := auth.ReadUnsigned(row.Header, row.Payload)
	if refused, ok := errors.AsType[*auth.DecodeError](err); ok {
		return refused.Token // its payload may be any bytes
	}
	return token
}

// StatusOf returns where the token of a row stands by its times. It does not read the payload.
func StatusOf(row *ledger.Row, now time.Time) auth.Status {
	times := auth.Object{}
	for _, date := range []struct {
		name  string
		value json.Number
	}{{"iat", row.IssuedAt}, {"nbf", row.NotBefore}, {"exp", row.Expires}} {
		if date.value != "" {
			times = append(times, auth.Member{Name: date.name, Value: json.RawMessage(date.value)})
		}
	}
	return (&auth.Token{Claims: times}).Status(now)
}

// headerOf returns the header, or what is known of it.
func headerOf(row *ledger.Row) auth.Object {
	if header, err := jsontext.ParseObject(row.Header); err == nil {
		return header
	}
	var header auth.Object
	if row.Algorithm != "" {
		header = append(header, jsontext.Text("alg", row.Algorithm))
	}
	if row.KeyID != "" {
		header = append(header, jsontext.Text("kid", row.KeyID))
	}
	return header
}

// claimsOf returns the claims that a row knows when the payload was not kept.
func claimsOf(row *ledger.Row) auth.Object {
	claims := auth.Object{}
	text := func(name, value string) {
		if value != "" {
			claims = append(claims, jsontext.Text(name, value))
		}
	}
	number := func(name string, value json.Number) {
		if value != "" {
			claims = append(claims, auth.Member{Name: name, Value: json.RawMessage(value)})
		}
	}
	text("iss", row.Issuer)
	text("sub", row.Subject)
	switch len(row.Audience) {
	case 0:
	case 1:
		text("aud", row.Audience[0])
	default:
		claims = append(claims, auth.Member{Name: "aud", Value: jsontext.QuoteAll(row.Audience)})
	}
	number("exp", row.Expires)
	number("nbf", row.NotBefore)
	number("iat", row.IssuedAt)
	text("jti", row.ID)
	return claims
}
