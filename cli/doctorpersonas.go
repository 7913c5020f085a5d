package cli

import (
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/settings"
)

// personas checks the personas file, if there is one: that it can be read, and that it has no
// secret.
func (d *diagnosis) personas(set *settings.Settings) {
	const name = "personas"
	if set.PersonasFile == "" || !isFile(set.PersonasFile) && !set.PersonasGiven {
		return
	}
	personas, err := set.Personas()
	for _, line := range explain.Lines(err) {
		d.fail(name, line)
	}
	warnings := settings.PersonaWarnings(set)
	for _, w := range warnings {
		d.warn(name, explain.Warning(w))
	}
	if err == nil && len(warnings) == 0 {
		d.ok(name, set.PersonasFile+": "+phrase.Count(len(personas), "persona", "personas")+", and no secret in it")
	}
}
