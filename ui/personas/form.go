package personas

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
	"tokendesk/settings"
	"tokendesk/ui/claims"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// stop is a stop of the tab key in the form.
type stop int

const (
	nameField stop = iota
	subjectField
	lifetimeField
	extendsField
	shapeField
	keyField
	claimsField
	disabledField
	buttonField
)

const (
	fields = 8 // how many stops are fields: the first ones
	stops  = 9
)

// textInput is what the form needs of all its fields.
type textInput interface {
	frame.Text
	Focus()
	Blur()
	Update(msg tea.Msg)
	Note() string
	Cursor() *tea.Cursor
}

// form edits a persona, or a new one, in fields.
type form struct {
	editing

	texts    texts
	choices  choices
	claims   claims.Editor
	focus    stop
	usual    string // the lifetime of the settings, as a user types it
	errs     [fields]error
	complete bool // the user has tried to save, so an empty name is an error
	place    place
}

// texts are the fields of one line, and choices those with a few values.
type (
	texts   struct{ name, subject, lifetime widget.Field }
	choices struct{ extends, shape, key, disabled widget.Choice }
)

// newForm returns the form for a persona of the file, or for a new one if was is empty.
func newForm(c *frame.Ctx, of *people, was string, own settings.Own) *form {
	f := &form{
		editing: editing{was: was, base: own},
		texts: texts{
			widget.NewField("such as support"), widget.NewField(""), widget.NewField(""),
		},
		choices: choices{
			widget.NewChoice(parents(of.file, was)...), widget.NewChoice(shapes(of)...), widget.NewChoice(keysOf(c)...),
			widget.NewChoice(widget.Option{Value: "no", Label: "no"}, widget.Option{Value: "yes", Label: "yes", About: "no token is issued for it"}),
		},
		claims: claims.New(settings.CheckClaim),
	}
	for _, field := range []*widget.Field{&f.texts.name, &f.texts.subject, &f.texts.lifetime} {
		field.Prompt("")
	}
	f.texts.name.Set(own.Name)
	f.texts.subject.Set(own.Subject)
	f.texts.lifetime.Set(own.Lifetime)
	f.choices.extends.Set(own.Extends, "is not in the file")
	f.choices.shape.Set(own.Shape, "there is no such shape")
	f.choices.key.Set(keyChoice(own.Algorithm, own.Key), "not configured here")
	f.choices.disabled.Set(yes(own.Disabled), "")
	f.claims.Fill(own.Claims, nil)
	f.moveTo(nameField)
	if was != "" {
		f.moveTo(subjectField)
	}
	return f
}

// moveTo gives a field the keyboard focus.
func (f *form) moveTo(to stop) {
	f.focus = (to + stops) % stops
	for i, field := range f.inputs() {
		field.Blur()
		if stop(i) == f.focus {
			field.Focus()
		}
	}
}

// inputs returns the fields in the order of their stops.
func (f *form) inputs() [fields]textInput {
	return [...]textInput{
		&f.texts.name, &f.texts.subject, &f.texts.lifetime, &f.choices.extends, &f.choices.shape, &f.choices.key, &f.claims.Text,
		&f.choices.disabled,
	}
}

func (f *form) common() *editing { return &f.editing }

func (f *form) name() string { return strings.TrimSpace(f.texts.name.Value()) }

func (f *form) inRows() bool { return f.focus == claimsField }

func (f *form) title() string {
	if f.was == "" {
		return "New persona"
	}
	return "Edit " + f.was
}

// text returns everything that was typed.
func (f *form) text() string {
	return strings.Join([]string{
		f.texts.name.Value(), f.texts.subject.Value(), f.texts.lifetime.Value(), f.claims.Text.Value(),
		f.choices.extends.Value(), f.choices.shape.Value(), f.choices.key.Value(), f.choices.disabled.Value(),
	}, "\x00")
}

// own returns the persona of the form.
func (f *form) own() settings.Own {
	own := f.base
	own.Name, own.Subject, own.Lifetime = f.name(), f.texts.subject.Value(), strings.TrimSpace(f.texts.lifetime.Value())
	own.Shape = f.choices.shape.Value()
	own.Extends, own.Disabled, own.Claims = f.choices.extends.Value(), f.choices.disabled.Value() == "yes", f.claims.Last.Claims
	if now := f.choices.key.Value(); now != keyChoice(own.Algorithm, own.Key) {
		own.Algorithm, own.Key = "", now
		if alg, err := auth.ParseAlgorithm(now); err == nil {
			own.Algorithm, own.Key = alg, ""
		}
	}
	return own
}

// unnamed stands for the name of a persona that has none yet.
const unnamed = "unnamed"

func (f *form) try() func(*settings.PersonasFile) (*settings.Persona, error) {
	was, own := f.was, f.own()
	return func(file *settings.PersonasFile) (*settings.Persona, error) {
		if nameError(file, was, own.Name) != nil { // its name is said to be wrong elsewhere
			own.Name = cmp.Or(was, unnamed)
		}
		return file.Check(was, own)
	}
}

