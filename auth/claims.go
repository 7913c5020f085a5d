package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth/jsontext"
)

// ParseClaim reads one claim as it is typed: name=value for a string, byte for
// byte, and name:=json for anything else. It splits at the first "=", so values
// may hold more of them, and never guesses that a string is a number. Broken
// JSON is reported as a *[jsontext.SyntaxError] whose column counts from the start of
// the row.
func ParseClaim(row string) (Member, error) {
	name, value, found := strings.Cut(row, "=")
	if !found {
		return Member{}, errors.New("a claim is name=value for text or name:=json for anything else")
	}
	name, isJSON := strings.CutSuffix(name, ":")
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return Member{}, errors.New("the claim has no name before the =")
	case !utf8.ValidString(row):
		return Member{}, errors.New("the claim is not valid UTF-8")
	case !isJSON:
		return Member{Name: name, Value: jsontext.Quote(value)}, nil
	case strings.TrimSpace(value) == "":
		return Member{}, errors.New("there is no JSON after :=, such as true, 42 or [\"read\"]")
	}
	raw, err := jsontext.ParseValue([]byte(value))
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		before := len(row) - len(value)
		moved := *syntax
		moved.Offset += before
		if moved.Line == 1 {
			moved.Column += utf8.RuneCountInString(row[:before])
		}
		return Member{}, &moved
	}
	return Member{Name: name, Value: raw}, nil
}

// FormatClaim returns the row that [ParseClaim] reads as this claim. Text with
// control characters is written as JSON, which escapes them. A name that holds
// "=", or begins or ends with white space, cannot be written as a row.
func FormatClaim(m Member) string {
	if text, ok := jsontext.Unquote(m.Value); ok && !strings.HasSuffix(m.Name, ":") && !strings.ContainsFunc(text, unicode.IsControl) {
		return m.Name + "=" + text
	}
	return m.Name + ":=" + string(m.Value)
}

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
