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
		{"persona list", with()},
		{"persona empty", func(t *testing.T) *desktop { t.Helper(); return people(t, "") }},
		{"persona filter", typing("shop", "/")},
		{"persona issued", with("down", "enter")},
		{"persona disabled", with("end")},
		{"persona key missing", with("down", "down")},
		{"persona preview", with("down", "tab")},
		{"persona copy", with("m")},
		{"persona removed", with("end", "x")},
		{"persona new", with("n")},
		{"persona form", with("down", "e")},
		{"persona form choice", with("down", "e", "tab", "tab", "tab", "right")},
		{"persona form claims", typing("plan", "down", "e", "tab", "tab", "tab", "tab", "tab")},
		{"persona form wrong", typing("a b", "n")},
		{"persona form left", func(t *testing.T) *desktop {
			t.Helper()
			d := typing("x", "down", "e")(t)
			d.press("esc")
			return d
		}},
		{"persona YAML", with("down", "t")},
		{"persona YAML wrong", typing("x: 1", "down", "t")},
		{"persona conflict", func(t *testing.T) *desktop {
			t.Helper()
			d := people(t, team, "e")
			d.typed(".test")
			d.others("lifetime: 8h", "lifetime: 1h")
			d.press("enter")
			return d
		}},
	}
}
