package explain

import (
	"time"

	"tokendesk/auth"
	"tokendesk/internal/phrase"
)

// Subject returns the subject of a token, or says that it has none.
func Subject(t *auth.Token) string {
	if subject := t.Subject(); subject != "" {
		return subject
	}
	return "(no subject)"
}

// Expired says that these tokens have just expired.
func Expired(tokens []*auth.Token) Line {
	return Line{Tone: Bad, Text: those(tokens) + " expired"}
}

// Expiring says that these tokens expire when that much time has passed.
func Expiring(tokens []*auth.Token, left time.Duration) Line {
	verb := " expire in "
	if len(tokens) == 1 {
		verb = " expires in "
	}
	return Line{Tone: Warn, Text: those(tokens) + verb + phrase.Left(left)}
}

// those names one token by its subject and counts several.
func those(tokens []*auth.Token) string {
	switch {
	case len(tokens) != 1:
		return phrase.Count(len(tokens), "token", "tokens") + " on the board"
	case tokens[0].Subject() == "":
		return "a token without a subject"
	default:
		return "the token for " + tokens[0].Subject()
	}
}
