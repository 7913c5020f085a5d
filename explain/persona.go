package explain

import (
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/settings"
)

// PersonaFacts is what there is to say about a persona, and its JSON shape. What
// the file does not say is nil.
type PersonaFacts struct {
	Name      string      `json:"name"`
	Subject   *string     `json:"subject"`
	Lifetime  *string     `json:"lifetime"`
	Algorithm *string     `json:"algorithm"`
	Key       *string     `json:"key"`
	Extends   *string     `json:"extends"`
	Claims    auth.Object `json:"claims"`
	File      string      `json:"file"`
	Line      int         `json:"line"`
}

// Persona explains a persona.
func Persona(p *settings.Persona) PersonaFacts {
	return PersonaFacts{
		Name: p.Name, Subject: given(p.Subject), Lifetime: given(p.Lifetime),
		Algorithm: given(string(p.Algorithm)), Key: given(p.Key), Extends: given(p.Extends),
		Claims: p.Claims, File: p.File, Line: p.Line,
	}
}

// For returns whom the persona's tokens are about.
func (p PersonaFacts) For() string {
	if p.Subject == nil {
		return "(no subject)"
	}
	return *p.Subject
}

// Holds returns what signs, if the persona says so, and the claims as they are
// typed, on one line.
func (p PersonaFacts) Holds() string {
	var parts []string
	if p.Algorithm != nil {
		parts = append(parts, *p.Algorithm)
	}
	if p.Key != nil {
		parts = append(parts, "key "+*p.Key)
	}
	for _, m := range p.Claims {
		parts = append(parts, input.FormatClaim(m))
	}
	return strings.Join(parts, "  ")
}
