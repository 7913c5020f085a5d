package old

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textarea"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// claimsEditor holds the claims of the form, as rows (name=value, name:=json)
// or as one JSON object. Both are the same claims: switching carries them over.
type claimsEditor struct {
	area
	asJSON  bool
	claims  auth.Object
	err     error
	errLine int // from 0; -1 when no line is at fault
	// persona says that placeholders are filled for every token.
	persona bool
}

const maxClaims = 64 << 10 // characters

func newClaimsEditor() claimsEditor {
	c := claimsEditor{area: newArea("such as role=admin", maxClaims)}
	c.check()
	return c
}

// check reads the text again.
func (c *claimsEditor) check() {
	check := auth.CheckExtraClaim
	if c.persona {
		check = settings.CheckClaim
	}
	c.claims, c.errLine, c.err = parseClaims(c.Value(), c.asJSON, check)
}

// toggle switches between rows and JSON, and says why when it cannot.
func (c *claimsEditor) toggle() string {
	switch {
	case c.err != nil:
		return "mend the claims first, then switch"
	case c.asJSON:
		rows, ok := claimRows(c.claims)
		if !ok {
			return "one of these names can only be written as JSON"
		}
		c.set(rows)
	case len(c.claims) == 0:
		c.set("")
	default:
		c.set(escapeJSON(c.claims.Indent()))
	}
	c.asJSON = !c.asJSON
	c.check()
	return ""
}

// prompt marks the line at fault with a sign.
func (c *claimsEditor) prompt(s styles) func(textarea.PromptInfo) string {
	line, count := c.errLine, c.LineCount()
	return func(info textarea.PromptInfo) string {
		switch {
		case info.LineNumber >= count:
			return "  "
		case info.LineNumber == line:
			return s.bad.Render("✗ ")
		case info.Focused:
			return s.accent.Render("> ")
		default:
			return s.faint.Render("> ")
		}
	}
}

// parseClaims reads the claims and returns the line that is at fault.
func parseClaims(text string, asJSON bool, check func(auth.Member) error) (auth.Object, int, error) {
	if strings.TrimSpace(text) == "" {
		return nil, -1, nil
	}
	if !asJSON {
		return parseRows(text, check)
	}
	claims, err := jsontext.ParseObject([]byte(text))
	if err != nil {
		return nil, lineOf(err), err
	}
	for _, m := range claims {
		if err := check(m); err != nil {
			return nil, lineOfMember(text, m.Name), err
		}
	}
	return claims, -1, nil
}

// lineOfMember returns the line on which a member of a JSON object begins.
func lineOfMember(text, name string) int {
	decoder := json.NewDecoder(strings.NewReader(text))
	_, _ = decoder.Token() // the brace
	for decoder.More() {
		found, err := decoder.Token()
		if err != nil {
			break
		}
		if found == name {
			return strings.Count(text[:decoder.InputOffset()], "\n")
		}
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			break
		}
	}
	return -1
}

func lineOf(err error) int {
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return syntax.Line - 1
	}
	return -1
}

func parseRows(text string, check func(auth.Member) error) (auth.Object, int, error) {
	var claims auth.Object
	lines := map[string]int{}
	for n, row := range strings.Split(text, "\n") {
		if strings.TrimSpace(row) == "" {
			continue
		}
		m, err := input.ParseClaim(row)
		if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
			err = fmt.Errorf("row %d: %s at column %d", n+1, syntax.Reason, syntax.Column)
		} else if err == nil {
			err = check(m)
		}
		if first, twice := lines[m.Name]; err == nil && twice {
			err = fmt.Errorf("%s is in row %d already: keep one of them", m.Name, first+1)
		}
		if err != nil {
			return nil, n, err
		}
		lines[m.Name] = n
		claims = append(claims, m)
	}
	return claims, -1, nil
}

// claimRows writes the claims as rows, if every one of them can be.
func claimRows(claims auth.Object) (string, bool) {
	compact, err := claims.MarshalJSON()
	if err != nil {
		return "", false
	}
	rows := make([]string, 0, len(claims))
	small, err := jsontext.ParseObject(compact)
	if err != nil {
		return "", false
	}
	for _, m := range small {
		row := input.FormatClaim(m)
		if visible.Text(row) != row {
			row = m.Name + ":=" + escapeJSON(string(m.Value))
		}
		back, err := input.ParseClaim(row)
		if err != nil || back.Name != m.Name || visible.Text(row) != row {
			return "", false
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n"), true
}
