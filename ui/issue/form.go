package issue

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/claims"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// stop is a stop of the tab key in the form.
type stop int

const (
	subjectField stop = iota
	lifetimeField
	claimsField
	headerField
	buttonField
)

const (
	fields = 4 // how many stops are text fields: the first ones
	stops  = 5 // how many there are
)

// textInput is what the form needs of a field and of the claims alike.
type textInput interface {
	frame.Text
	Focus()
	Blur()
	Update(msg tea.Msg)
	Note() string
	Cursor() *tea.Cursor
}

// form holds the input for a new token.
type form struct {
	subject  widget.Field
	lifetime widget.Field
	claims   claims.Editor
	header   claims.Editor
	exactly
	focus stop
	away  bool   // the token beside the form has the focus
	usual string // the lifetime of the settings, as a user types it
	chosen
	attempt
	recent recent

	drawn
}

// chosen is what fills in the rest of the form.
type chosen struct {
	persona *settings.Persona // that filled the form, or nil
	like    *settings.Shape   // whose tokens those of the form look like, or nil
}

// exactly is the payload as it is signed, used instead of subject, lifetime and claims if exact.
type exactly struct {
	payload widget.Area
	exact   bool
}

// attempt is what became of issuing.
type attempt struct {
	tried bool  // the user has tried to issue, so an empty subject is an error
	err   error // why it failed
}

// drawn is how the form is drawn.
type drawn struct {
	places places
	notes  [fields]widget.Note // below each field
}

func newForm(lifetime time.Duration) form {
	f := form{
		subject:  widget.NewField("such as ada@example.com"),
		lifetime: widget.NewField("30m"),
		claims:   claims.New(settings.CheckFormClaim), header: claims.NewHeader(),
		exactly: exactly{payload: widget.NewArea("the payload, byte for byte", claims.Max)},
	}
	f.subject.Prompt("")
	f.lifetime.Prompt("")
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

// give gives the focus to what stands beside the form, or back to the field.
func (f *form) give(away bool) {
	f.away = away
	f.payload.Blur()
	f.claims.Text.Blur()
	for i, field := range f.inputs() {
		field.Blur()
		if f.at(stop(i)) {
			field.Focus()
		}
	}
}

// area returns the text of the claims, or of the exact payload.
func (f *form) area() *widget.Area {
	if f.exact {
		return &f.payload
	}
	return &f.claims.Text
}

// inputs returns the text fields in the order of their stops.
func (f *form) inputs() [fields]textInput {
	return [...]textInput{&f.subject, &f.lifetime, f.area(), &f.header.Text}
}

// at reports whether a field has the focus.
func (f *form) at(s stop) bool { return f.focus == s && !f.away }

// typing reports whether a text field has the focus.
func (f *form) typing() bool { return f.focus < fields && !f.away }

// inRows reports whether a field of several lines has the focus.
func (f *form) inRows() bool { return f.focus == claimsField || f.focus == headerField }

// typed is everything that the user can change about the next token.
type typed struct {
	subject, lifetime, claims, header, payload string
	asJSON, exact                              bool
	persona                                    *settings.Persona
	like                                       *settings.Shape
}

func (f *form) typed() typed {
	return typed{
		f.subject.Value(), f.lifetime.Value(), f.claims.Text.Value(), f.header.Text.Value(), f.payload.Value(),
		f.claims.AsJSON, f.exact, f.persona, f.like,
	}
}

// update hands a message to the field that has the focus.
func (f *form) update(msg tea.Msg) {
	f.err = nil
	before := f.typed()
	if f.typing() {
		f.inputs()[f.focus].Update(msg)
	}
	switch now := f.typed(); {
	case now.subject != before.subject:
		f.recent.restart()
	case now.claims != before.claims:
		f.claims.Check()
	case now.header != before.header:
		f.header.Check()
	}
	if f.subject.Value() == "" && f.claims.Text.Value() == "" {
		f.persona = nil // nothing of it is left
	}
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

// fill replaces everything in the form.
func (f *form) fill(from desk.Form) {
	f.persona, f.like = from.Persona, from.Shape
	f.subject.Set(from.Subject)
	if f.lifetime.Set(from.Lifetime); from.Lifetime == "" {
		f.lifetime.Set(lasts(f))
	}
	var inHeader, inClaims []string
	for _, name := range from.Without {
		if parameter, is := strings.CutPrefix(name, headerPrefix); is {
			inHeader = append(inHeader, parameter)
			continue
		}
		inClaims = append(inClaims, strings.TrimPrefix(name, claimsPrefix))
	}
	f.claims.Fill(from.Claims, inClaims)
	f.header.Fill(claims.Escaped(from.Header), inHeader)
	if f.exact = from.Bytes != nil; f.exact {
		f.payload.Set(string(from.Bytes))
		f.payload.Go(widget.Place{Line: 1, Column: 1})
	}
	f.err, f.tried = nil, false
	f.give(f.away)
}

// The prefixes of a name that is left out.
const (
	headerPrefix = "header."
	claimsPrefix = "claims."
)

// content returns what the form says.
func (f *form) content() desk.Form {
	claims, header := f.claims.Last, f.header.Last
	out := desk.Form{
		Persona: f.persona, Shape: f.like, Subject: f.subject.Value(), Lifetime: f.lifetime.Value(),
		Claims: claims.Claims, Header: header.Claims,
	}
	if f.persona != nil && f.persona.Shape != "" && f.like == nil {
		out.Persona = settings.InShape(f.persona, nil)
	}
	if f.exact {
		out.Bytes = []byte(f.payload.Value())
	} else {
		out.Without = prefixed(claimsPrefix, claims.Without)
	}
	out.Without = append(out.Without, prefixed(headerPrefix, header.Without)...)
	return out
}

func prefixed(prefix string, names []string) []string {
	out := slices.Clone(names)
	for i := range out {
		out[i] = prefix + out[i]
	}
	return out
}

// check returns the draft, or none and the first field with an error.
func (f *form) check(d *desk.Desk, now time.Time) (desk.Draft, stop, error) {
	if at, err := f.firstError(f.checkSubject(), d, now); err != nil {
		return desk.Draft{}, at, err
	}
	content := f.content()
	draft, err := content.Draft()
	return draft, claimsField, err
}

var errNoPayload = advice.New("the payload is empty", "type it, or press ctrl+t for claims")

// firstError returns the first error and its field; subject is that of the subject.
func (f *form) firstError(subject error, d *desk.Desk, now time.Time) (stop, error) {
	if f.exact {
		if f.payload.Value() == "" {
			return claimsField, errNoPayload
		}
		return headerField, f.header.Err
	}
	if subject != nil {
		return subjectField, subject
	}
	if err := checkLifetime(f, d, now); err != nil {
		return lifetimeField, err
	}
	if f.claims.Err != nil {
		return claimsField, f.claims.Err
	}
	return headerField, f.header.Err
}

var errTwoSubjects = advice.New("the claims have a sub, too", "remove one of the two")

// checkSubject returns why no token can be issued for the subject, or nil.
func (f *form) checkSubject() error {
	subject, claims := f.subject.Value(), &f.claims.Last
	decided := claims.Claims.Index("sub") >= 0
	switch {
	case decided && subject != "":
		return errTwoSubjects
	case subject == "" && (decided || slices.Contains(claims.Without, "sub") || aboutNobody(f)):
		return nil
	case !strings.Contains(subject, "{{"):
		return input.CheckSubject(subject)
	}
	return settings.CheckSubject(subject)
}
