package faults

import (
	"slices"

	"tokendesk/auth/fault"
	"tokendesk/explain"
	"tokendesk/probe"
	"tokendesk/ui/widget"
)

// catalogue holds the faults, and those that are listed.
type catalogue struct {
	all        []fault.Fault
	listed     []fault.Fault     // those that the filter finds
	holes      bool              // only those that no correct API accepts and this one did
	impossible map[string]string // why a fault cannot be made
	subject    string            // of the tokens
	rows       widget.List
}

// find finds out which faults cannot be made for a subject.
func (l *catalogue) find(why func(fault.Fault) string, subject string) {
	l.subject, l.impossible = subject, map[string]string{}
	for _, f := range l.all {
		if reason := why(f); reason != "" {
			l.impossible[f.Name] = reason
		}
	}
}

// possible returns how many faults can be made.
func (l *catalogue) possible() int { return len(l.all) - len(l.impossible) }

// selected returns the selected fault, or nil.
func (l *catalogue) selected() *fault.Fault {
	if at := l.rows.Cursor(); at < len(l.listed) {
		return &l.listed[at]
	}
	return nil
}

// layout settles which faults are visible in that many lines. Each group has its name
// before it.
func (l *catalogue) layout(lines int) {
	var heads []int
	for i, f := range l.listed {
		if i == 0 || f.Group != l.listed[i-1].Group {
			heads = append(heads, i)
		}
	}
	l.rows.Layout(len(l.listed), lines, heads...)
}

// names returns the width of the column of names.
func (l *catalogue) names(width int) int {
	names := 0
	for _, f := range l.all {
		names = max(names, len(f.Name))
	}
	return min(names, max(12, width/2-4))
}

// narrow lists the faults that the filter finds, also by their outcomes. The selected
// one stays selected as long as it is listed.
func (s *Screen) narrow() {
	l, selected := &s.catalogue, ""
	if f := l.selected(); f != nil {
		selected = f.Name
	}
	l.listed = explain.Search(l.all, s.filter.Text(), func(f fault.Fault) string { return s.probing.outcome(f.Name).Text })
	if l.holes {
		l.listed = slices.DeleteFunc(l.listed, func(f fault.Fault) bool {
			known := s.probing.results[f.Name]
			return known.Kind() != probe.KindHole
		})
	}
	l.rows.Select(max(0, slices.IndexFunc(l.listed, func(f fault.Fault) bool { return f.Name == selected })))
}
