package desk

import (
	"time"

	"tokendesk/settings"
)

// latestWithin is how long the ledger is searched for the tokens of personas.
const latestWithin = 300 * time.Millisecond

// LatestOf returns when tokens of the personas were issued last with the settings of the Desk,
// by the names of the personas, as far as the ledger knows. It reads the ledger for less than
// half a second.
func LatestOf(d *Desk, personas []*settings.Persona) map[string]time.Time {
	from, file := LedgerOf(d), settingsPath(d)
	if from == nil || file == "" || len(personas) == 0 {
		return nil
	}
	names := make([]string, len(personas))
	for i, p := range personas {
		names[i] = p.Name
	}
	return from.Latest(file, names, latestWithin)
}
