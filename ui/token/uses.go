package token

import (
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// use draws what can be done with the token now, below all that is known of it. It returns
// nothing where the room for it is needed by something else.
func use(p *Pane, t *widget.Theme, drawn int) []string {
	place := &p.sheet.place
	if len(p.Uses) == 0 || !p.sheet.body.shape.size.roomy || drawn+2 > place.area.H {
		return nil
	}
	return []string{"", useLine(t, p.Uses, p.sheet.body.grid, place.area.W)}
}

// useLine draws as many of the ways as there is room for, in the column of the values.
func useLine(t *widget.Theme, uses []Way, g grid, width int) string {
	line := widget.Fit("", g.name) + t.Faint.Render(widget.Fit("use it", g.value-g.name))
	gap := ""
	for _, use := range uses {
		part := gap + t.HelpKey.Render(use.Key) + t.HelpText.Render(" "+visible.Text(use.Text))
		if widget.Width(line)+widget.Width(part) > width {
			break
		}
		line, gap = line+part, "   "
	}
	return line
}
