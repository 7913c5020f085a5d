package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
)

// page is the description of a token, line by line, ready to print.
type page struct {
	style style
	now   time.Time // its location is the one times are shown in
	lines []string
}

// add adds a line of ours. Text of others goes through line or object.
func (g *page) add(text string) { g.lines = append(g.lines, strings.TrimRight(text, " ")) }

// line adds a titled line that may quote the token.
func (g *page) line(title, text string) {
	g.add(g.style.faint(pad(title, titleWidth)) + visible.Text(text))
}

const titleWidth = 12

// object adds the members in the order in which they are in the token.
func (g *page) object(title string, o auth.Object, note func(auth.Member) string) {
	if o == nil {
		return
	}
	g.add(g.style.faint(title))
	names := 0
	for _, m := range o {
		names = max(names, min(20, utf8.RuneCountInString(visible.Text(m.Name))))
	}
	for _, m := range o {
		text := "  " + g.style.strong(pad(visible.Text(m.Name), names)) + "  " + visible.Text(compactJSON(m.Value))
		if about := note(m); about != "" {
			text += "  " + g.style.faint(visible.Text(about))
		}
		g.add(text)
	}
	if len(o) == 0 {
		g.add("  empty")
	}
}

// findings adds what is odd about the token.
func (g *page) findings(findings []auth.Finding) {
	for _, f := range findings {
		var sign func(string) string
		switch f.Severity {
		case auth.SeverityDanger:
			sign = g.style.bad
		case auth.SeverityWarning:
			sign = g.style.warn
		default:
			sign = g.style.faint
		}
		g.add(sign(pad(f.Severity.String(), titleWidth)) + sentence(f.Text, f.Source))
	}
}

func headerNote(m auth.Member) string {
	if m.Name == "alg" {
		name, _ := auth.Object{m}.String("alg")
		if description := auth.Algorithm(name).Description(); description != "" {
			return description
		}
	}
	return explain.ParameterMeaning(m.Name)
}

// claimNote says what a claim is for, and of a date which moment it is.
func (g *page) claimNote(m auth.Member) string {
	about := explain.ClaimMeaning(m.Name)
	if !auth.IsDate(m.Name) {
		return about
	}
	if m.Name == "nbf" {
		about = "good from"
	}
	date, ok := auth.ParseNumericDate(m.Value)
	if !ok {
		return about + ": not a number, so not a date"
	}
	moment, ok := date.Time()
	if !ok {
		return about + ": outside of years 1 to 9999"
	}
	if m.Name == "exp" && date.Sub(g.now) <= 0 {
		about = "expired"
	}
	return about + " " + phrase.Moment(moment, g.now.Location()) + ", " + phrase.Distance(date.Sub(g.now), "now")
}

// compactJSON returns a value on one line, as it was written but for white space.
func compactJSON(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return string(raw)
	}
	return b.String()
}

// sentence is a text that may quote a token, with the RFC behind it.
func sentence(text, source string) string {
	if source != "" {
		text += " (" + source + ")"
	}
	return visible.Text(text)
}

// advise puts what to do behind what is wrong.
func advise(reason, advice string) string {
	if advice == "" {
		return reason
	}
	return reason + "; " + advice
}

func pad(text string, width int) string {
	if n := utf8.RuneCountInString(text); n < width {
		return text + strings.Repeat(" ", width-n)
	}
	return text
}
