package desk

import "tokendesk/ledger"

// Ledger returns the ledger in which the Desk records what it issues, or nil if it records
// nothing.
func (d *Desk) Ledger() *ledger.Ledger { return d.from.Ledger }
