package auth

import (
	"cmp"
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

// checkYear returns why "exp", "nbf" or "iat" is a date that cannot be used, or nil. RFC
// 7519 sets no limit, but after the year 9999 some libraries refuse a date, some overflow,
// and for some a token never expires. They agree that a date before the year 1 has passed.
func checkYear(m Member) error {
	if m.Name != "exp" && m.Name != "nbf" && m.Name != "iat" {
		return nil
	}
	switch date, _ := ParseNumericDate(m.Value); {
	case date.Seconds > lastSecond*1000:
		return fmt.Errorf("%s is after the year 9999, where libraries do not agree on a date", m.Name)
	case date.Seconds > lastSecond:
		meant := NumericDate{Seconds: date.Seconds / 1000}
		return fmt.Errorf("%s must be in seconds, but seems to be in milliseconds: %s", m.Name, meant)
	}
	return nil
}

// CheckIssued returns why the claim must not be in a token that is issued, or nil. Some vendors require "iss"
// or "sub" as a number, although RFC 7519 makes them strings.
func CheckIssued(m Member) error {
	switch m.Name {
	case "iss", "sub", "jti":
		if jsontext.IsNumber(m.Value) {
			return nil
		}
	}
	return cmp.Or(CheckClaim(m), checkYear(m))
}

// CheckExtraClaim returns why the claim cannot be added to those of a subject and a
// lifetime that are asked for separately, or nil.
func CheckExtraClaim(m Member) error {
	switch m.Name {
	case "sub":
		return advice.New("sub is set to the subject", "change the subject instead")
	case "exp":
		return advice.New("exp is set from the lifetime", "change the lifetime instead")
	case "iat":
		return advice.New("iat is set to the time of issue", "remove it")
	case "jti":
		return CheckClaim(m)
	}
	return CheckIssued(m)
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
