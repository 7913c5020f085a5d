package cli

import (
	"time"

	"tokendesk/auth/advice"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// ledger says where the ledger is, what it keeps, and whether it can be written.
func (d *diagnosis) ledger(p Program, set settings.Ledger) {
	const name = "ledger"
	if set.Off {
		d.ok(name, "it is off, so issued tokens are not recorded")
		return
	}
	path := ledgerPath(set)
	health := ledger.Open(path, p.Now).Health()
	keeps := "with the claims of tokens"
	if !set.Claims {
		keeps = "without the claims of tokens"
	}
	if health.Problem != nil {
		d.warn(name, explain.Line{Text: health.Problem.Error() + ", so issued tokens are not recorded", Do: advice.Of(health.Problem)})
		return
	}
	d.first(name,
		rule{health.Bytes == 0, checkOK, path + " will be created with the first token, " + keeps, ""},
		rule{true, checkOK, path + ": rows since " + phrase.Moment(health.First, time.UTC) + ", " + keeps, ""},
	)
}
