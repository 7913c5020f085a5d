package explain

import (
	"encoding/json"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// grants returns claims with all the meanings that say what a subject may do, the most telling
// ones first.
func grants() []string { return strings.Fields("roles groups entitlements permissions scopes") }

// Roles returns what the claims say that the subject may do: the roles, then groups,
// permissions and scopes, each once.
func Roles(claims auth.Object) []string {
	var all []string
	for rank := range grants() {
		for _, m := range claims {
			if rankOf(m.Name) != rank {
				continue
			}
			for _, grant := range granted(m.Name, m.Value) {
				if !slices.Contains(all, grant) {
					all = append(all, grant)
				}
			}
		}
	}
	return all
}

// rankOf returns the place of the meaning of a claim, or -1.
func rankOf(name string) int {
	about := Claim(name)
	return slices.IndexFunc(grants(), func(grant string) bool {
		meaning := Claim(grant)
		return about == meaning || strings.HasPrefix(about, meaning+" ")
	})
}

// granted returns the texts in the value of a claim. Scopes are separated by spaces.
func granted(name string, value json.RawMessage) []string {
	if text, isText := jsontext.Unquote(value); isText {
		if strings.HasPrefix(name, "sc") {
			return strings.Fields(text)
		}
		return []string{text}
	}
	var all []string
	if elements, isArray := jsontext.Elements(value); isArray {
		for _, each := range elements {
			all = append(all, granted(name, each)...)
		}
	}
	for _, m := range objectIn(value) {
		all = append(all, granted(name, m.Value)...)
	}
	return all
}
