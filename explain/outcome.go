package explain

import (
	"slices"
	"strconv"
	"strings"

	"tokendesk/internal/phrase"
	"tokendesk/probe"
)

// Outcome says how an API answered a fault that it was probed with: "refused 401". A ~ is
// behind what was accepted and depends on the API.
func Outcome(r probe.Result) Line {
	line := Line{Tone: Warn, Text: r.Outcome.String()}
	depends := ""
	switch {
	case r.Outcome == probe.NotMade:
		line.Tone = Quiet
	case r.Right:
		line.Tone = Good
	case r.Kind() == probe.KindPolicy:
		depends = " ~"
	case r.Outcome == probe.Accepted:
		line.Tone = Bad
	case r.Outcome == probe.Limited:
		line.Do = "send fewer requests per second (--rate)"
	}
	if r.Status != 0 {
		line.Text += " " + strconv.Itoa(r.Status)
	}
	line.Text += depends
	return line
}

// Answer says how an API answered a fault, with the name of the status and the start of the
// text that came with it: "refused 401 Unauthorized: invalid token".
func Answer(r probe.Result) Line {
	line := Outcome(r)
	if name := r.StatusName(); name != "" {
		line.Text += " " + name
	}
	body := phrase.Excerpt(strings.Join(strings.Fields(r.Body), " "))
	if more := slices.DeleteFunc([]string{r.Detail, body}, func(part string) bool { return part == "" }); len(more) > 0 {
		line.Text += ": " + strings.Join(more, ", ")
	}
	return line
}
