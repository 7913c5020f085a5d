package frame

import "tokendesk/ledger"

// Remembering is a screen that knows something worth keeping from one run to the next.
type Remembering interface {
	// Changes counts what has changed about it.
	Changes() int
	// Remember writes what the screen knows into a state.
	Remember(to *ledger.State)
	// Restore takes what it knew in an earlier run.
	Restore(c *Ctx, from *ledger.State)
}
