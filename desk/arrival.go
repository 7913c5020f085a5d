package desk

import "path/filepath"

// Arrival says where a token came from. The zero value stands for one that was issued
// here.
type Arrival struct {
	// Pasted says that it was pasted. File is the file that it was read from, or empty.
	Pasted bool
	File   string
	// Ledger says that it was issued in an earlier run, and is known from the ledger.
	Ledger bool
}

// String returns "here", "pasted", "ledger" or the name of the file.
func (a Arrival) String() string {
	switch {
	case a.File != "":
		return filepath.Base(a.File)
	case a.Pasted:
		return "pasted"
	case a.Ledger:
		return "ledger"
	default:
		return "here"
	}
}
