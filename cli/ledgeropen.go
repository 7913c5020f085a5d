package cli

import (
	"os"
	"path/filepath"

	"tokendesk/ledger"
)

// ledger returns the ledger that the settings choose. It needs no key.
func (f *deskFlags) ledger(p Program) (*ledger.Ledger, error) {
	return ledger.Open(filepath.Join(os.Getenv("XDG_STATE_HOME"), "tokendesk", "ledger.jsonl"), p.Now), nil
}
