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
	// Raw is the value exactly as it stands in the token.
	Raw json.RawMessage
	// Text is the value as people read it: text without its quotes where nobody
	// could take it for anything else, other values as JSON on one line, with every
	// digit.
	Text string
	// About says what the member is, in a few words, or is empty. Of a claim that
	// holds a date it is the label before the moment, such as "expires".
	About string
	// Date is the moment, exactly, or nil when the member holds none.
	Date *auth.NumericDate
	// AtFault says that the fault of the token is in this member.
	AtFault bool

	notDate bool // it should hold a date
}

// members explains an object in its order.
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

// Moment returns the date, or why there is none. It is empty for a member that
// is no date.
func (m Member) Moment(c Clock) string {
	switch {
	case m.notDate:
		return "not a number, so not a date"
	case m.Date == nil:
		return ""
	}
	return c.date(*m.Date)
}

// Distance says how far the date is from now, or is empty for a member that holds
// none.
func (m Member) Distance(now time.Time) string {
	if m.Date == nil {
		return ""
	}
	if _, ok := m.Date.Time(); !ok {
		return ""
	}
	return Distance(*m.Date, now)
}

// Note returns all there is to say about the member: "expires 14:35:12 UTC, in
// 29m 41s".
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

// date is Moment for a date of a token, which may lie anywhere.
func (c Clock) date(d auth.NumericDate) string {
	if t, ok := d.Time(); ok {
		return c.Moment(t)
	}
	if d.Seconds < 0 {
		return "before the year 1"
	}
	return "after the year 9999"
}

// readable returns a value as people read it.
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

// ambiguous reports whether a text without its quotes could be taken for another
// text or for another kind of value.
func ambiguous(text string) bool {
	return text == "" || strings.TrimSpace(text) != text || strings.IndexByte(`"{[`, text[0]) >= 0 || json.Valid([]byte(text))
}
