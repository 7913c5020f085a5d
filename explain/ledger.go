package explain

import (
	"errors"

	"tokendesk/auth/advice"
	"tokendesk/ledger"
)

// Unrecorded says why the ledger has no record of what was issued, or what was wrong with the
// ledger.
func Unrecorded(err error) Line {
	line := Line{Tone: Warn, Text: err.Error(), Do: advice.Of(err)}
	if _, torn := errors.AsType[*ledger.Torn](err); !torn {
		line.Text = "the token was issued but not recorded in the ledger: " + line.Text
	}
	return line
}
