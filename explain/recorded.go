package explain

import "tokendesk/ledger"

// recorded says that a token is only what the ledger has kept of it.
func recorded(row *ledger.Row) []Line {
	lines := []Line{{Tone: Quiet, Text: "not signed, from the ledger"}}
	if row.Payload == nil {
		lines = append(lines, Line{Tone: Quiet, Text: Withheld(row)})
	}
	return lines
}

// Withheld says why the ledger has not kept the claims of a token.
func Withheld(row *ledger.Row) string {
	reason := map[ledger.Withheld]string{
		ledger.WithheldSetting:   ": LEDGER_CLAIMS is off",
		ledger.WithheldProtected: ": its profile is protected",
		ledger.WithheldSecret:    ": they may hold a secret or a token",
		ledger.WithheldSize:      ": they are too large",
	}[row.Withheld]
	return "its claims were not kept" + reason
}
