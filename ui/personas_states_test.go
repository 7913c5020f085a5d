package ui

import "testing"

// personasStates are those of the personas: the list, the preview, the form and the YAML.
func personasStates() []state {
	with := func(keys ...string) func(*testing.T) *desktop {
		return func(t *testing.T) *desktop {
			t.Helper()
			return people(t, team, keys...)
		}
	}
	typing := func(text string, keys ...string) func(*testing.T) *desktop {
		return func(t *testing.T) *desktop {
			t.Helper()
			d := people(t, team, keys...)
			d.typed(text)
			return d
		}
	}
	return []state{
		{"personas", with()},
		{"personas empty", func(t *testing.T) *desktop { t.Helper(); return people(t, "") }},
		{"personas filter", typing("shop", "/")},
		{"personas issued", with("down", "enter")},
		{"personas disabled", with("end")},
		{"personas key missing", with("down", "down")},
		{"personas preview", with("down", "tab")},
		{"personas copy", with("m")},
		{"personas removed", with("end", "x")},
		{"personas new", with("n")},
		{"personas form", with("down", "e")},
		{"personas form choice", with("down", "e", "tab", "tab", "tab", "right")},
		{"personas form claims", typing("plan", "down", "e", "tab", "tab", "tab", "tab", "tab")},
		{"personas form wrong", typing("a b", "n")},
		{"personas form left", typing("x", "down", "e", "esc")},
		{"personas YAML", with("down", "t")},
		{"personas YAML wrong", typing("x: 1", "down", "t")},
		{"personas conflict", func(t *testing.T) *desktop {
			t.Helper()
			d := people(t, team, "e")
			d.typed(".test")
			d.others("lifetime: 8h", "lifetime: 1h")
			d.press("enter")
			return d
		}},
	}
}
