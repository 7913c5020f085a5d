package auth

import (
	"encoding/json"
	"fmt"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// CheckClaim returns why the claim has a wrong value, or nil. The registered claims have
// types (RFC 7519 section 4.1); other claims may have any value.
func CheckClaim(m Member) error {
	if len(m.Value) == 0 {
		return fmt.Errorf("%s has no value", m.Name)
	}
	switch m.Name {
	case "iss", "sub", "jti":
		if m.Value[0] != '"' {
			return fmt.Errorf("%s must be a string, but is %s", m.Name, jsontext.Kind(m.Value))
		}
	case "exp", "nbf", "iat":
		if _, ok := ParseNumericDate(m.Value); !ok {
			return fmt.Errorf("%s must be a number of seconds since 1970, but is %s", m.Name, jsontext.Kind(m.Value))
		}
	case "aud":
		if _, ok := audience(m.Value); !ok {
			return fmt.Errorf("aud must be a string or an array of strings, but is %s", audienceKind(m.Value))
		}
	}
	return nil
}

// CheckExtraClaim returns why the claim cannot be one of [Request.Claims], or nil: the
// error of [CheckClaim], or that the request sets the claim otherwise.
func CheckExtraClaim(m Member) error {
	switch m.Name {
	case "sub":
		return advice.New("sub is set to the subject", "change the subject instead")
	case "exp":
		return advice.New("exp is set from the lifetime", "change the lifetime instead")
	case "iat":
		return advice.New("iat is set to the time of issue", "remove it")
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
		return "an array with other values"
	}
	return jsontext.Kind(raw)
}
