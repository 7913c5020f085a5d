package old

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/input"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// formField is a stop of the tab key on the Issue screen.
type formField int

const (
	subjectField formField = iota
	lifetimeField
	claimsField
	buttonField
)

const formFields = 4 // how many there are

// issueScreen is the form and the token that came of it.
type issueScreen struct {
	subject  field
	lifetime field
	claims   claimsEditor
	focus    formField
	persona  *settings.Persona // that filled the form, or nil
	tried    bool              // issuing was tried, so an empty subject is worth a word
	busy     bool              // a token is being issued
	pane     pane
	onPane   bool  // the token has the keys, not the form
	err      error // why issuing failed
}

func newIssueScreen(lifetime time.Duration) issueScreen {
	s := issueScreen{
		subject:  newField("such as ada@example.com"),
		lifetime: newField("30m"),
		claims:   newClaimsEditor(),
	}
	s.lifetime.Prompt = "‹ "
	s.lifetime.set(lifetimeText(lifetime))
	s.moveTo(subjectField)
	return s
}

// presets are the lifetimes that the arrow keys go through: those below the
// limit and the limit, if there is one.
func presets(limit time.Duration) []string {
	all := []string{"45s", "1m", "5m", "15m", "30m", "1h", "8h", "1d", "7d", "30d"}
	for i, text := range all {
		if d, _ := input.ParseLifetime(text, time.Time{}); limit > 0 && d >= limit {
			return append(all[:i:i], lifetimeText(limit))
		}
	}
	return all
}

// moveTo gives a field the keys.
func (s *issueScreen) moveTo(f formField) {
	s.focus = (f + formFields) % formFields
	s.onPane = false
	s.syncFocus()
}

// syncFocus tells the fields which of them has the cursor.
func (s *issueScreen) syncFocus() {
	s.subject.Blur()
	s.lifetime.Blur()
	s.claims.Blur()
	if s.onPane {
		return
	}
	switch s.focus {
	case subjectField:
		s.subject.Focus()
	case lifetimeField:
		s.lifetime.Focus()
	case claimsField:
		s.claims.Focus()
	case buttonField:
	}
}

// update hands a message to the field that has the keys.
func (s *issueScreen) update(msg tea.Msg) tea.Cmd {
	s.err = nil
	var cmd tea.Cmd
	switch s.focus {
	case subjectField:
		cmd = s.subject.update(msg)
	case lifetimeField:
		cmd = s.lifetime.update(msg)
	case claimsField:
		cmd = s.claims.update(msg)
	case buttonField:
	}
	if s.subject.Value() == "" && s.claims.Value() == "" {
		s.setPersona(nil) // nothing is left of it
	}
	s.claims.check()
	return cmd
}

// preset moves through the preset lifetimes, from where the typed one stands.
func (s *issueScreen) preset(step int, limit time.Duration, now time.Time) {
	all := presets(limit)
	current, err := input.ParseLifetime(s.lifetime.Value(), now)
	if err != nil {
		current, step = 30*time.Minute, 0 // to begin with
	}
	next := len(all) - 1
	for i, text := range all {
		if d, _ := input.ParseLifetime(text, now); d >= current {
			next = i
			if step > 0 && d == current {
				next++
			}
			break
		}
	}
	if step < 0 {
		next--
		if d, _ := input.ParseLifetime(all[len(all)-1], now); d < current {
			next = len(all) - 1
		}
	}
	s.lifetime.set(all[min(max(next, 0), len(all)-1)])
}

// check returns the draft, or the first field that is wrong.
func (s *issueScreen) check(d *desk, now time.Time) (draft, formField, error) {
	if err := s.checkSubject(); err != nil {
		return draft{}, subjectField, err
	}
	if _, err := d.lifetime(s.lifetime.Value(), now); err != nil {
		return draft{}, lifetimeField, err
	}
	if s.claims.err != nil {
		return draft{}, claimsField, s.claims.err
	}
	out := draft{subject: s.subject.Value(), lifetime: s.lifetime.Value(), claims: s.claims.claims}
	if s.persona != nil {
		persona, err := s.persona.Edited(out.subject, out.claims)
		if err != nil {
			return draft{}, claimsField, err
		}
		out.persona = persona
	}
	return out, subjectField, nil
}

