package auth

import (
	"encoding/json"
	"errors"
	"fmt"

	"tokendesk/auth/jsontext"
)

// CheckClaim returns why the value cannot be the claim of that name: the
// registered claims have types (RFC 7519 section 4.1). Other names may hold
// anything.
func CheckClaim(m Member) error {
	if len(m.Value) == 0 {
		return fmt.Errorf("%s has no value", m.Name)
	}
	switch m.Name {
	case "iss", "sub", "jti":
		if m.Value[0] != '"' {
			return fmt.Errorf("%s must be a string, this is %s", m.Name, jsontext.Kind(m.Value))
		}
	case "exp", "nbf", "iat":
		if _, ok := ParseNumericDate(m.Value); !ok {
			return fmt.Errorf("%s must be a number of seconds since 1970, this is %s", m.Name, jsontext.Kind(m.Value))
		}
	case "aud":
		if _, ok := audience(m.Value); !ok {
			return fmt.Errorf("aud must be a string or an array of strings, this is %s", audienceKind(m.Value))
		}
	}
	return nil
}

// CheckExtraClaim returns why the claim cannot be added to a token that is
// being issued: [CheckClaim], and the claims that the request itself sets.
func CheckExtraClaim(m Member) error {
	switch m.Name {
	case "sub":
		return errors.New("sub is the subject: change it there")
	case "exp":
		return errors.New("exp follows from the lifetime: change it there")
	case "iat":
		return errors.New("iat is the moment of issue and set by itself")
	}
	return CheckClaim(m)
}

// audience returns the values of an "aud" claim, which is a string or an array
// of strings (RFC 7519 section 4.1.3).
func audience(raw json.RawMessage) ([]string, bool) {
	if one, ok := jsontext.Unquote(raw); ok {
		return []string{one}, true
	}
	return jsontext.Strings(raw)
}

func audienceKind(raw json.RawMessage) string {
	if raw[0] == '[' {
		return "an array with other things in it"
	}
	return jsontext.Kind(raw)
}
