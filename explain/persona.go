package explain

import (
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/settings"
)

// PersonaFacts describes a persona. It is also the JSON of one. Members that the file
// does not have are nil.
type PersonaFacts struct {
	Name      string      `json:"name"`
	Subject   *string     `json:"subject"`
	Lifetime  *string     `json:"lifetime"`
	Algorithm *string     `json:"algorithm"`
	Key       *string     `json:"key"`
	Shape     *string     `json:"shape"`
	Extends   *string     `json:"extends"`
	Disabled  bool        `json:"disabled"`
	Claims    auth.Object `json:"claims"`
	File      string      `json:"file"`
	Line      int         `json:"line"`
}

// Persona explains a persona.
func Persona(p *settings.Persona) PersonaFacts {
	return PersonaFacts{
		Name: p.Name, Subject: given(p.Subject), Lifetime: given(p.Lifetime),
		Algorithm: given(string(p.Algorithm)), Key: given(p.Key), Shape: given(p.Shape), Extends: given(p.Extends),
		Disabled: p.Disabled, Claims: p.Claims, File: p.File, Line: p.Line,
	}
}

// For returns the subject of the persona's tokens, or says that it has none.
func (p PersonaFacts) For() string {
	if p.Subject == nil {
		return "(no subject)"
	}
	return *p.Subject
}

// Holds returns whether the persona is disabled, the shape, the key or algorithm that it names, and
// its claims as a user would type them, on one line.
func (p PersonaFacts) Holds() string {
	var parts []string
	if p.Disabled {
		parts = append(parts, "disabled")
	}
	if p.Shape != nil {
		parts = append(parts, "shape "+*p.Shape)
	}
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
