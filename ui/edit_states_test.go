package ui

import "testing"

// editStates are those of the editor.
func editStates() []state {
	then := func(keys ...string) func(*testing.T) *desktop { return after(ada(keys...)) }
	return []state{
		{"edit", then("e")},
		{"edit error", after(func(d *desktop) {
			ada("e")(d)
			d.rewrite(`"sub": "ada@example.com",`, `"sub": "ada@example.com"`)
		})},
		{"edit discard", then("e", "x", "esc")},
	}
}