// nameError returns why a persona of the file, or a new one if was is empty, cannot have that
// name, or nil.
func nameError(file *settings.PersonasFile, was, name string) error {
	switch {
	case name == "":
		return advice.New("the persona has no name", "type one, such as support")
	case name != was && settings.FindPersona(file.Personas(), name) != nil:
		return advice.New("there is already a persona with that name", "choose another one")
	}
	own := settings.Own{Name: name}
	return own.Check()
}

// check finds out what is wrong with each field.
func (f *form) check(c *frame.Ctx, file *settings.PersonasFile) {
	f.errs = [fields]error{}
	if file != nil && (f.name() != "" || f.complete) {
		f.errs[nameField] = nameError(file, f.was, f.name())
	}
	if subject := f.texts.subject.Value(); subject != "" {
		f.errs[subjectField] = settings.CheckSubject(subject)
	}
	if lifetime := strings.TrimSpace(f.texts.lifetime.Value()); lifetime != "" {
		if _, err := input.ParseLifetime(lifetime, c.Now); err != nil {
			f.errs[lifetimeField] = err
		} else if _, err := c.Desk.Lifetime(lifetime, c.Now); err != nil {
			f.errs[lifetimeField] = err
		}
	}
	f.errs[claimsField] = f.claims.Err
	if f.claims.Err == nil && len(f.claims.Without) > 0 {
		f.errs[claimsField] = advice.New("a persona cannot leave out a claim", "remove -"+f.claims.Without[0])
	}
}

// wrong moves to the first field with an error.
func (f *form) wrong(c *frame.Ctx, file *settings.PersonasFile) bool {
	f.complete = true
	f.claims.Text.Say("")
	f.check(c, file)
	for i, err := range f.errs {
		if err != nil {
			f.moveTo(stop(i))
			return true
		}
	}
	return false
}

// write keeps what the persona has in the file by now where the form has changed nothing.
func (f *form) write(theirs *settings.Own) func(*settings.PersonasFile) (*settings.PersonasFile, error) {
	was, own := f.was, f.own()
	if theirs != nil {
		own = merge(f.base, own, *theirs)
	}
	return func(file *settings.PersonasFile) (*settings.PersonasFile, error) {
		if was == "" {
			return file.Add(own)
		}
		return file.Change(was, own)
	}
}

// update hands a message to the field that has the focus.
func (f *form) update(msg tea.Msg) {
	f.err = nil
	if f.focus >= fields {
		return
	}
	f.inputs()[f.focus].Update(msg)
	if f.focus == claimsField {
		f.claims.Check()
	}
}

// actions returns the keys of the fields.
func (f *form) actions(*frame.Ctx) []frame.Action {
	move := func(step stop) func(*frame.Ctx) tea.Cmd { return frame.Just(func() { f.moveTo(f.focus + step) }) }
	shape := "JSON"
	if f.claims.AsJSON {
		shape = "rows"
	}
	toggle := frame.Titled("Claims as "+shape, frame.Unless(frame.Bind("ctrl+t", shape, "ctrl+t"), "", frame.Just(func() {
		f.claims.Text.Say(f.claims.Toggle())
	})))
	steps := frame.Hide(
		frame.On(frame.Bind("tab", "next field", "tab"), true, move(1)),
		frame.On(frame.Bind("shift+tab", "previous field", "shift+tab"), true, move(-1)),
	)
	if f.focus < extendsField {
		down, up := frame.On(frame.Bind("", "", "down"), true, move(1)), frame.On(frame.Bind("", "", "up"), true, move(-1))
		steps = append(steps, frame.Hide(down, up)...)
	}
	return append(steps, toggle)
}

// merge returns a persona with what was changed in it, based on what somebody else has made
// of it meanwhile.
func merge(base, mine, theirs settings.Own) settings.Own {
	out := theirs
	take := func(to *string, base, mine string) {
		if mine != base {
			*to = mine
		}
	}
	take(&out.Name, base.Name, mine.Name)
	take(&out.Subject, base.Subject, mine.Subject)
	take(&out.Lifetime, base.Lifetime, mine.Lifetime)
	take(&out.Extends, base.Extends, mine.Extends)
	take(&out.Shape, base.Shape, mine.Shape)
	if mine.Key != base.Key || mine.Algorithm != base.Algorithm {
		out.Key, out.Algorithm = mine.Key, mine.Algorithm
	}
	if mine.Disabled != base.Disabled {
		out.Disabled = mine.Disabled
	}
	for _, m := range membersOf(settings.Own{Claims: base.Claims}, settings.Own{Claims: mine.Claims}) {
		if value, has := mine.Claims.Get(m.name); has {
			out.Claims = out.Claims.Set(m.name, value)
			continue
		}
		out.Claims = out.Claims.Without(m.name)
	}
	return out
}
