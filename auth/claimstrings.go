package auth

import "tokendesk/auth/jsontext"

// claimString is a string in the claims, at any depth, and its path.
type claimString struct {
	in   *jsontext.Path
	text string
}

// claimStrings returns every string in the claims, at any depth, in order.
func claimStrings(claims Object) []claimString {
	found := make([]claimString, 0, len(claims))
	claims.Walk(func(n jsontext.Node) {
		if text, ok := jsontext.Unquote(n.Raw); ok {
			found = append(found, claimString{n.Path, text})
		}
	})
	return found
}
