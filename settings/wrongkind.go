package settings

import (
	"tokendesk/auth"
	"tokendesk/auth/kind"
)

// insteadOf says what to do about the value of the setting that is something other than a
// secret.
func insteadOf(value []byte, name string, refused *auth.SecretError) string {
	is := kind.Of(value)
	switch {
	case is.HasKey() && is.Encoded():
		return "decode it into a file, and name that with KEY_FILE instead of " + name
	case is.HasKey():
		return "save it to a file, and name that with KEY_FILE instead of " + name
	case is.Kind == kind.Path:
		return "name the file of a key with KEY_FILE instead of " + name
	case is.Kind == kind.Reference || is.Kind == kind.ARN:
		return "write the secret itself, not where it is kept"
	case is.Kind == kind.Token, is.Kind == kind.EncryptedToken:
		return "write the secret that signs tokens, not a token"
	case is.Kind == kind.JSON, is.Kind == kind.Hasura, is.Kind == kind.YAML, is.Kind == kind.Env:
		return "write only the secret that is in it"
	default:
		return refused.Advice()
	}
}
