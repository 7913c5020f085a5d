package input

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// ParseClaim parses a claim as a user types it: name=value for a string, byte for byte,
// and name:=json for anything else. It splits at the first "=", so that the value may
// contain more of them, and never guesses that a string is a number. The error of
// invalid JSON is a *[jsontext.SyntaxError] whose column counts from the start of the
// row.
func ParseClaim(row string) (jsontext.Member, error) {
	name, value, found := strings.Cut(row, "=")
	if !found {
		return jsontext.Member{}, advice.New("the claim has no =", "write name=value for text or name:=json for anything else")
	}
	name, isJSON := strings.CutSuffix(name, ":")
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return jsontext.Member{}, errors.New("the claim has no name before the =")
	case !utf8.ValidString(row):
		return jsontext.Member{}, errors.New("the claim is not valid UTF-8")
	case !isJSON:
		return jsontext.Member{Name: name, Value: jsontext.Quote(value)}, nil
	case strings.TrimSpace(value) == "":
		return jsontext.Member{}, advice.New("there is no JSON after :=", "write a value such as true, 42 or [\"read\"]")
	}
	raw, err := jsontext.ParseValue([]byte(value))
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		before := len(row) - len(value)
		moved := *syntax
		moved.Offset += before
		if moved.Line == 1 {
			moved.Column += utf8.RuneCountInString(row[:before])
		}
		return jsontext.Member{}, &moved
	}
	return jsontext.Member{Name: name, Value: raw}, nil
}

// FormatClaim returns the row that [ParseClaim] parses as this claim. Text with control
// characters is written as JSON, which escapes them. A claim whose name contains "=", or
// starts or ends with white space, cannot be written as a row.
func FormatClaim(m jsontext.Member) string {
	if text, ok := jsontext.Unquote(m.Value); ok && !strings.HasSuffix(m.Name, ":") && !strings.ContainsFunc(text, unicode.IsControl) {
		return m.Name + "=" + text
	}
	return m.Name + ":=" + string(m.Value)
}
