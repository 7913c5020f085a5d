package cli

import (
	"os"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// record makes the desks of the source record what they issue. The face is the name of what
// the user works with.
func (p Program) record(from *desk.Source, face string) {
	from.Ledger, from.Face = ledger.Open(settings.LedgerFile(os.LookupEnv), p.Now), face
}

// warnUnrecorded says, once, that something could not be recorded.
func (p Program) warnUnrecorded(d *desk.Desk) {
	if err := desk.Unrecorded(d); err != nil {
		p.warn(explain.Unrecorded(err))
	}
}
