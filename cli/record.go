package cli

import (
	"os"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// record makes the desks of the source record what they issue. The face is the name of what
// the user works with. The time of a row is that of the wall, also with --at: a row from another
// year would make the ledger look full.
func (p Program) record(from *desk.Source, face string) {
	from.Ledger, from.Face = ledger.Open(settings.LedgerFile(os.LookupEnv), p.wall), face
}

// warnUnrecorded says, once, that something could not be recorded.
func (p Program) warnUnrecorded(d *desk.Desk) {
	if err := desk.Unrecorded(d); err != nil {
		p.warn(explain.Unrecorded(err))
	}
}
