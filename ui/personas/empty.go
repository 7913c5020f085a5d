package personas

import (
	"slices"

	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// example is what an empty screen shows that it will have.
var example = []struct{ name, subject, roles, live string }{
	{"customer", "carla@shop.example", "customer", "3"},
	{"support", "sam@shop.example", "support, orders:read", "1"},
	{"locked-user", "lou@shop.example", "customer", "disabled"},
}

// empty shows by an example what will be on the screen, and the keys that fill it.
func (p painter) empty() []string {
	t, width := p.t, p.s.places.list.W
	path := settings.DefaultPersonas
	if p.s.people.file != nil {
		path = fileName(p.s.people.file)
	}
	lines := []string{"", t.Strong.Render("No personas yet."), ""}
	lines = append(lines, t.Sentence(widget.Note{
		Text: "A persona is a test user: a name for a subject, its claims and its lifetime, in a file that your team shares.",
	}, min(width, 76), 0)...)
	lines = append(lines, "")
	for _, way := range []struct{ key, what string }{
		{"n", "make the first one: it is written to " + path},
		{"f2", "then ctrl+r saves the form as a persona"},
	} {
		lines = append(lines, widget.Fit(t.HelpKey.Render(widget.Fit(way.key, 7))+t.HelpText.Render(way.what), width))
	}
	if p.s.places.list.H < len(lines)+len(example)+4 {
		return lines[1:]
	}
	lines = append(lines, "", t.Faint.Render("It will look like this:"), "",
		t.Faint.Render("  NAME         SUBJECT             ROLES                 ACTIVE"))
	for _, e := range example {
		line := "○ " + widget.Fit(e.name, 13) + widget.Fit(e.subject, 20) + widget.Fit(e.roles, 22) + e.live
		lines = append(lines, widget.Fit(t.Faint.Render(line), width))
	}
	return lines
}

// wrong says what is wrong with the file, and how to put that right.
func (p painter) wrong() []string {
	t, width := p.t, p.s.places.list.W
	return slices.Concat([]string{"", t.Strong.Render("The personas cannot be read."), ""}, frame.Problems(t, p.s.people.err, width))
}
