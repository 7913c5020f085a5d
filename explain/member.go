package explain

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// Member is a header parameter or a claim.
type Member struct {
	Name string
	// Raw is the exact value in the token.
	Raw json.RawMessage
	// Text is the value for people: text without quotes if it cannot be mistaken for
	// anything else, other values as JSON on one line, with every digit.
	Text string
	// About says in a few words what the member is, or is empty. For a claim that holds
	// a date it is the label of the moment, such as "expires".
	About string
	// Date is the exact moment, or nil if the member holds none.
	Date *auth.NumericDate
	// AtFault says that this member has the fault of the token.
	AtFault bool
	// From says where the member comes from, such as "from the form", or is empty.
	From string

	notDate bool // it should hold a date
}

// DateNotes says what the date in a claim means, or why it is none, in sentences of which
// each is shorter: "expires 14:35:12 UTC, in 30m", "14:35:12 UTC, in 30m", "in 30m". There
// is none for a claim that holds no date.
func DateNotes(m auth.Member, c Clock) []string {
	if !auth.IsDate(m.Name) {
		return nil
	}
	out := claim(m)
	out.Name = m.Name
	notes, distance := []string{out.Note(c)}, out.Distance(c.Now)
	if out.notDate {
		return append(notes, "not a date")
	}
	if distance != "" {
		notes = append(notes, out.Moment(c)+", "+distance, distance)
	}
	return notes
}

// members explains the members of an object, in their order.
func members(o auth.Object, explain func(auth.Member) Member, atFault []string) []Member {
	out := make([]Member, len(o))
	for i, m := range o {
		out[i] = explain(m)
		out[i].Name, out[i].Raw, out[i].Text = m.Name, m.Value, readable(m.Value)
		out[i].AtFault = slices.Contains(atFault, m.Name)
	}
	return out
}

func parameter(m auth.Member) Member {
	if m.Name == "alg" {
		name, _ := auth.Object{m}.String("alg")
		if description := auth.Algorithm(name).Description(); description != "" {
			return Member{About: description}
		}
	}
	return Member{About: Parameter(m.Name)}
}

func claim(m auth.Member) Member {
	out := Member{About: Claim(m.Name)}
	if !auth.IsDate(m.Name) {
		return out
	}
	if date, ok := auth.ParseNumericDate(m.Value); ok {
		out.Date = &date
	}
	out.notDate = out.Date == nil
	return out
}

// Label is About at an instant: a token that "expires" has "expired" afterwards.
func (m Member) Label(now time.Time) string {
	if m.Name == "exp" && m.Date != nil && m.Date.Sub(now) <= 0 {
		return "expired"
	}
	return m.About
}

// Moment returns the date, or why it cannot be read. It is empty for a member that is
// not a date.
func (m Member) Moment(c Clock) string {
	switch {
	case m.notDate:
		return "not a number, so not a date"
	case m.Date == nil:
		return ""
	}
	return c.date(*m.Date)
}

// When says what the date means now: "expires in 29m 41s", "issued 19s ago". It is empty
// for a member without a date.
func (m Member) When(now time.Time) string {
	distance := m.Distance(now)
	switch {
	case distance == "":
		return ""
	case m.Name == "nbf" && m.Date.Sub(now) > 0:
		return "valid " + distance
	case m.Name == "nbf":
		return "valid since " + distance
	default:
		return m.Label(now) + " " + distance
	}
}

// Distance says how far the date is from now. It is empty for a member without a date.
func (m Member) Distance(now time.Time) string {
	if m.Date == nil {
		return ""
	}
	if _, ok := m.Date.Time(); !ok {
		return ""
	}
	return Distance(*m.Date, now)
}

// Note returns everything about the member on one line: "expires 14:35:12 UTC, in 29m
// 41s".
func (m Member) Note(c Clock) string {
	note, moment := m.Label(c.Now), m.Moment(c)
	switch {
	case moment == "":
		return note
	case m.notDate:
		return note + ": " + moment
	}
	note += " " + moment
	if distance := m.Distance(c.Now); distance != "" {
		note += ", " + distance
	}
	return note
}

// date is Moment for a date of a token, which may be in any year.
func (c Clock) date(d auth.NumericDate) string {
	if t, ok := d.Time(); ok {
		return c.Moment(t)
	}
	if d.Seconds < 0 {
		return "before the year 1"
	}
	return "after the year 9999"
}

// readable returns a value for people.
func readable(raw json.RawMessage) string {
	text, ok := jsontext.Unquote(raw)
	switch {
	case !ok:
		return jsontext.Plain(raw)
	case ambiguous(text):
		return string(jsontext.Quote(text))
	default:
		return text
	}
}

// ambiguous reports whether a text without quotes could be mistaken for another text or
// another kind of value.
func ambiguous(text string) bool {
	return text == "" || strings.TrimSpace(text) != text || strings.IndexByte(`"{[`, text[0]) >= 0 || json.Valid([]byte(text))
}
