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

// isEmpty reports whether the ledger has no row.
func (b book) isEmpty() bool {
	for _, err := range b.Rows(ledger.Query{}) {
		return err != nil
	}
	return true
}

// ledgerPath returns the path of the ledger that the settings choose, or nothing.
func ledgerPath(set settings.Ledger) string {
	return cmp.Or(set.File, settings.LedgerFile(os.LookupEnv))
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
	path := ledgerPath(set.Ledger)
	if path == "" {
		return book{}, misconfigured(advise("there is no folder for the ledger", "set HOME or XDG_STATE_HOME"))
	}
	return book{ledger.Open(path, p.Now), set.Ledger.Off}, nil
}
