package explain

import (
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

// Segment is a segment of the compact serialization.
type Segment struct {
	Label string
	// Text is the segment, after the first with the dot before it.
	Text string
	// AtFault says that this segment has the fault of the token.
	AtFault bool
}

// segments returns the segments of the serialization: three for a signed token (RFC 7515
// section 3.1), five for an encrypted one (RFC 7516 section 3.1). Of anything else only
// the first segment is known.
func segments(t *auth.Token, f *fault.Fault) []Segment {
	var labels []string
	isCut := strings.Contains(t.Compact, "...") || strings.Count(t.Compact, "..") > 1 // a part was left out
	switch dots := strings.Count(t.Compact, "."); {
	case t.Compact == "":
		return nil
	case t.HeaderSegment == "" || dots == 0:
		labels = []string{"text"}
	case dots <= 2:
		labels = []string{"header", "payload", "signature"}
	case dots == 4 && !isCut:
		labels = []string{"header", "encrypted key", "initialization vector", "ciphertext", "authentication tag"}
	default:
		labels = []string{"header", "rest"}
	}
	parts := strings.SplitN(t.Compact, ".", len(labels))
	out := make([]Segment, len(labels))
	for i, label := range labels {
		out[i] = Segment{Label: label, AtFault: f != nil && f.Part == fault.Part(label)}
		switch {
		case i == 0:
			out[i].Text = parts[i]
		case i < len(parts):
			out[i].Text = "." + parts[i]
		}
	}
	return out
}

// atFault returns the members of that part that have the fault.
func atFault(f *fault.Fault, part fault.Part) []string {
	if f == nil || f.Part != part {
		return nil
	}
	return f.Members
}
