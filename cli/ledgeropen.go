package cli

import (
	"cmp"
	"os"

	"tokendesk/explain"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// ledgerFileName is the setting that names another ledger.
const ledgerFileName = "LEDGER_FILE"

// book is the ledger that the settings choose.
type book struct {
	*ledger.Ledger

	off bool // nothing is recorded in it now
}

// openLedger returns the ledger that the settings choose, also if they turn it off. It needs no key.
func openLedger(p Program, f *deskFlags) (book, error) {
	o, err := f.options()
	if err != nil {
		return book{}, err
	}
	o.IgnoreKey = true
	set, err := settings.Load(o)
	if err != nil {
		return book{}, misconfigured(err)
	}
	for _, w := range set.Warnings {
		if w.Name == ledgerFileName {
			p.warn(explain.Warning(w))
		}
	}
	path := cmp.Or(set.Ledger.File, settings.LedgerFile(os.LookupEnv))
	if path == "" {
		return book{}, misconfigured(advise("there is no folder for the ledger", "set HOME or XDG_STATE_HOME"))
	}
	return book{ledger.Open(path, p.Now), set.Ledger.Off}, nil
}
