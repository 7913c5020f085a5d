package desk

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// Document returns a token as one edits it, a JSON object with its header and its
// claims. The header is the one that the configured key signs; a note says so when
// the algorithm was another. There must be a key.
func (d *Desk) Document(t *auth.Token) (text, note string) {
	header := t.Header
	for _, m := range issuer(d, &Draft{}).Header() {
		if _, has := header.Get(m.Name); m.Name != "typ" || !has {
			header = header.Set(m.Name, m.Value)
		}
	}
	if was := t.Algorithm(); was != d.Key().Algorithm() {
		note = fmt.Sprintf("alg was %q; the configured key signs %s", string(was), d.Key().Algorithm())
	}
	inner := func(o auth.Object) string { return strings.ReplaceAll(o.Indent(), "\n", "\n  ") }
	return "{\n  \"header\": " + inner(header) + ",\n  \"claims\": " + inner(t.Claims) + "\n}", note
}

// ParseDocument reads a document back. Broken JSON is an *[jsontext.SyntaxError].
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
			return nil, nil, fmt.Errorf("only header and claims belong here, found %q", m.Name)
		}
		if *into, err = jsontext.ParseObject(m.Value); err != nil {
			return nil, nil, fmt.Errorf("%s must be a JSON object", m.Name)
		}
	}
	if header == nil || claims == nil {
		return nil, nil, errors.New("both header and claims must be here")
	}
	return header, claims, nil
}

// Sign returns the token of a header and claims that were edited. In a protected
// profile whose name was not typed the error is a *[Locked], but only for what
// could be signed.
func (d *Desk) Sign(header, claims auth.Object, now time.Time) (*Entry, error) {
	i := issuer(d.At(now), &Draft{})
	if locked := d.Ready(); locked != nil {
		return nil, firstOf(i.Check(header, claims), locked)
	}
	token, err := i.Sign(header, claims)
	if err != nil {
		return nil, err
	}
	e := enter(d, token, Draft{}, now)
	e.Draft = DraftOf(e.Token, d.settings.Lifetime)
	return e, nil
}
