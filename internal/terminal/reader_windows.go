package terminal

import "os"

// hasInput returns false: Bubble Tea reads the console itself.
func hasInput(*os.File) bool { return false }

// HasNoReader returns false: Windows reports a missing reader only for a write.
func HasNoReader(*os.File) bool { return false }
