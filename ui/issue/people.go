package issue

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// person is a line below the form: a heading or a remark, a subject that a token was issued for, or
// a persona.
type person struct {
	text    string
	used    *used
	persona *settings.Persona
}

// people returns the lines that fit below the form: the subjects, and the personas.
func people(s *Screen, c *frame.Ctx) []person {
	t, at := c.Env.Theme, s.form.places.rest
	if at.H <= 0 || s.form.places.folded {
		return nil
	}
	heading := func(text, key, does string) person {
		return person{text: widget.Spread(t.Faint.Render(text), t.HelpKey.Render(key)+t.HelpText.Render(" "+does), at.W)}
	}
	recent, personas := s.form.recent.all, s.personas
	room := at.H - 3 // besides headings and a blank line
	shown := min(len(personas), max(1, room/2))
	lines := []person{heading("Recent", "↑", "from For")}
	if len(recent) == 0 {
		lines = append(lines, person{text: t.Faint.Render(widget.Clip("the names you issue for appear here", at.W))})
	}
	for i := range recent[:max(0, min(len(recent), room-max(1, shown)))] {
		lines = append(lines, person{used: &recent[i]})
	}
	lines = append(lines, person{}, heading("Personas", "ctrl+p", "fills the form"))
	if len(personas) == 0 {
		lines = append(lines, person{text: t.HelpKey.Render("ctrl+r") + t.HelpText.Render(" keeps this form as one")})
	}
	for i, p := range personas {
		if rest := len(personas) - i; rest > 1 && len(lines) == at.H-1 {
			lines = append(lines, person{text: t.Faint.Render(fmt.Sprintf("and %d more", rest))})
			break
		}
		lines = append(lines, person{persona: p})
	}
	return lines[:min(len(lines), at.H)]
}

// viewPeople draws the lines below the form.
func viewPeople(s *Screen, c *frame.Ctx, at widget.Rect) []string {
	t := c.Env.Theme
	lines := make([]string, 0, at.H)
	for _, p := range people(s, c) {
		switch {
		case p.used != nil:
			now := s.form.recent.at > 0 && p.used.subject == s.form.recent.all[s.form.recent.at-1].subject
			lines = append(lines, t.Row(viewUsed(t, p.used, c.Now, at.W-2), at.W, now))
		case p.persona != nil:
			lines = append(lines, t.Row(viewPersona(t, explain.Persona(p.persona), at.W-2), at.W, false))
		default:
			lines = append(lines, p.text)
		}
	}
	return widget.Fill(lines, at.W, at.H)
}

// viewUsed draws a subject, with the persona and how long ago it was.
func viewUsed(t *widget.Theme, u *used, now time.Time, width int) string {
	when := t.Faint.Render(explain.Age(u.at, now))
	persona := ""
	if u.persona != "" {
		persona = "  " + t.Accent.Render(visible.Text(u.persona))
	}
	room := width - widget.Width(when) - 1
	name := widget.Fit(visible.Text(u.subject), max(8, min(26, room-widget.Width(persona))))
	return widget.Spread(widget.Clip(t.Plain.Render(name)+persona, room), when, width)
}

// viewPersona draws the name of a persona, with its subject and lifetime.
func viewPersona(t *widget.Theme, p explain.PersonaFacts, width int) string {
	lifetime := ""
	if p.Lifetime != nil {
		lifetime = t.Faint.Render(visible.Text(*p.Lifetime))
	}
	if p.Disabled {
		lifetime = t.Warn.Render("disabled")
	}
	name := widget.Fit(visible.Text(p.Name), min(14, width/3))
	line := t.Accent.Render(name) + " " + t.Faint.Render(visible.Text(strings.TrimSpace(p.For())))
	return widget.Spread(widget.Clip(line, width-widget.Width(lifetime)-1), lifetime, width)
}

// peopleZones returns the zones of the subjects and personas: a click takes one.
func peopleZones(s *Screen, c *frame.Ctx) []frame.Zone {
	var zones []frame.Zone
	at := s.form.places.rest
	for _, p := range people(s, c) {
		line := at.Take(1)
		switch {
		case p.used != nil:
			subject := p.used.subject
			zones = append(zones, frame.Zone{Rect: line, Do: frame.Just(func() {
				s.form.subject.Replace(subject)
				s.next()
			})})
		case p.persona != nil:
			zones = append(zones, frame.Zone{Rect: line, Do: func(c *frame.Ctx) tea.Cmd { return s.fill(c, p.persona) }})
		}
	}
	return zones
}
