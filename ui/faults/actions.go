package faults

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// Actions returns the keys of the open token, of the filter, or of the list.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	table := keys{s}
	switch {
	case s.detail.opened:
		all := table.probe()
		all[0] = frame.Named(all[0].Title, all[0].Not, all[0].Run) // its key is one of the token
		return append(s.detail.pane.Actions(c), frame.Group{Title: "Faults", Actions: all})
	case s.filter.Typing():
		return []frame.Group{table.filter(), {Title: "Faults", Actions: append(table.probe(), table.fault()...)}}
	}
	k, n := frame.DefaultKeys(), len(s.catalogue.listed)
	clearing := frame.On(frame.Described(k.Clear, "show all"), s.filter.Shown() || s.catalogue.holes, s.clear)
	all := []frame.Action{
		frame.Unless(frame.Described(k.Open, "open"), table.nothing(), s.open),
		clearing,
		frame.On(k.Filter, true, frame.Just(s.filter.Open)),
	}
	probe := table.probe()
	all = slices.Concat(all, probe[:2], table.fault(), probe[2:])
	return []frame.Group{{Title: "Faults", Actions: all}, {Title: "Move", Actions: table.moves(n)}}
}

// keys is the key table of a screen.
type keys struct{ s *Screen }

// moves returns the keys that move through that many rows.
func (k keys) moves(n int) []frame.Action {
	page := max(1, k.s.places.rows.H-1)
	d := frame.DefaultKeys()
	step := func(by int) func(*frame.Ctx) tea.Cmd {
		return func(c *frame.Ctx) tea.Cmd { return k.s.move(c, by) }
	}
	return frame.Hide(
		frame.On(d.Up, n > 0, step(-1)), frame.On(d.Down, n > 0, step(1)),
		frame.On(d.PageUp, n > 0, step(-page)), frame.On(d.PageDown, n > 0, step(page)),
		frame.On(d.Top, n > 0, step(-n)), frame.On(d.Bottom, n > 0, step(n)),
	)
}

// filter returns the keys while the filter has the cursor.
func (k keys) filter() frame.Group {
	d := frame.DefaultKeys()
	step := func(by int) func(*frame.Ctx) tea.Cmd {
		return func(c *frame.Ctx) tea.Cmd { return k.s.move(c, by) }
	}
	keep := frame.On(frame.Described(d.Choose, "keep it"), true, frame.Just(k.s.filter.Keep))
	clearing := frame.On(frame.Described(d.Clear, "clear it"), true, k.s.clear)
	moves := frame.Hide(frame.On(d.Up, true, step(-1)), frame.On(d.Down, true, step(1)))
	return frame.Group{Title: "Filter", Actions: append([]frame.Action{keep, clearing}, moves...)}
}

// clear lists all faults again.
func (s *Screen) clear(c *frame.Ctx) tea.Cmd {
	s.filter.Clear()
	s.catalogue.holes = false
	s.narrow()
	return s.follow(c)
}

// nothing says why nothing can be done with the selected fault, or nothing.
func (k keys) nothing() string {
	if k.s.catalogue.selected() == nil {
		return "no fault is selected"
	}
	return ""
}

// fault returns what can be done with the token of the selected fault.
func (k keys) fault() []frame.Action {
	not := k.nothing()
	return []frame.Action{
		frame.Unless(token.Keys().Copy, not, k.s.taken(copied)),
		frame.Unless(token.Keys().CopyAs, not, k.s.taken(token.CopyAs)),
		frame.Unless(token.Keys().Write, not, k.s.taken(written)),
	}
}

// probe returns what can be done about a probe.
func (k keys) probe() []frame.Action {
	p := &k.s.probing
	running, idle, again := "", "no probe is running", k.nothing()
	if p.running() {
		running, idle = "a probe is running, x stops it", ""
	}
	switch {
	case again != "":
	case running != "":
		again = running
	case p.target.URL == "":
		again = "no API was probed yet, p does it"
	default:
		again = k.s.catalogue.impossible[k.s.catalogue.selected().Name]
	}
	holes, report := "", ""
	if p.count(&k.s.catalogue).holes() == 0 && !k.s.catalogue.holes {
		holes = "no probe has found a hole"
	}
	if p.report == nil {
		report = "no probe of all faults has ended yet"
	}
	only := frame.Bind("h", "only holes", "h")
	if k.s.catalogue.holes {
		only = frame.Described(only, "all faults")
	}
	return []frame.Action{
		frame.Titled("Probe an API with all faults", frame.Unless(frame.Bind("p", "probe an API", "p"), running, k.s.askTarget)),
		frame.Titled("Stop the probe", frame.Unless(frame.Bind("x", "stop", "x"), idle, frame.Just(p.stop))),
		frame.Titled("Try the selected fault again", frame.Unless(frame.Bind("r", "try again", "r"), again, k.s.tryAgain)),
		frame.Titled("List only the holes", frame.Unless(only, holes, k.s.toggleHoles)),
		frame.Titled("Save the report of the probe", frame.Unless(frame.Bind("s", "save report", "s"), report, p.save)),
	}
}

// toggleHoles lists only the holes, or all again.
func (s *Screen) toggleHoles(c *frame.Ctx) tea.Cmd {
	s.catalogue.holes = !s.catalogue.holes
	s.narrow()
	return s.follow(c)
}
