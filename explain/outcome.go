package explain

import (
	"strconv"

	"tokendesk/probe"
)

// Outcome says how an API answered a fault that it was probed with: "refused 401".
func Outcome(r probe.Result) Line {
	line := Line{Tone: Warn, Text: r.Outcome.String()}
	switch {
	case r.Outcome == probe.NotMade:
		line.Tone = Quiet
	case r.Right:
		line.Tone = Good
	case r.Outcome == probe.Accepted:
		line.Tone = Bad
	case r.Outcome == probe.Limited:
		line.Do = "send fewer requests per second (--rate)"
	}
	if r.Status != 0 {
		line.Text += " " + strconv.Itoa(r.Status)
	}
	return line
}
