package desk

import (
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// Form is what a user typed into a form for a token. The placeholders in the subject and the
// claims are filled for every token, as those of a persona are, and \{{ is the text {{.
type Form struct {
	// Persona is the one that filled the form, or nil.
	Persona *settings.Persona
	// Shape is that of a [Draft].
	Shape             *settings.Shape
	Subject, Lifetime string
	Claims            auth.Object
	// Header, Without and Bytes are those of a [Draft].
	Header  auth.Object
	Without []string
	Bytes   []byte
}

// Draft returns the draft of the form. The error says which placeholder cannot be used.
func (f *Form) Draft() (Draft, error) {
	d := Draft{Lifetime: f.Lifetime, Header: f.Header, Without: f.Without, Shape: f.Shape}
	if f.Bytes != nil {
		return Draft{Bytes: f.Bytes, Header: f.Header, Without: f.Without, Persona: f.Persona}, nil
	}
	persona := f.Persona
	if persona == nil {
		if !f.hasPlaceholder() {
			d.Subject, d.Claims = f.Subject, f.Claims
			return d, nil
		}
		persona = &settings.Persona{}
	}
	edited, err := persona.Edited(f.Subject, f.Claims)
	if err != nil {
		return Draft{}, err
	}
	d.Persona = edited
	return d, nil
}

// hasPlaceholder reports whether the subject or the claims have a placeholder, or the text of one.
func (f *Form) hasPlaceholder() bool {
	has := strings.Contains(f.Subject, "{{")
	for _, m := range f.Claims {
		has = has || settings.HasPlaceholder(m.Value)
	}
	return has
}

// FormOf returns the form that makes the draft, without a payload that the draft starts from.
func FormOf(d Draft) Form {
	f := Form{Lifetime: d.Lifetime, Header: d.Header, Without: d.Without, Bytes: d.Bytes, Shape: d.Shape}
	if p := d.Persona; p != nil {
		f.Subject, f.Claims = p.Subject, p.Claims
		if p.Name != "" {
			f.Persona = p
		}
		if f.Lifetime == "" {
			f.Lifetime = p.Lifetime
		}
	}
	if d.Subject != "" {
		f.Subject = settings.EscapePlaceholders(d.Subject)
	}
	claims := d.claims()
	if d.Issuer != "" {
		claims = claims.Set("iss", jsontext.Quote(d.Issuer))
	}
	if len(d.Audience) > 0 {
		claims = claims.Set("aud", jsontext.QuoteAll(d.Audience))
	}
	for _, m := range claims {
		f.Claims = f.Claims.Set(m.Name, settings.EscapeValue(m.Value))
	}
	return f
}
