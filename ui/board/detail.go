package board

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// number is the number of a token, as the filter finds it.
func number(r desk.Row) string { return "#" + strconv.Itoa(r.Number) }

// hints says below the token what can be done with it and with those that are marked.
func (s *Screen) hints(c *frame.Ctx) []string {
	row := c.Board.SelectedRow()
	if row.Entry == nil || s.room.Second.H < 20 {
		return nil
	}
	t, width := c.Env.Theme, s.room.Inner(s.room.Second).W
	lines := []string{"", t.Faint.Render(widget.Fit(came(c, row), width))}
	if n := c.Board.Marks(); n > 0 {
		what := frame.Hint(t, "x", "removes them")
		if len(pair(c)) == 2 {
			what = frame.Hint(t, "=", "compares them here")
		}
		lines = append(lines, t.Faint.Render(strconv.Itoa(n)+" marked: ")+what)
	}
	switch {
	case row.Kept:
		lines = append(lines, t.Good.Render(aliveSign+" kept alive: ")+frame.Hint(t, "k", "lets it expire"))
	case notKept(c, row.Entry) == "":
		lines = append(lines, t.Faint.Render("alive   ")+frame.Hint(t, "k", "issues it again before expiry"))
	}
	return lines
}

// came says when and where a token came from.
func came(c *frame.Ctx, r desk.Row) string {
	text := number(r)
	if iat, ok := r.Token.Date("iat"); ok {
		if at, ok := iat.Time(); ok {
			text += ", issued " + phrase.MomentToday(at, c.Now, c.Env.Zone(c.Now))
		}
	}
	switch {
	case r.Arrival.File != "":
		text += ", from " + r.Arrival.String()
	case r.Arrival.Pasted:
		text += ", pasted"
	case r.Arrival.Ledger:
		text += ", from the ledger"
	default:
		text += " here"
	}
	return visible.Text(text)
}

// summary draws the selected token in six lines.
func (s *Screen) summary(c *frame.Ctx) []string {
	t, r, row := c.Env.Theme, s.room, c.Board.SelectedRow()
	if row.Entry == nil {
		return r.Pane(t, r.Second, t.Faint.Render("nothing is selected"), "", nil, false)
	}
	status := explain.StatusOf(&row.Result, c.Now)
	in := r.Inner(r.Second)
	left := status.Short
	if left != "" {
		left = " · " + left
	}
	sign := token.Sign(t, status) + t.Tone(status.Tone).Render(left)
	title := t.Strong.Render(widget.Clip(visible.Text(explain.Subject(row.Token)), max(8, in.W-widget.Width(sign)-6)))
	lines := []string{""}
	if status.HasBar {
		lines[0] = token.Left(t, status, in.W)
	}
	if failures := row.Result.Failures; len(failures) > 0 {
		lines = append(lines, t.Bad.Render(widget.Fit("✗ "+visible.Text(failures[0].Reason), in.W)))
	}
	lines = append(lines, pairs(c, row.Entry, in.W, in.H-1-len(lines))...)
	lines = widget.Fill(lines, in.W, in.H-1)
	id := ""
	if jti, ok := row.Token.Claims.String("jti"); ok {
		id = t.Name.Render("jti ") + t.Faint.Render(visible.Text(jti))
	}
	origin := came(c, row)
	if persona := row.Persona(); persona != "" {
		origin += ", with persona " + visible.Text(persona)
	}
	lines = append(lines, widget.Spread(t.Faint.Render(origin), widget.Clip(id, 24), in.W))
	return r.Pane(t, r.Second, title, sign, lines, false)
}

// pairs draws claims in that many lines, two in each, those of the user first.
func pairs(c *frame.Ctx, e *desk.Entry, width, height int) []string {
	t := c.Env.Theme
	var own, others []string
	half := (width - 2) / 2
	for _, m := range e.Token.Claims {
		name, value := visible.Text(m.Name), visible.Text(string(m.Value))
		style := t.Str
		switch m.Name {
		case "jti", "iat":
			continue
		case "exp", "nbf":
			value, style = clock(c, e.Token, m.Name), t.Number
		default:
			if !strings.HasPrefix(value, `"`) {
				style = t.Number
			}
		}
		text := t.Name.Render(widget.Fit(name, max(10, widget.Width(name)+1))) + style.Render(strings.Trim(value, `"`))
		if m.Name == "sub" || m.Name == "exp" {
			own = append(own, text)
			continue
		}
		others = append(others, text)
	}
	all := slices.Concat(own, others)
	var lines []string
	for i := 0; i < len(all) && len(lines) < height; i += 2 {
		second := ""
		if i+1 < len(all) {
			second = all[i+1]
		}
		lines = append(lines, widget.Fit(all[i], half)+"  "+widget.Fit(second, half))
	}
	if hidden := len(all) - 2*len(lines); hidden > 0 && len(lines) > 0 {
		last := len(lines) - 1
		lines[last] = widget.Spread(widget.Clip(lines[last], width-12), t.Faint.Render(fmt.Sprintf("%d more", hidden)), width)
	}
	return lines
}

// example is what an empty board shows that it will have.
var example = []struct{ sign, left, who, persona, label string }{
	{"●", "29m 41s", "ada@example.com", "admin", ""},
	{"●", "1h 2m", "carol@example.com", "customer", "cart 500"},
	{"✗", "2m ago", "mallory@example.com", "", "refused"},
}

// empty shows by an example what will be on the board, and the keys that fill it.
func (s *Screen) empty(c *frame.Ctx) []string {
	t, width := c.Env.Theme, s.rows.W
	lines := []string{"", t.Strong.Render("No tokens yet."), ""}
	for _, way := range []struct{ key, what string }{
		{"f2", "issue one: it is here at once"},
		{"f4", "read one, then b adds it"},
		{"o", "open a file of tokens"},
		{"paste", "whatever holds tokens adds them"},
	} {
		lines = append(lines, widget.Fit(t.HelpKey.Render(widget.Fit(way.key, 7))+t.HelpText.Render(way.what), width))
	}
	if s.room.Inner(s.room.First).H < len(lines)+len(example)+4 {
		return lines[1:]
	}
	lines = append(lines, "", t.Faint.Render("It will look like this:"), "",
		t.Faint.Render("     LEFT  FOR                  PERSONA    LABEL"))
	for _, e := range example {
		line := e.sign + right(e.left, 8) + "  " + widget.Fit(e.who, 21) + widget.Fit(e.persona, 11) + e.label
		lines = append(lines, widget.Fit(t.Faint.Render(line), width))
	}
	return lines
}
