package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// personaNames has the shell complete the names of the personas.
func personaNames(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var from source
	from.envFile, _ = cmd.Flags().GetString("env-file")
	from.profile, _ = cmd.Flags().GetString("profile")
	var names []string
	if o, err := from.options(); err == nil {
		_, personas, _ := settings.Personas(o) // without any there is nothing to complete
		for _, persona := range personas {
			names = append(names, persona.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// findPersona returns the persona of that name, or an error that says which there
// are.
func findPersona(set *settings.Settings, personas []*settings.Persona, name string) (*settings.Persona, error) {
	if persona := settings.FindPersona(personas, name); persona != nil {
		return persona, nil
	}
	if len(personas) == 0 {
		return nil, fmt.Errorf("there is no persona %s: %s has none; write it there, or name another file in PERSONAS_FILE", phrase.Excerpt(name), set.PersonasFile)
	}
	const most = 12
	var names []string
	for _, persona := range personas[:min(most, len(personas))] {
		names = append(names, persona.Name)
	}
	if len(personas) > most {
		names = append(names, "…")
	}
	return nil, fmt.Errorf("there is no persona %s: %s has %s", phrase.Excerpt(name), set.PersonasFile, strings.Join(names, ", "))
}

// chosenPersona returns the persona of --persona, or nil without the flag.
func (c *claimFlags) chosenPersona(set *settings.Settings) (*settings.Persona, error) {
	if c.persona == "" {
		return nil, nil
	}
	personas, err := set.Personas()
	if err != nil {
		return nil, misconfigured(err)
	}
	persona, err := findPersona(set, personas, c.persona)
	if err != nil {
		return nil, wrong(fmt.Errorf("--persona: %w", err))
	}
	return persona, nil
}

// above returns the persona below what the flags say: the lifetime and the claims
// of the request, --issuer and --audience.
func (c *claimFlags) above(persona *settings.Persona, request auth.Request) *settings.Persona {
	var replaced []string
	if c.issuer != "" {
		replaced = append(replaced, "iss")
	}
	if len(c.audience) > 0 {
		replaced = append(replaced, "aud")
	}
	own := persona.Without(replaced...).With(request.Claims)
	if request.Lifetime != 0 {
		own.Lifetime = ""
	}
	return own
}

// fill puts what the persona says below what the request says already.
func (c *claimFlags) fill(request auth.Request, persona *settings.Persona, f settings.Fresh) (auth.Request, error) {
	own, err := c.above(persona, request).Request(f)
	if err != nil {
		return request, explainIssue(err)
	}
	request.Claims = own.Claims
	request.Lifetime = cmp.Or(request.Lifetime, own.Lifetime)
	request.Subject = cmp.Or(request.Subject, own.Subject)
	if request.Subject == "" {
		return request, wrong(errors.New("the persona " + persona.Name + " has no subject: name one"))
	}
	return request, nil
}

// signingKey returns the key that signs for the persona. --kid stands above what
// it says of its key, and --alg above its algorithm.
func (s *source) signingKey(set *settings.Settings, persona *settings.Persona) (*auth.Key, error) {
	if s.keyID != "" {
		return set.Key, nil
	}
	if s.alg != "" {
		persona = persona.With(nil)
		persona.Algorithm = ""
	}
	key, err := set.SigningKey(persona)
	if err == nil && s.alg != "" && key.Algorithm() != set.Key.Algorithm() { // which --alg has chosen
		return nil, fmt.Errorf("the persona %s signs with the key %q, which is for %s: leave --alg out, or name another", persona.Name, persona.Key, key.Algorithm())
	}
	return key, err
}
