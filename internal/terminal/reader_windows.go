package terminal

import "os"

// HasNoReader returns false: Windows reports a missing reader only for a write.
func HasNoReader(*os.File) bool { return false }
