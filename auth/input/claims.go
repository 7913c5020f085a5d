package input

import (
	"fmt"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// ParseClaims parses the claims of a form: one JSON object, or rows for [ParseClaim]. A
// text without claims is not an error. check returns why a claim cannot be in the token.
// With an error, line is the line of the claim, counted from 1, or 0 if it is no line in
// particular.
func ParseClaims(text string, asJSON bool, check func(jsontext.Member) error) (claims jsontext.Object, line int, err error) {
	switch {
	case strings.TrimSpace(text) == "":
		return nil, 0, nil
	case !asJSON:
		return parseRows(text, check)
	}
	claims, err = jsontext.ParseObject([]byte(text))
	if err != nil {
		return nil, jsontext.LineOf(err), err
	}
	for n, m := range claims {
		if err := check(m); err != nil {
			return nil, lineOfMember([]byte(text), n), err
		}
	}
	return claims, 0, nil
}

// lineOfMember returns the line on which a member of a JSON object starts. The first
// member is number 0.
func lineOfMember(text []byte, n int) (line int) {
	_ = jsontext.Walk(text, func(v jsontext.Node) {
		if v.Depth != 1 {
			return
		}
		if n == 0 {
			line, _ = jsontext.Position(text, v.Name)
		}
		n--
	})
	return line
}

func parseRows(text string, check func(jsontext.Member) error) (jsontext.Object, int, error) {
	var claims jsontext.Object
	lines := map[string]int{}
	for n, row := range strings.Split(text, "\n") {
		if strings.TrimSpace(row) == "" {
			continue
		}
		m, err := ParseClaim(row)
		if err == nil {
			err = check(m)
		} else if jsontext.LineOf(err) > 0 {
			err = fmt.Errorf("row %d: %w", n+1, jsontext.InOneLine(err))
		}
		if first := lines[m.Name]; err == nil && first > 0 {
			err = advice.New(fmt.Sprintf("%s is already in row %d", m.Name, first), "keep one of them")
		}
		if err != nil {
			return nil, n + 1, err
		}
		lines[m.Name] = n + 1
		claims = append(claims, m)
	}
	return claims, 0, nil
}
