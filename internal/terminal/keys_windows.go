package terminal

import "os"

// Keys is a terminal that hands over every key at once and echoes none.
type Keys struct{}

// ByKey returns nil: the console of Windows drops nothing of a line.
func ByKey(_, _ *os.File) *Keys { return nil }

// Take has the terminal hand over keys again, and reports whether it does.
func (*Keys) Take() bool { return false }

// GiveBack puts the terminal into the state it was found in.
func (*Keys) GiveBack() {}
