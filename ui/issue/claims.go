package issue

import (
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/input"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
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
	var line int
	if c.asJSON {
		c.claims, line, c.err = input.ParseClaims(c.text.Value(), check)
	} else {
		var rows input.Rows
		rows, line, c.err = input.ParseRows(c.text.Value(), check)
		c.claims = rows.Claims
	}
	c.errLine = line - 1
}

// toggle switches between rows and JSON, or says why it cannot.
func (c *claimsEditor) toggle() string {
	if c.err != nil {
		return "fix the claims first, then switch"
	}
	if _, ok := claimRows(c.claims); c.asJSON && !ok {
		return "one of these names can only be written as JSON"
	}
	c.asJSON = !c.asJSON
	c.fill(c.claims)
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

// shape names how the claims are written.
func (c *claimsEditor) shape() string {
	if c.asJSON {
		return "JSON"
	}
	return "rows"
}

// note is the sentence below the claims.
func (c *claimsEditor) note() widget.Note {
	switch {
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

// sign returns the sign before a row. It marks the line at fault.
func (c *claimsEditor) sign(t *widget.Theme) func(widget.AreaRow) string {
	return func(r widget.AreaRow) string {
		switch {
		case r.Beyond || !r.First:
			return ""
		case r.Line == c.errLine:
			return t.Bad.Render("✗ ")
		case r.Focused:
			return t.Accent.Render("> ")
		default:
			return t.Faint.Render("> ")
		}
	}
}

// look returns how the claims are drawn in a rectangle.
func (c *claimsEditor) look(t *widget.Theme, r widget.Rect) widget.Look {
	l := widget.Look{Theme: t, Width: max(4, r.W), Height: max(1, r.H), Sign: c.sign(t), Margin: 2}
	if c.asJSON {
		l.Color = func(line string) []widget.Part { return token.JSONParts(t, line) }
		l.Wrong = token.PlaceOf(c.err)
	}
	return l
}

// claimRows returns the claims as rows, if all of them can be written so.
func claimRows(claims auth.Object) (string, bool) {
	_, small, err := claims.Encode()
	if err != nil {
		return "", false
	}
	rows := make([]string, 0, len(claims))
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
