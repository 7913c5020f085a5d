package settings

import (
	"slices"
	"strings"

	"tokendesk/internal/oneof"
	"tokendesk/settings/project"
)

// Misspelled is a name of the settings file that says nothing to us, and one like it that
// would be the secret's.
type Misspelled struct {
	Name, Near string
	Line       int
}

// secretNames are names that a misspelled one may be meant for, in small letters. Shorter ones are
// too like others.
var secretNames = []string{
	"secret_key", "jwt_secret", "jwt_secret_key", "jwt_signing_key", "jwt_private_key", "jwt_access_secret", "access_token_secret",
	"token_secret", "auth_token_secret", "key_file", "secret_key_name", "secret_key_command", "key_command",
}

// misspelled lists the names that may be meant for the secret.
func misspelled(all []project.Assignment) []Misspelled {
	var found []Misspelled
	for _, a := range all {
		if a.Value == "" || project.ClassOf(a.Name) != project.None {
			continue
		}
		if near := nearest(a.Name, secretNames); near != "" {
			found = append(found, Misspelled{a.Name, strings.ToUpper(near), a.Line})
		}
	}
	return found
}

// nearest returns the name that is at most two letters away from a wrong one, or nothing.
func nearest(wrong string, names []string) string {
	near := oneof.Near(wrong, names)
	at := slices.IndexFunc(near, func(name string) bool { return max(len(name)-len(wrong), len(wrong)-len(name)) <= 2 })
	if at < 0 {
		return ""
	}
	return near[at]
}

// orNear says what to do about a name that nothing has.
func (n names) orNear(name string) string {
	r := n.r
	small := make([]string, len(r.statements))
	for i, st := range r.statements {
		small[i] = strings.ToLower(st.name)
	}
	at := slices.Index(small, nearest(name, small))
	if at < 0 {
		return "check the name"
	}
	return "did you mean " + r.statements[at].name + "?"
}
