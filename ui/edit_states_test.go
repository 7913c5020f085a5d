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
		{"edit foreign", after(func(d *desktop) {
			d.read(handmade(d.t, `{"alg":"RS256","typ":"JWT"}`, goodClaims("ada")))
			d.press("e")
		})},
		{"edit discard", then("e", "x", "esc")},
		{"protect edit", after(func(d *desktop) {
			d.read(handmade(d.t, plainHeader, goodClaims("ada@example.com")))
			d.press("e")
		}, in("production", "staging"))},
	}
}
