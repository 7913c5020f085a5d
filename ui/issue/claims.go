package issue

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textarea"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// claimsEditor holds the claims of the form, as rows (name=value, name:=json) or as
// one JSON object. Switching between the two converts the claims.
type claimsEditor struct {
	text    widget.Area
	asJSON  bool
	claims  auth.Object
	err     error
	errLine int // from 0; -1 when no line is at fault
	// persona says that the claims are those of a persona, so that their placeholders
	// are filled for every token.
	persona bool
}

const maxClaims = 64 << 10 // characters

func newClaimsEditor() claimsEditor {
	c := claimsEditor{text: widget.NewArea("such as role=admin", maxClaims)}
	c.check()
	return c
}

// check parses the text.
func (c *claimsEditor) check() {
	check := auth.CheckExtraClaim
	if c.persona {
		check = settings.CheckClaim
	}
	c.claims, c.errLine, c.err = parseClaims(c.text.Value(), c.asJSON, check)
}

// toggle switches between rows and JSON, or says why it cannot.
func (c *claimsEditor) toggle() string {
	switch {
	case c.err != nil:
		return "fix the claims first, then switch"
	case c.asJSON:
		rows, ok := claimRows(c.claims)
		if !ok {
			return "one of these names can only be written as JSON"
		}
		c.text.Set(rows)
	case len(c.claims) == 0:
		c.text.Set("")
	default:
		c.text.Set(visible.JSON(c.claims.Indent()))
	}
	c.asJSON = !c.asJSON
	c.check()
	return ""
}

// fill replaces the claims, and shows JSON if it did before or if rows cannot hold
// them.
func (c *claimsEditor) fill(claims auth.Object) {
	rows, ok := claimRows(claims)
	c.asJSON = c.asJSON || !ok
	switch {
	case !c.asJSON:
		c.text.Set(rows)
	case len(claims) == 0:
		c.text.Set("")
	default:
		c.text.Set(visible.JSON(claims.Indent()))
	}
	c.check()
}

// note is the sentence below the claims.
func (c *claimsEditor) note() widget.Note {
	switch {
	case c.text.Note() != "":
		return widget.Note{Tone: widget.Warn, Text: c.text.Note()}
	case c.err != nil:
		return frame.Fault(c.err)
	case len(c.claims) > 0:
		return widget.Note{Tone: widget.Good, Text: phrase.Count(len(c.claims), "claim", "claims")}
	case c.asJSON:
		return widget.Note{Text: `a JSON object, such as {"role": "admin"}`}
	default:
		return widget.Note{Text: "name=text or name:=json, one a row"}
	}
}

// prompt marks the line at fault with a sign.
func (c *claimsEditor) prompt(t *widget.Theme) func(textarea.PromptInfo) string {
	line, count := c.errLine, c.text.Lines()
	return func(info textarea.PromptInfo) string {
		switch {
		case info.LineNumber >= count:
			return "  "
		case info.LineNumber == line:
			return t.Bad.Render("✗ ")
		case info.Focused:
			return t.Accent.Render("> ")
		default:
			return t.Faint.Render("> ")
		}
	}
}

// parseClaims parses the claims. The line is the one at fault, or -1.
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
			err = explain.Line{Text: fmt.Sprintf("%s is already in row %d", m.Name, first+1), Do: "keep one of them"}
		}
		if err != nil {
			return nil, n, err
		}
		lines[m.Name] = n
		claims = append(claims, m)
	}
	return claims, -1, nil
}

// claimRows returns the claims as rows, if all of them can be written so.
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
			row = m.Name + ":=" + visible.JSON(string(m.Value))
		}
		back, err := input.ParseClaim(row)
		if err != nil || back.Name != m.Name || visible.Text(row) != row {
			return "", false
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n"), true
}
