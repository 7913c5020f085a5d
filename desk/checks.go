package desk

import (
	"path/filepath"
	"time"

	"tokendesk/internal/visible"
)

// Expected returns the issuer and the audience that the settings have for tokens, as checks.
func Expected(d *Desk) Checks {
	return Checks{Issuer: d.settings.Issuer, Audience: d.settings.Audience}
}

// Names returns the claims that the checks compare: "iss and aud", one of them, or nothing.
func (w Checks) Names() string {
	switch {
	case w.Issuer != "" && len(w.Audience) > 0:
		return "iss and aud"
	case w.Issuer != "":
		return "iss"
	case len(w.Audience) > 0:
		return "aud"
	}
	return ""
}

// NothingExpected says why iss and aud cannot be checked, in a clause, or is empty.
func NothingExpected(d *Desk) string {
	if Expected(d).Names() != "" {
		return ""
	}
	return visible.Text(filepath.Base(d.settings.File)) + " sets neither ISSUER nor AUDIENCE"
}

// Check verifies the token again, with other requirements for its issuer and its audience.
// Without any they are not checked.
func (e *Entry) Check(want Checks, now time.Time) {
	e.verifier.Iss, e.verifier.Aud, e.checked = want.Issuer, want.Audience, want.Names()
	e.Verify(now)
}

// Checked returns the claims that [Entry.Check] has compared, as [Checks.Names] writes them.
func (e *Entry) Checked() string { return e.checked }