// checkSubject returns why nothing can be issued for the subject, or nil.
func (s *issueScreen) checkSubject() error {
	if s.persona != nil {
		return settings.CheckSubject(s.subject.Value())
	}
	return input.CheckSubject(s.subject.Value())
}

// setPersona makes the form that of a persona, or with nil of none.
func (s *issueScreen) setPersona(persona *settings.Persona) {
	s.persona = persona
	s.claims.persona = persona != nil
}

// submit issues a token from the form, or moves to what is wrong with it.
func (m *Model) submit() tea.Cmd {
	s := &m.issue
	if s.busy {
		return nil
	}
	s.tried, s.err = true, nil
	d, wrong, err := s.check(&m.desk, m.now)
	if err != nil {
		s.moveTo(wrong)
		return nil
	}
	return m.unlessProtected(func() tea.Cmd {
		s.busy = true
		return m.desk.issue(d)
	})
}

// again issues a token for what another was issued for.
func (m *Model) again(d draft) tea.Cmd {
	return m.unlessProtected(func() tea.Cmd { return m.desk.issue(d) })
}

// onIssued shows the new token and puts it on the board.
func (m *Model) onIssued(msg issuedMsg) tea.Cmd {
	m.setNow(msg.now)
	m.issue.busy = false
	if msg.err != nil {
		if m.screen == screenIssue {
			m.issue.err = msg.err
			return nil
		}
		return m.say(bad, msg.err.Error())
	}
	m.board.add(msg.entry)
	m.issue.pane.show(msg.entry)
	m.issue.onPane = true
	m.issue.tried = false
	m.issue.syncFocus()
	m.closeOverlay()
	m.screen = screenIssue
	return m.say(good, "issued a token for "+msg.entry.token.Subject())
}

// subjectNote says what is wrong with the subject, as it is typed.
func (s *issueScreen) subjectNote() (string, tone) {
	value := s.subject.Value()
	switch err := s.checkSubject(); {
	case s.subject.note != "":
		return s.subject.note, warn
	case value == "" && !s.tried:
		return "", quiet
	case err != nil:
		return err.Error(), bad
	case strings.Contains(value, "@"):
		return "an email address", good
	default:
		return "a user name", good
	}
}

// lifetimeNote says when a token issued now would expire, or what is wrong.
func (s *issueScreen) lifetimeNote(m *Model) (string, tone) {
	if s.lifetime.note != "" {
		return s.lifetime.note, warn
	}
	d, err := m.desk.lifetime(s.lifetime.Value(), m.now)
	if err != nil {
		return err.Error(), bad
	}
	expiry := m.now.Truncate(time.Second).Add(d)
	text := "expires " + formatMoment(expiry, m.now, m.zone())
	if _, offset := expiry.Zone(); offset != 0 && !m.local { // "until 18:00" is meant locally
		text += " (" + expiry.Format("15:04 MST") + ")"
	}
	return text, quiet
}

func (s *issueScreen) claimsNote() (string, tone) {
	switch {
	case s.claims.note != "":
		return s.claims.note, warn
	case s.err != nil:
		return s.err.Error(), bad
	case s.claims.err != nil:
		return s.claims.err.Error(), bad
	case len(s.claims.claims) > 0:
		return plural(len(s.claims.claims), "claim", "claims"), good
	case s.claims.asJSON:
		return `a JSON object, such as {"role": "admin"}`, quiet
	default:
		return "name=text or name:=json, one a row", quiet
	}
}

