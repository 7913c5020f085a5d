package input

import "time"

// at is the moment of most tests.
func at() time.Time { return time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC) }
