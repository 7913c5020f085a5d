package ui

import (
	"slices"

	"tokendesk/ui/frame"
)

// retiredKey is a key of the first edition that does nothing now. The text says which key does
// it, where another key does something.
type retiredKey struct{ key, where, text string }

// retiredKeys returns the keys of the first edition that do nothing now.
func retiredKeys() []retiredKey {
	return []retiredKey{
		{"P", "f9", "f9 changes the profile, and ctrl+p finds everything"},
		{"K", "f8", "f8 shows the signing keys"},
		{"S", "f10", "f10 chooses another secret"},
		{"G", "end", "end goes to the last one, home to the first"},
		{"s", "v", "f unfolds what the cursor is on, such as the whole token"},
		{"j", "down", "↓ goes down and ↑ up; k keeps the token alive"},
	}
}

// retired returns what to say about a key, which is that another does now what it did in the
// first edition, or nothing.
func retired(groups []frame.Group, name string) string {
	for _, old := range retiredKeys() {
		if name == old.key && !isBound(groups, name) && isEnabled(groups, old.where) {
			return old.text
		}
	}
	return ""
}

// isBound reports whether there is an action with that key.
func isBound(groups []frame.Group, key string) bool {
	return has(groups, func(a frame.Action) bool { return slices.Contains(a.Keys(), key) })
}

// isEnabled reports whether a key does something.
func isEnabled(groups []frame.Group, key string) bool {
	return has(groups, func(a frame.Action) bool { return a.Enabled() && slices.Contains(a.Keys(), key) })
}

func has(groups []frame.Group, is func(frame.Action) bool) bool {
	return slices.ContainsFunc(groups, func(g frame.Group) bool { return slices.ContainsFunc(g.Actions, is) })
}
