package issue

import (
	"fmt"
	"strings"
	"time"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// viewPeople draws the subjects that tokens were issued for, and the personas.
func (s *Screen) viewPeople(c *frame.Ctx, at widget.Rect) []string {
	t := c.Env.Theme
	personas := min(len(s.personas), max(0, at.H/3))
	if personas == 0 {
		personas = 1
	}
	rows := max(1, at.H-personas-3)
	lines := []string{widget.Spread(t.Faint.Render("Recent"), t.HelpKey.Render("↑")+t.HelpText.Render(" from For"), at.W)}
	if len(s.form.recent.all) == 0 {
		lines = append(lines, t.Faint.Render("nobody yet: a name and enter make a token"))
	}
	for i, u := range s.form.recent.all[:min(rows, len(s.form.recent.all))] {
		lines = append(lines, s.viewUsed(t, u, i+1 == s.form.recent.at, c.Now, at.W))
	}
	lines = append(lines, "", widget.Spread(t.Faint.Render("Personas"), t.HelpKey.Render("ctrl+p")+t.HelpText.Render(" finds one"), at.W))
	if len(s.personas) == 0 {
		lines = append(lines, t.HelpKey.Render("ctrl+r")+t.HelpText.Render(" keeps this form as one"))
	}
	for i, p := range s.personas[:min(len(s.personas), max(0, at.H-len(lines)))] {
		if rest := len(s.personas) - i; rest > 1 && len(lines) == at.H-1 {
			lines = append(lines, t.Faint.Render(fmt.Sprintf("and %d more", rest)))
			break
		}
		lines = append(lines, viewPersona(t, explain.Persona(p), at.W))
	}
	return widget.Fill(lines, at.W, at.H)
}

// viewUsed draws a subject, with the persona and how long ago it was.
func (s *Screen) viewUsed(t *widget.Theme, u used, selected bool, now time.Time, width int) string {
	when := t.Faint.Render(explain.Age(u.at, now))
	name := min(24, max(10, width-widget.Width(when)-14))
	line := t.Plain.Render(widget.Fit(visible.Text(u.subject), name)) + "  " + t.Accent.Render(visible.Text(u.persona))
	if selected {
		return t.Row(widget.Spread(line, when, width-2), width, true)
	}
	return widget.Spread(line, when, width)
}

// viewPersona draws the name of a persona, with its subject and lifetime.
func viewPersona(t *widget.Theme, p explain.PersonaFacts, width int) string {
	lifetime := ""
	if p.Lifetime != nil {
		lifetime = t.Faint.Render(visible.Text(*p.Lifetime))
	}
	line := t.Accent.Render(widget.Fit(visible.Text(p.Name), 16)) + " " + t.Faint.Render(visible.Text(strings.TrimSpace(p.For())))
	return widget.Spread(widget.Clip(line, width-widget.Width(lifetime)-1), lifetime, width)
}

// peopleZones returns the zones of the subjects and personas: a click takes one.
func (s *Screen) peopleZones() []frame.Zone { return nil }
