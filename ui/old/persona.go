package old

import (
	"cmp"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// personaPicker chooses the persona that fills the form.
type personaPicker struct {
	all, shown []*settings.Persona
	filter     field
	cursor     int
}

// personasMsg brings the personas, as the file has them at the moment.
type personasMsg struct {
	personas []*settings.Persona
	err      error
}

// openPersonas returns the command that reads the personas.
func (m *Model) openPersonas() tea.Cmd {
	set := m.desk.settings
	return func() tea.Msg {
		personas, err := set.Personas()
		return personasMsg{personas, err}
	}
}

func (m *Model) onPersonas(msg personasMsg) tea.Cmd {
	switch {
	case m.screen != screenIssue || m.overlay != overlayNone:
		return nil // the user is elsewhere by now
	case msg.err != nil:
		if problems, ok := errors.AsType[settings.Problems](msg.err); ok {
			return m.say(bad, problems[0].Error())
		}
		return m.say(bad, msg.err.Error())
	case len(msg.personas) == 0:
		return m.say(quiet, "there are no personas: write them into "+cmp.Or(m.desk.settings.PersonasFile, settings.DefaultPersonas))
	}
	m.personas = personaPicker{all: msg.personas, shown: msg.personas, filter: newField("type to filter")}
	m.personas.filter.SetStyles(m.styles.input())
	m.personas.filter.Focus()
	m.overlay = overlayPersonas
	return nil
}

// narrow shows the personas whose name or subject holds what is typed.
func (p *personaPicker) narrow() {
	p.shown, p.cursor = nil, 0
	wanted := strings.ToLower(strings.TrimSpace(p.filter.Value()))
	for _, persona := range p.all {
		if strings.Contains(strings.ToLower(persona.Name+" "+persona.Subject), wanted) {
			p.shown = append(p.shown, persona)
		}
	}
}

func (p *personaPicker) move(step int) {
	if n := len(p.shown); n > 0 {
		p.cursor = (p.cursor + step + n) % n
	}
}

func (m *Model) personaActions() group {
	k, p := m.keys, &m.personas
	k.Down.SetKeys("down") // the letters are typed
	k.Up.SetKeys("up")
	k.Choose.SetHelp("enter", "fill the form")
	return group{"Personas", []action{
		on(k.Choose, len(p.shown) > 0, m.choosePersona),
		on(k.Back, true, do(m.closeOverlay)),
		on(k.Up, len(p.shown) > 1, do(func() { p.move(-1) })),
		on(k.Down, len(p.shown) > 1, do(func() { p.move(1) })),
	}}
}

// choosePersona puts a persona into the form, where it can be changed. What must
// be fresh is made for every token that is issued from there.
func (m *Model) choosePersona() tea.Cmd {
	persona := m.personas.shown[m.personas.cursor]
	m.closeOverlay()
	if _, err := m.desk.settings.SigningKey(persona); err != nil {
		return m.say(bad, err.Error())
	}
	s := &m.issue
	s.setPersona(persona)
	if persona.Subject != "" { // what is typed stays for a persona without one
		s.subject.set(persona.Subject)
	}
	s.lifetime.set(cmp.Or(persona.Lifetime, lifetimeText(m.desk.settings.Lifetime)))
	s.claims.fill(persona.Claims)
	s.err, s.tried = nil, false
	s.moveTo(subjectField)
	return m.say(good, "the form is filled with the persona "+persona.Name)
}

// formTitle says what the form is for.
func (m *Model) formTitle() string {
	if p := m.issue.persona; p != nil {
		return "New token · " + visible.Text(p.Name)
	}
	return "New token"
}

// fill replaces the claims: as rows or as JSON, whichever is shown and can hold
// them.
func (c *claimsEditor) fill(claims auth.Object) {
	rows, ok := claimRows(claims)
	c.asJSON = c.asJSON || !ok
	switch {
	case !c.asJSON:
		c.set(rows)
	case len(claims) == 0:
		c.set("")
	default:
		c.set(escapeJSON(claims.Indent()))
	}
	c.note = ""
	c.check()
}

// viewPersonas draws the filter and the personas below it.
func (m *Model) viewPersonas(l layout) ([]string, *tea.Cursor) {
	s, p := m.styles, &m.personas
	width := min(l.body.w, 64)
	inner, room := width-4, max(1, min(len(p.all), l.body.h-3))
	lines := []string{p.filter.view(inner)}
	first := scrollTo(0, p.cursor, room, len(p.shown))
	for i, persona := range p.shown[first:min(len(p.shown), first+room)] {
		sign, style := "  ", s.plain
		if first+i == p.cursor {
			sign, style = s.accent.Render("▌ "), s.selected
		}
		line := sign + style.Render(fit(visible.Text(persona.Name), min(20, inner-2)))
		if inner >= 40 {
			line += " " + s.faint.Render(fit(visible.Text(strings.TrimSpace(persona.Subject+"  "+persona.Lifetime)), inner-23))
		}
		lines = append(lines, line)
	}
	if len(p.shown) == 0 {
		lines = append(lines, s.faint.Render("no persona has this in its name or subject"))
	}
	for len(lines) < room+1 { // the box keeps its size while one types
		lines = append(lines, "")
	}
	more := ""
	if len(p.shown) > room {
		more = s.faint.Render("↑/↓")
	}
	top := box(s.borderFocus, s.strong.Render("Personas"), more, lines, width, len(lines)+2)
	x, y := l.body.x+max(0, (l.body.w-width)/2), l.body.y+max(0, (l.body.h-len(top))/2)
	return top, shift(p.filter.Cursor(), rect{x: x + 2, y: y + 1})
}
