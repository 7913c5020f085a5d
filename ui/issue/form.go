package issue

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// stop is a stop of the tab key in the form.
type stop int

const (
	subjectField stop = iota
	lifetimeField
	claimsField
	buttonField
)

const (
	fields = 3 // how many stops are text fields: the first ones
	stops  = 4 // how many there are
)

// textInput is what the form needs of a field and of the claims alike.
type textInput interface {
	Focus()
	Blur()
	Update(msg tea.Msg)
	Click(x, y int)
	Note() string
	Cursor() *tea.Cursor
}

// form holds the input for a new token.
type form struct {
	subject  widget.Field
	lifetime widget.Field
	claims   claimsEditor
	focus    stop
	away     bool              // the token beside the form has the focus
	persona  *settings.Persona // that filled the form, or nil
	usual    string            // the lifetime of the settings, as a user types it
	tried    bool              // the user has tried to issue, so an empty subject is an error
	err      error             // why issuing failed

	rects formRects
	notes [fields]widget.Note // below each field
}

func newForm(lifetime time.Duration) form {
	f := form{
		subject:  widget.NewField("such as ada@example.com"),
		lifetime: widget.NewField("30m"),
		claims:   newClaimsEditor(),
	}
	f.lifetime.Prompt("‹ ")
	f.usual = desk.LifetimeText(lifetime)
	f.lifetime.Set(f.usual)
	f.moveTo(subjectField)
	return f
}

// moveTo gives a field the keyboard focus.
func (f *form) moveTo(s stop) {
	f.focus = (s + stops) % stops
	f.give(false)
}

// give gives the focus to the token beside the form, or back to the field.
func (f *form) give(away bool) {
	f.away = away
	for i, field := range f.inputs() {
		field.Blur()
		if f.at(stop(i)) {
			field.Focus()
		}
	}
}

// inputs returns the text fields in the order of their stops.
func (f *form) inputs() [fields]textInput {
	return [...]textInput{&f.subject, &f.lifetime, &f.claims.text}
}

// at reports whether a field has the focus.
func (f *form) at(s stop) bool { return f.focus == s && !f.away }

// typing reports whether a text field has the focus.
func (f *form) typing() bool { return f.focus < fields && !f.away }

// update hands a message to the field that has the focus.
func (f *form) update(msg tea.Msg) {
	f.err = nil
	if f.typing() {
		f.inputs()[f.focus].Update(msg)
	}
	if f.subject.Value() == "" && f.claims.text.Value() == "" {
		f.setPersona(nil) // nothing of it is left
	}
	f.claims.check()
}

// renew takes the lifetime of another desk, unless the user has changed it.
func (f *form) renew(lifetime time.Duration) {
	was := f.usual
	f.usual = desk.LifetimeText(lifetime)
	if f.lifetime.Value() == was {
		f.lifetime.Set(f.usual)
	}
	f.err = nil
}

// check returns the draft, or none and the first field with an error.
func (f *form) check(d *desk.Desk, now time.Time) (desk.Draft, stop, error) {
	if at, err := f.firstError(f.checkSubject(), d, now); err != nil {
		return desk.Draft{}, at, err
	}
	draft, err := (&desk.Form{Persona: f.persona, Subject: f.subject.Value(), Lifetime: f.lifetime.Value(), Claims: f.claims.claims}).Draft()
	return draft, claimsField, err
}

// firstError returns the first error and its field; subject is that of the subject.
func (f *form) firstError(subject error, d *desk.Desk, now time.Time) (stop, error) {
	if subject != nil {
		return subjectField, subject
	}
	if _, err := d.Lifetime(f.lifetime.Value(), now); err != nil {
		return lifetimeField, err
	}
	return claimsField, f.claims.err
}

// checkSubject returns why no token can be issued for the subject, or nil.
func (f *form) checkSubject() error {
	if f.persona != nil {
		return settings.CheckSubject(f.subject.Value())
	}
	return input.CheckSubject(f.subject.Value())
}

// setPersona says which persona the form belongs to; nil is none.
func (f *form) setPersona(persona *settings.Persona) {
	f.persona = persona
	f.claims.persona = persona != nil
}

// subjectNote says what is wrong with the subject while the user types it.
func (f *form) subjectNote() widget.Note {
	value := f.subject.Value()
	switch err := f.checkSubject(); {
	case value == "" && !f.tried:
		return widget.Note{}
	case err != nil:
		return frame.Fault(err)
	case f.persona != nil && strings.Contains(value, "{{"):
		return widget.Note{Tone: widget.Good, Text: "filled in for every token"}
	case strings.Contains(value, "@"):
		return widget.Note{Tone: widget.Good, Text: "an email address"}
	default:
		return widget.Note{Tone: widget.Good, Text: "a user name"}
	}
}

// lifetimeNote says when a token issued now would expire, or what is wrong.
func (f *form) lifetimeNote(c *frame.Ctx) widget.Note {
	d, err := c.Desk.Lifetime(f.lifetime.Value(), c.Now)
	if err != nil {
		return frame.Fault(err)
	}
	expiry := c.Now.Truncate(time.Second).Add(d)
	clock := explain.Clock{Now: c.Now, Zone: c.Env.Zone(c.Now), Brief: true}
	text := explain.Claim("exp") + " " + clock.Moment(expiry)
	if _, offset := expiry.Zone(); offset != 0 && !c.Env.Local { // "until 18:00" is a local time
		text += " (" + expiry.Format("15:04 MST") + ")"
	}
	return widget.Note{Text: text}
}

// claimsNote says what is wrong with the claims, or why issuing failed.
func (f *form) claimsNote() widget.Note {
	if f.err != nil {
		return frame.Fault(f.err)
	}
	return f.claims.note()
}
