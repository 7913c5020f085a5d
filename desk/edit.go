package desk

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/settings"
)

// Document returns a token for editing, as a JSON object with its header and claims.
// The header is the one that the configured key signs; the note says so if the token
// had another algorithm. There must be a key.
func (d *Desk) Document(t *auth.Token) (text, note string) {
	header := t.Header
	for _, m := range issuer(d, &Draft{}).Header() {
		if _, has := header.Get(m.Name); m.Name != "typ" || !has {
			header = header.Set(m.Name, m.Value)
		}
	}
	if was := t.Algorithm(); was != d.Key().Algorithm() {
		note = fmt.Sprintf("alg was %q, but the configured key signs with %s", string(was), d.Key().Algorithm())
	}
	inner := func(o auth.Object) string {
		o = slices.Clone(o)
		for i, m := range o {
			o[i].Value = settings.EscapeValue(m.Value)
		}
		return strings.ReplaceAll(o.Indent(), "\n", "\n  ")
	}
	return "{\n  \"header\": " + inner(header) + ",\n  \"claims\": " + inner(t.Claims) + "\n}", note
}

// ParseDocument parses an edited document. The error of invalid JSON is a
// *[jsontext.SyntaxError].
func ParseDocument(text string) (header, claims auth.Object, err error) {
	doc, err := jsontext.ParseObject([]byte(text))
	if err != nil {
		return nil, nil, err
	}
	for _, m := range doc {
		var into *auth.Object
		switch m.Name {
		case "header":
			into = &header
		case "claims":
			into = &claims
		default:
			return nil, nil, explain.Line{
				Tone: explain.Bad, Text: fmt.Sprintf("unknown member %q", m.Name), Do: "keep header and claims only",
			}
		}
		if *into, err = jsontext.ParseObject(m.Value); err != nil {
			return nil, nil, fmt.Errorf("%s must be a JSON object", m.Name)
		}
	}
	if header == nil || claims == nil {
		return nil, nil, errors.New("header or claims is missing")
	}
	return header, claims, nil
}

// Edited is a document that was signed.
type Edited struct {
	Entry *Entry
	// Fresh says that it has placeholders, which each signature fills.
	Fresh bool
}

// SignDocument fills the placeholders of an edited document and signs it. A token that is
// kept uses up a number if there are any, and is recorded in the ledger. If the document could be signed, but the user has
// not typed the name of the protected profile, the error is a *[Locked].
func SignDocument(d *Desk, text string, kept bool) (Edited, error) {
	header, claims, err := ParseDocument(text)
	if err != nil {
		return Edited{}, err
	}
	now, out := d.Now(), Edited{}
	for _, m := range slices.Concat(header, claims) {
		out.Fresh = out.Fresh || settings.HasPlaceholder(m.Value)
	}
	if out.Fresh {
		header, claims, err = fillDocument(d, header, claims, now, kept && d.Ready() == nil)
	}
	if err == nil {
		out.Entry, err = d.Sign(header, claims, now)
	}
	if err == nil && kept {
		out.Entry.Recorded = record(d, out.Entry.Token, &out.Entry.Draft, d.Key())
	}
	return out, err
}

// fillDocument fills the placeholders of an edited header and claims.
func fillDocument(d *Desk, header, claims auth.Object, now time.Time, kept bool) (_, _ auth.Object, err error) {
	f := settings.Fresh{Now: now, N: 1, Rand: d.from.Rand}
	switch {
	case kept:
		f.N = d.from.Number()
	case d.from.Next != nil:
		f.N = d.from.Next()
	}
	if header, err = settings.Fill(header, f); err != nil {
		return nil, nil, err
	}
	claims, err = settings.Fill(claims, f)
	return header, claims, err
}

// Sign signs an edited header and claims. If they could be signed, but the user has
// not typed the name of the protected profile, the error is a *[Locked].
func (d *Desk) Sign(header, claims auth.Object, now time.Time) (*Entry, error) {
	i := issuer(d.At(now), &Draft{})
	if locked := d.Ready(); locked != nil {
		return nil, cmp.Or(i.Check(header, claims), locked)
	}
	token, err := i.Sign(header, claims)
	if err != nil {
		return nil, err
	}
	d.from.known.add(token)
	e := newEntry(d, token, Draft{}, now)
	e.Draft, e.provenance = DraftOf(e.Token, d.settings.Lifetime), nil
	return e, nil
}
