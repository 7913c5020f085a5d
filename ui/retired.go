package ui

import (
	"slices"

	"tokendesk/ui/frame"
)

// retiredKey is a key of the first edition that does nothing now.
type retiredKey struct{ key, now, text string }

// retiredKeys returns the keys of the first edition that do nothing now, each with the key
// that does the same.
func retiredKeys() []retiredKey {
	return []retiredKey{
		{"P", "f9", "f9 changes the profile, and ctrl+p finds everything"},
		{"K", "f8", "f8 shows the signing keys"},
		{"S", "f10", "f10 chooses another secret"},
		{"G", "end", "end goes to the last one, home to the first"},
		{"s", "f", "f shows all of it"},
		{"j", "down", "↓ goes down and ↑ up; k keeps the token alive"},
	}
}

// retired returns what to say about a key, which is that another does now what it did in the
// first edition, or nothing.
func retired(groups []frame.Group, name string) string {
	for _, old := range retiredKeys() {
		if name == old.key && !isEnabled(groups, name) && isEnabled(groups, old.now) {
			return old.text
		}
	}
	return ""
}

// isEnabled reports whether a key does something.
func isEnabled(groups []frame.Group, key string) bool {
	return slices.ContainsFunc(groups, func(g frame.Group) bool {
		return slices.ContainsFunc(g.Actions, func(a frame.Action) bool { return a.Enabled() && slices.Contains(a.Keys(), key) })
	})
}
