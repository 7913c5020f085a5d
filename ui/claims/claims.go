// Package claims is the editor in which claims and header parameters are typed: a row for
// each, or JSON.
package claims

import (
	"slices"
	"strconv"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Editor holds claims as rows (name=value, name:=json, -name) or as one JSON object.
// Switching between the two converts the claims. Or it holds parameters of the header,
// which are always rows.
type Editor struct {
	Text    widget.Area
	AsJSON  bool
	Claims  auth.Object
	Without []string   // the names that are left out
	Err     error      // why the text cannot be read
	Last    input.Rows // what is right: the rows without an error, the object before it

	header  bool // the rows are header parameters
	allowed func(auth.Member) error
	errLine int // from 0; -1 when no line is at fault
}

// Max is how many characters an editor holds.
const Max = 64 << 10

// New returns an editor without claims. The function says why one is not allowed.
func New(allowed func(auth.Member) error) Editor {
	c := Editor{Text: widget.NewArea("such as role=admin", Max), allowed: allowed}
	c.Check()
	return c
}

// NewHeader returns an editor without parameters.
func NewHeader() Editor {
	c := Editor{Text: widget.NewArea("such as typ=at+jwt", Max), header: true, allowed: checkParameter}
	c.Check()
	return c
}

// Check parses the text. It belongs after every change of it.
func (c *Editor) Check() {
	var line int
	var rows input.Rows
	switch {
	case c.header:
		rows, line, c.Err = input.ParseRows(c.Text.Value(), c.allowed)
		rows.Claims = plainValues(rows.Claims)
	case c.AsJSON:
		rows.Claims, line, c.Err = input.ParseClaims(c.Text.Value(), c.allowed)
	default:
		rows, line, c.Err = input.ParseRows(c.Text.Value(), c.allowed)
	}
	if c.Err == nil || !c.AsJSON {
		c.Last = rows
	}
	c.Claims, c.Without, c.errLine = rows.Claims, rows.Without, line-1
}

// checkParameter returns why a header cannot have the parameter, or nil.
func checkParameter(m auth.Member) error {
	if m.Name == "alg" {
		return advice.New("alg is the algorithm of the key", "choose another key instead")
	}
	_, err := settings.Unescaped(m)
	return err
}

// plainValues returns the parameters without the backslashes before {{, which were checked.
func plainValues(o auth.Object) auth.Object {
	out := slices.Clone(o)
	for i, m := range out {
		out[i], _ = settings.Unescaped(m)
	}
	return out
}

// Escaped returns parameters as they are typed.
func Escaped(o auth.Object) auth.Object {
	out := slices.Clone(o)
	for i := range out {
		out[i].Value = settings.EscapeValue(out[i].Value)
	}
	return out
}

// Toggle switches between rows and JSON, or says why it cannot.
func (c *Editor) Toggle() string {
	if c.Err != nil {
		return "fix the claims first, then switch"
	}
	if len(c.Without) > 0 {
		return "-" + c.Without[0] + " can only be written as a row"
	}
	if _, ok := claimRows(c.Claims); c.AsJSON && !ok {
		return "one of these names can only be written as JSON"
	}
	c.AsJSON = !c.AsJSON
	c.Fill(c.Claims, nil)
	return ""
}

// Fill replaces the claims, and shows JSON if it did before or if rows cannot hold
// them.
func (c *Editor) Fill(claims auth.Object, without []string) {
	rows, ok := claimRows(claims)
	c.AsJSON = len(without) == 0 && c.AsJSON || !ok
	for _, name := range without {
		if rows != "" {
			rows += "\n"
		}
		rows += "-" + name
	}
	switch {
	case !c.AsJSON:
		c.Text.Set(rows)
	case len(claims) == 0:
		c.Text.Set("")
	default:
		c.Text.Set(visible.JSON(claims.Indent()))
		c.Text.Go(widget.Place{Line: 1, Column: 1})
	}
	c.Check()
}

// Missing says what a preview has not of the text, because it is wrong, or is empty.
func (c *Editor) Missing() string {
	switch wrong := c.Last.Wrong; {
	case c.Err == nil:
		return ""
	case c.AsJSON:
		return "claims as before the error"
	case len(wrong) > 1:
		return "without " + strconv.Itoa(len(wrong)) + " rows"
	default:
		return "without row " + strconv.Itoa(wrong[0])
	}
}

// Note is the sentence below the rows.
func (c *Editor) Note() widget.Note {
	switch {
	case c.Err != nil:
		return frame.Fault(c.Err)
	case c.AsJSON:
		return widget.Note{Text: `a JSON object, such as {"role": "admin"}`}
	case c.header:
		return widget.Note{Text: RowHint}
	default:
		return widget.Note{Text: "name=text · name:=json · -name leaves it out"}
	}
}

// RowHint says in few words how a row is written.
const RowHint = "name=text · n:=json · -name"

// Summary returns the rows on one line, or how many claims the JSON has.
func (c *Editor) Summary() string {
	if c.AsJSON {
		return phrase.Count(len(c.Last.Claims), "claim", "claims") + " as JSON"
	}
	rows := strings.FieldsFunc(c.Text.Value(), func(r rune) bool { return r == '\n' })
	return strings.Join(rows, " · ")
}

// sign returns the sign before a row. It marks the line at fault, and one that goes on.
func (c *Editor) sign(t *widget.Theme) func(widget.AreaRow) string {
	return func(r widget.AreaRow) string {
		switch {
		case !r.Beyond && r.First && r.Line == c.errLine:
			return t.Bad.Render("✗ ")
		case !r.Beyond && !r.First:
			return t.Faint.Render("└ ")
		default:
			return ""
		}
	}
}

// Look returns how the rows are drawn in a rectangle.
func (c *Editor) Look(t *widget.Theme, r widget.Rect) widget.Look {
	l := widget.Look{Theme: t, Width: max(4, r.W), Height: max(1, r.H), Sign: c.sign(t), Margin: 2}
	if c.AsJSON {
		l.Color = func(line string) []widget.Part { return token.JSONParts(t, line) }
		l.Wrong = token.PlaceOf(c.Err)
	} else {
		l.Color = func(line string) []widget.Part { return rowParts(t, line) }
	}
	return l
}

// rowParts returns the parts of a row with their colours.
func rowParts(t *widget.Theme, line string) []widget.Part {
	name, value, found := strings.Cut(line, "=")
	if !found {
		style := &t.Name
		if strings.HasPrefix(strings.TrimSpace(line), "-") {
			style = &t.Warn
		}
		return []widget.Part{{Length: len(line), Style: style}}
	}
	bare, isJSON := strings.CutSuffix(name, ":")
	parts := []widget.Part{{Length: len(bare), Style: &t.Name}, {Length: len(name) - len(bare) + 1, Style: &t.Faint}}
	if isJSON {
		return append(parts, token.JSONParts(t, value)...)
	}
	for value != "" {
		from := strings.Index(value, "{{")
		if from < 0 {
			from = len(value)
		}
		length := len(value)
		if end := strings.Index(value[from:], "}}"); end >= 0 {
			length = from + end + 2
		}
		parts = append(parts, widget.Part{Length: from, Style: &t.Str}, widget.Part{Length: length - from, Style: &t.Number})
		value = value[length:]
	}
	return parts
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
