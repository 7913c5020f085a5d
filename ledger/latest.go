package ledger

import "time"

// Latest returns when tokens of the personas with those names were issued last, with the
// settings in a file. Those that the ledger does not know are not among them, nor those that
// are not found in that time.
func (l *Ledger) Latest(settings string, personas []string, within time.Duration) map[string]time.Time {
	missing := make(map[string]bool, len(personas))
	for _, name := range personas {
		missing[name] = true
	}
	latest := map[string]time.Time{}
	end := time.Now().Add(within)
	late := func() bool { return time.Now().After(end) }
	if len(missing) == 0 {
		return latest
	}
	for row, err := range l.Rows(Query{Events: []Event{Issued, Batch}, Settings: settings, HasPersona: true, Ended: late}) {
		if err == nil && missing[row.Persona] {
			latest[row.Persona] = row.When
			delete(missing, row.Persona)
		}
		if len(missing) == 0 || late() {
			break
		}
	}
	return latest
}
