package issue

import (
	"slices"
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

// claimsEditor holds the claims of the form, as rows (name=value, name:=json, -name) or as
// one JSON object. Switching between the two converts the claims. It also holds the
// parameters of the header, which are always rows.
type claimsEditor struct {
	text    widget.Area
	asJSON  bool
	header  bool // the rows are header parameters
	claims  auth.Object
	without []string // the names that are left out
	err     error
	errLine int        // from 0; -1 when no line is at fault
	last    input.Rows // what was right last
}

const maxClaims = 64 << 10 // characters

func newClaimsEditor() claimsEditor {
	c := claimsEditor{text: widget.NewArea("such as role=admin", maxClaims)}
	c.check()
	return c
}

func newHeaderEditor() claimsEditor {
	c := claimsEditor{text: widget.NewArea("such as typ=at+jwt", maxClaims), header: true}
	c.check()
	return c
}

// check parses the text.
func (c *claimsEditor) check() {
	var line int
	var rows input.Rows
	switch {
	case c.header:
		if rows, line, c.err = input.ParseRows(c.text.Value(), checkParameter); c.err == nil {
			rows.Claims = plainValues(rows.Claims)
		}
	case c.asJSON:
		rows.Claims, line, c.err = input.ParseClaims(c.text.Value(), settings.CheckFormClaim)
	default:
		rows, line, c.err = input.ParseRows(c.text.Value(), settings.CheckFormClaim)
	}
	if c.err == nil {
		c.last = rows
	}
	c.claims, c.without, c.errLine = rows.Claims, rows.Without, line-1
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

// escaped returns parameters as they are typed.
func escaped(o auth.Object) auth.Object {
	out := slices.Clone(o)
	for i := range out {
		out[i].Value = settings.EscapeValue(out[i].Value)
	}
	return out
}

// toggle switches between rows and JSON, or says why it cannot.
func (c *claimsEditor) toggle() string {
	if c.err != nil {
		return "fix the claims first, then switch"
	}
	if len(c.without) > 0 {
		return "-" + c.without[0] + " can only be written as a row"
	}
	if _, ok := claimRows(c.claims); c.asJSON && !ok {
		return "one of these names can only be written as JSON"
	}
	c.asJSON = !c.asJSON
	c.fill(c.claims, nil)
	return ""
}

// fill replaces the claims, and shows JSON if it did before or if rows cannot hold
// them.
func (c *claimsEditor) fill(claims auth.Object, without []string) {
	rows, ok := claimRows(claims)
	c.asJSON = len(without) == 0 && c.asJSON || !ok
	for _, name := range without {
		if rows != "" {
			rows += "\n"
		}
		rows += "-" + name
	}
	switch {
	case !c.asJSON:
		c.text.Set(rows)
	case len(claims) == 0:
		c.text.Set("")
	default:
		c.text.Set(visible.JSON(claims.Indent()))
		c.text.Home()
	}
	c.check()
}

// note is the sentence below the rows.
func (c *claimsEditor) note() widget.Note {
	switch {
	case c.err != nil:
		return frame.Fault(c.err)
	case c.asJSON:
		return widget.Note{Text: `a JSON object, such as {"role": "admin"}`}
	case c.header:
		return widget.Note{Text: rowHint}
	default:
		return widget.Note{Text: "name=text · name:=json · -name leaves it out"}
	}
}

const rowHint = "name=text · n:=json · -name"

// summary returns the rows on one line, or how many claims the JSON has.
func (c *claimsEditor) summary() string {
	if c.asJSON {
		return phrase.Count(len(c.last.Claims), "claim", "claims") + " as JSON"
	}
	rows := strings.FieldsFunc(c.text.Value(), func(r rune) bool { return r == '\n' })
	return strings.Join(rows, " · ")
}

// sign returns the sign before a row. It marks the line at fault, and one that goes on.
func (c *claimsEditor) sign(t *widget.Theme) func(widget.AreaRow) string {
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

// look returns how the rows are drawn in a rectangle.
func (c *claimsEditor) look(t *widget.Theme, r widget.Rect) widget.Look {
	l := widget.Look{Theme: t, Width: max(4, r.W), Height: max(1, r.H), Sign: c.sign(t), Margin: 2}
	if c.asJSON {
		l.Color = func(line string) []widget.Part { return token.JSONParts(t, line) }
		l.Wrong = token.PlaceOf(c.err)
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
