package input

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// ParseClaims parses the claims of a form as one JSON object. A text without claims is not
// an error. check returns why a claim cannot be in the token. With an error, line is the
// line of the claim, counted from 1, or 0 if it is no line in particular.
func ParseClaims(text string, check func(jsontext.Member) error) (claims jsontext.Object, line int, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, 0, nil
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

// Rows is what the rows of a form say.
type Rows struct {
	Claims jsontext.Object
	// Without are the names that are left out.
	Without []string
	// Wrong are the lines that say neither, counted from 1.
	Wrong []int
}

// ParseRows parses the rows of a form: each sets a claim, as [ParseClaim] reads it, or is -name
// and leaves one out. With an error, which is that of the first wrong line, the rows are the others.
func ParseRows(text string, check func(jsontext.Member) error) (rows Rows, line int, wrong error) {
	lines := map[string]int{}
	for n, row := range strings.Split(text, "\n") {
		if strings.TrimSpace(row) == "" {
			continue
		}
		m, err := parseRow(row, check)
		if jsontext.LineOf(err) > 0 {
			err = fmt.Errorf("row %d: %w", n+1, jsontext.InOneLine(err))
		}
		if first := lines[m.Name]; err == nil && first > 0 {
			err = advice.New(fmt.Sprintf("%s is already in row %d", m.Name, first), "keep one of them")
		}
		if err != nil {
			if wrong == nil {
				line, wrong = n+1, err
			}
			rows.Wrong = append(rows.Wrong, n+1)
			continue
		}
		lines[m.Name] = n + 1
		if m.Value == nil {
			rows.Without = append(rows.Without, m.Name)
		} else {
			rows.Claims = append(rows.Claims, m)
		}
	}
	return rows, line, wrong
}

// parseRow parses a row. One that leaves a claim out has no value.
func parseRow(row string, check func(jsontext.Member) error) (jsontext.Member, error) {
	if !strings.Contains(row, "=") {
		name, leftOut := strings.CutPrefix(strings.TrimSpace(row), "-")
		name = strings.TrimSpace(strings.TrimSuffix(name, ":"))
		switch {
		case !utf8.ValidString(row):
		case leftOut && name == "":
			return jsontext.Member{}, advice.New("the row names nothing to leave out", "write -name")
		case leftOut:
			return jsontext.Member{Name: name}, nil
		case name != "":
			return jsontext.Member{}, advice.New(name+" has no value yet", "write "+name+"=text or "+name+":=json")
		}
	}
	m, err := ParseClaim(row)
	if err == nil {
		err = check(m)
	}
	return m, err
}
