package settings

import (
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/settings/project"
)

// withTokens appends a persona for each token in the settings file that the secret verifies.
// A persona with the same name in the personas file stands above it.
func withTokens(s *Settings, personas []*Persona) []*Persona {
	for _, t := range s.Recognised.Tokens {
		token, err := auth.Decode(string(t.Compact.Reveal()))
		if err != nil {
			continue
		}
		if p := tokenPersona(s.File, t, token); isPersonaName(p.Name) && FindPersona(personas, p.Name) == nil {
			personas = append(personas, p)
		}
	}
	return personas
}

// tokenPersona returns a persona with the claims of a token in the file. It is named after the role in the
// token, or else after the assignment. Supabase's tokens have no subject, and its policies read
// the subject as a UUID.
func tokenPersona(file string, t project.Verified, token *auth.Token) *Persona {
	p := &Persona{Name: strings.ToLower(t.Name), File: file, Line: t.Line, Column: 1}
	if role, _ := token.Claims.String("role"); isPersonaName(role) {
		p.Name = role
	}
	if sub := token.Subject(); CheckSubject(sub) == nil {
		p.Subject, p.subject = sub, text{{text: sub}}
	} else {
		p.Subject = "{{uuid}}"
		p.subject = text{{word: uuidWord, text: p.Subject}}
	}
	p.from.subject = p.Name
	claims := slices.DeleteFunc(slices.Clone(token.Claims), func(m auth.Member) bool {
		return slices.Contains([]string{"nbf", "jti"}, m.Name) || auth.CheckExtraClaim(m) != nil
	})
	p = p.With(claims)
	for i := range p.claims {
		p.claims[i].from = p.Name
	}
	return p
}
