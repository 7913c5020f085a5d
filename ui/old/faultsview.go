package old

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/fault"
	"tokendesk/internal/visible"
)

// viewFaults draws the catalogue, or the fault that is open.
func (m *Model) viewFaults(l layout) ([]string, *tea.Cursor) {
	in, f := l.inner(l.body), &m.faults
	if f.opened {
		title, sign := m.paneTitle(&f.pane, "Fault · "+f.pane.entry.fault.Name)
		return m.pane(l, l.body, title, sign, f.pane.view(m, in.w, in.h), true), nil
	}
	lines := m.pane(l, l.body, m.styles.strong.Render("Faults"), "", m.faultLines(in.w, in.h), true)
	if f.filtering && m.overlay == overlayNone {
		return lines, shift(f.filter.Cursor(), in)
	}
	return lines, nil
}

// faultLines draws the catalogue by group, each under its name.
func (m *Model) faultLines(width, height int) []string {
	f, s := &m.faults, m.styles
	summary := f.summary()
	if probed := m.probe.probeSummary(len(f.all)); probed != "" {
		summary += " · " + probed
	}
	head := spread(s.faint.Render(summary), s.faint.Render("for "+visible.Text(f.subject)), width)
	if f.filtering || f.filter.Value() != "" {
		head = spread(f.filter.view(max(10, width/2)), s.faint.Render(summary), width)
	}
	lines := []string{head}
	if len(f.list) == 0 {
		return append(lines, s.faint.Render("No fault has this in its name, its group or its description. esc clears the filter."))
	}
	rows, at := m.faultRows(width)
	f.offset = scrollTo(f.offset, at, height-1, len(rows))
	if f.cursor == 0 {
		f.offset = 0 // with the name of the group
	}
	return append(lines, rows[f.offset:min(len(rows), f.offset+height-1)]...)
}

// faultRows draws all rows of the list, and says which of them is selected.
func (m *Model) faultRows(width int) (rows []string, selected int) {
	f, s := &m.faults, m.styles
	names := 0
	for _, each := range f.all {
		names = max(names, len(each.Name))
	}
	names = min(names, max(12, width/2-4))
	var last fault.Group
	for i := range f.list {
		each := &f.list[i]
		if each.Group != last {
			rows = append(rows, s.strong.Render(string(each.Group)))
			last = each.Group
		}
		if i == f.cursor {
			selected = len(rows)
		}
		rows = append(rows, m.faultRow(each, i == f.cursor, names, width))
	}
	return rows, selected
}

func (m *Model) faultRow(f *fault.Fault, selected bool, names, width int) string {
	s := m.styles
	sign, style := "  ", s.plain
	if selected {
		sign, style = s.accent.Render("▌ "), s.selected
	}
	text := f.Wrong
	if reason := m.faults.impossible[f.Name]; reason != "" {
		text = "cannot be made: " + reason
		if !selected {
			style = s.faint
		}
	}
	outcome := m.outcome(f, outcomeWidth)
	return sign + style.Render(fit(f.Name, names)) + "  " + outcome + s.faint.Render(fit(visible.Text(text), width-names-4-textWidth(outcome)))
}

func (f *faultsScreen) summary() string {
	if len(f.list) == len(f.all) {
		return plural(len(f.all), "fault", "faults")
	}
	return itoa(len(f.list)) + " of " + plural(len(f.all), "fault", "faults")
}

// clickFaults selects a fault, and opens it when it was selected already.
func (m *Model) clickFaults(l layout, y int) tea.Cmd {
	f, in := &m.faults, l.inner(l.body)
	row := f.offset + y - in.y - 1
	if f.opened || row < f.offset || y >= in.y+in.h {
		return nil
	}
	var last fault.Group
	at := 0
	for i, each := range f.list {
		if each.Group != last {
			at, last = at+1, each.Group
		}
		if at == row {
			if i == f.cursor {
				return m.makeFault(false)
			}
			f.cursor = i
			return nil
		}
		at++
	}
	return nil
}

// defect says what is wrong with a token that has a fault, and why it must be
// refused.
func (b *rowBuilder) defect(probed string) {
	f := b.fault
	if f == nil {
		return
	}
	b.paragraph("✗ ", f.Wrong, b.s.bad.Bold(true))
	b.paragraph("  ", "why: "+strings.TrimSuffix(f.Why, ".")+source(f.Source), b.s.plain)
	expected := "an API should answer " + itoa(f.Status)
	if f.StatusWhy != "" {
		expected += ": " + f.StatusWhy
	}
	if f.Policy != "" {
		expected += ". " + f.Policy
	}
	b.paragraph("  ", expected, b.s.faint)
	if probed != "" {
		b.paragraph("  ", "the API that was probed: "+probed, b.s.strong)
	}
	b.blank()
}

// atFault reports whether the fault is in that part of the token.
func (b *rowBuilder) atFault(part fault.Part) bool { return b.fault != nil && b.fault.Part == part }

// wrongMembers returns the members of that part which are at fault.
func (b *rowBuilder) wrongMembers(part fault.Part) []string {
	if !b.atFault(part) {
		return nil
	}
	return b.fault.Members
}

// faultSign stands before what is wrong with a token that has a fault.
const faultSign = "✗ "