// notes are the sentences of the form.
func (s *issueScreen) notes(m *Model) []note {
	subject, subjectTone := s.subjectNote()
	lifetime, lifetimeTone := s.lifetimeNote(m)
	claims, claimsTone := s.claimsNote()
	return []note{{subjectTone, subject}, {lifetimeTone, lifetime}, {claimsTone, claims}}
}

// formRects places the parts of the form, each sentence in as many lines as it
// needs.
func (m *Model) formRects(in rect) formRects {
	notes := m.issue.notes(m)
	lines := func(i int) int { return len(m.styles.sentence(notes[i].tone, notes[i].text, in.w, 0)) }
	return newFormRects(in, formNotes{lines(0), lines(1), lines(2)})
}

// viewForm draws the form into the rectangle and returns its lines and the
// cursor.
func (m *Model) viewForm(in rect) ([]string, *tea.Cursor) {
	s, f := &m.issue, m.formRects(in)
	c := newCanvas(in)
	label := func(r rect, wide, short string, focused bool) {
		text, style := wide, m.styles.faint
		if f.compact {
			text = short
		}
		if focused {
			style = m.styles.strong
		}
		c.put(r, style.Render(text))
	}
	at := func(which formField) bool { return s.focus == which && !s.onPane }
	label(f.subjectLabel, "Email or user name", "Subject", at(subjectField))
	c.put(f.subject, s.subject.view(f.subject.w))
	c.note(f.subjectNote, m.styles, s.subjectNote)
	label(f.lifetimeLabel, "Lifetime", "Lifetime", at(lifetimeField))
	c.put(f.lifetime, s.lifetime.view(f.lifetime.w-2)+m.styles.faint.Render("›"))
	c.note(f.expiryNote, m.styles, func() (string, tone) { return s.lifetimeNote(m) })
	form := "rows"
	if s.claims.asJSON {
		form = "JSON"
	}
	label(f.claimsLabel, fmt.Sprintf("Claims  %s", form), "Claims", at(claimsField))
	c.put(f.claims, s.claims.View())
	c.note(f.claimsNote, m.styles, s.claimsNote)
	button := m.styles.button
	if at(buttonField) {
		button = m.styles.buttonFocus
	}
	text := "[ Issue token ]"
	indent := max(0, (f.btn.w-len(text))/2)
	if f.compact {
		indent = 0
	}
	c.put(f.btn, strings.Repeat(" ", indent)+button.Render(text))
	return c.lines(), m.formCursor(f)
}

// formCursor returns where the cursor is on the screen, if a field has it.
func (m *Model) formCursor(f formRects) *tea.Cursor {
	s := &m.issue
	if s.onPane || m.overlay != overlayNone {
		return nil
	}
	switch s.focus {
	case subjectField:
		return shift(s.subject.Cursor(), f.subject)
	case lifetimeField:
		return shift(s.lifetime.Cursor(), f.lifetime)
	case claimsField:
		return shift(s.claims.Cursor(), f.claims)
	default:
		return nil
	}
}

// shift moves a field's cursor to where the field is.
func shift(c *tea.Cursor, r rect) *tea.Cursor {
	if c == nil {
		return nil
	}
	c.X, c.Y = c.X+r.x, c.Y+r.y
	return c
}

// paneTitle returns the titles of a token's pane.
func (m *Model) paneTitle(p *pane, name string) (string, string) {
	if p.entry == nil {
		return m.styles.strong.Render(name), ""
	}
	for _, more := range []string{p.entry.persona(), p.entry.label, m.elsewhere(p.entry)} {
		if more != "" {
			name += " · " + visible.Text(more)
		}
	}
	if p.stale {
		return m.styles.strong.Render(name), m.styles.warn.Render("▲ out of date")
	}
	if p.entry.token.Claims == nil {
		return m.styles.strong.Render(name), m.styles.bad.Render("✗ not readable")
	}
	return m.styles.strong.Render(name), m.styles.sign(p.entry, p.entry.token.Status(m.now))
}
