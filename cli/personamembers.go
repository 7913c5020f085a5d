package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// personaMembers is the flags that say what a persona has.
type personaMembers struct {
	subject, lifetime, algorithm, key, extends, shape string
	claims, without                                   []string
	rename                                            string
	disable, enable                                   bool
}

// flags adds the flags. Names completes the names of personas.
func (m *personaMembers) flags(cmd *cobra.Command, names cobra.CompletionFunc) {
	f := cmd.Flags()
	f.StringVar(&m.subject, "subject", "", "the subject, which may have placeholders such as {{n}}")
	f.StringVar(&m.lifetime, "expires-in", "", "the lifetime, such as 45s, 30m, 8h or until 18:00")
	f.StringArrayVar(&m.claims, "claim", nil, "a claim, name=text or name:=json, which may have placeholders; may be repeated")
	f.StringVar(&m.algorithm, "algorithm", "", "sign only with a key for this algorithm")
	f.StringVar(&m.key, "key", "", "sign only with the key that has this ID")
	f.StringVar(&m.extends, "extends", "", "inherit from this persona")
	f.StringVar(&m.shape, "shape", "", "use the header and claims of this vendor's tokens")
	completeFlag(cmd, "algorithm", auth.AlgorithmNames()...)
	_ = cmd.RegisterFlagCompletionFunc("extends", names)    // the flag exists
	_ = cmd.RegisterFlagCompletionFunc("shape", shapeNames) // likewise
}

// editFlags adds the flags that only a persona that is there can have.
func (m *personaMembers) editFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&m.without, "without", nil,
		"remove this claim, or one of subject, lifetime, algorithm, key, extends and shape; may be repeated")
	f.StringVar(&m.rename, "rename", "", "give it this name, also where others extend it")
	f.BoolVar(&m.disable, "disable", false, "refuse to issue tokens for it")
	f.BoolVar(&m.enable, "enable", false, "issue tokens for it again")
}

// given reports whether a flag says what to change.
func (m *personaMembers) given(cmd *cobra.Command) bool {
	return slices.ContainsFunc([]string{
		"subject", "expires-in", "claim", "algorithm", "key", "extends", "shape", "without", "rename", "disable", "enable",
	}, cmd.Flags().Changed)
}

// apply changes a persona as the flags say.
func (m *personaMembers) apply(own *settings.Own) error {
	for _, name := range m.without {
		if !remove(own, name) {
			return invalid(explain.At("--without", advise("the persona has no claim "+phrase.Excerpt(name)+" of its own", ownClaims(own))))
		}
	}
	for _, set := range []struct{ value, member *string }{
		{&m.subject, &own.Subject},
		{&m.lifetime, &own.Lifetime},
		{&m.key, &own.Key},
		{&m.extends, &own.Extends},
		{&m.shape, &own.Shape},
		{&m.rename, &own.Name},
	} {
		if *set.value != "" {
			*set.member = *set.value
		}
	}
	if m.algorithm != "" {
		own.Algorithm = auth.Algorithm(m.algorithm)
	}
	claims, err := parseMembers("--claim", m.claims)
	if err != nil {
		return err
	}
	for _, c := range claims {
		if err := settings.CheckClaim(c); err != nil {
			return invalid(explain.At("--claim", err))
		}
		own.Claims = own.Claims.Set(c.Name, c.Value)
	}
	own.Disabled = own.Disabled && !m.enable || m.disable
	return nil
}

// remove removes a claim or another member of a persona, and reports whether it was there.
func remove(own *settings.Own, name string) bool {
	if own.Claims.Index(name) >= 0 {
		own.Claims = own.Claims.Without(name)
		return true
	}
	if name == "algorithm" && own.Algorithm != "" {
		own.Algorithm = ""
		return true
	}
	member, ok := map[string]*string{
		"subject": &own.Subject, "lifetime": &own.Lifetime, "key": &own.Key, "extends": &own.Extends, "shape": &own.Shape,
	}[name]
	if !ok || *member == "" {
		return false
	}
	*member = ""
	return true
}

// ownClaims says which claims a persona has.
func ownClaims(own *settings.Own) string {
	if len(own.Claims) == 0 {
		return "look at it with tokendesk personas"
	}
	var names []string
	for _, m := range own.Claims {
		names = append(names, input.FormatClaim(auth.Member{Name: m.Name, Value: []byte(`""`)}))
	}
	return "choose one of " + strings.ReplaceAll(strings.Join(names, ", "), "=", "")
}
