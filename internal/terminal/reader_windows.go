package terminal

import (
	"os"
	"time"
)

// hasInput returns false: Bubble Tea reads the console itself.
func hasInput(*os.File) bool { return false }

// HasInputWithin returns false: the console of Windows returns whole lines.
func HasInputWithin(*os.File, time.Duration) bool { return false }

// HasNoReader returns false: Windows reports a missing reader only for a write.
func HasNoReader(*os.File) bool { return false }
