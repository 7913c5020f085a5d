package settings

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
)

// DefaultPersonas is the name of the personas file, in the folder of the settings
// file.
const DefaultPersonas = "personas.yaml"

// personasFile is the setting that names another personas file.
const personasFile = "PERSONAS_FILE"

// Persona is a named preset for tokens. The persona that it extends has been merged
// into it.
type Persona struct {
	Name    string
	Extends string // the name of another persona, or empty

	// Subject may contain placeholders, and may be empty.
	Subject string
	// Lifetime is text for [input.ParseLifetime]. If it is empty, the settings say how
	// long the token is valid.
	Lifetime string
	// Algorithm and Key, a key ID, choose the key that signs; if both are empty it is
	// the key of the settings. See [Settings.SigningKey].
	Algorithm auth.Algorithm
	Key       string
	// Shape is the name of the shape of the tokens, or empty; see [ShapeOf].
	Shape string
	// Claims are those in the file, with their placeholders.
	Claims auth.Object
	// Disabled says that nothing is issued for the persona. It is not inherited: a persona
	// that others extend may be one of which no token should be issued.
	Disabled bool

	// File, Line and Column are where the persona is defined, counted from 1.
	File         string
	Line, Column int

	subject text
	claims  []claim
	from    personaOrigins
	own     Own
	shape   shapeOf
}

// claim is a claim that may contain placeholders.
type claim struct {
	name  string
	value jsonText
	from  string // the persona that the file gives it to, or empty
}

// Fixed reports whether the claims contain no placeholder, so that every token has
// the same.
func (p *Persona) Fixed() bool {
	return !slices.ContainsFunc(p.claims, func(c claim) bool { return !c.value.fixed() })
}

// With returns the persona with these claims added to its own or replacing them,
// byte for byte: {{now}} in them is text, not a placeholder.
func (p *Persona) With(claims auth.Object) *Persona {
	out := *p
	out.Claims, out.claims = slices.Clone(p.Claims), slices.Clone(p.claims)
	for _, m := range claims {
		set(&out, claim{name: m.Name, value: constant(m.Value)}, m.Value)
	}
	return &out
}

// Without returns the persona without the named claims.
func (p *Persona) Without(names ...string) *Persona {
	out := *p
	out.Claims, out.claims = nil, nil
	for i, c := range p.claims {
		if !slices.Contains(names, c.name) {
			out.Claims, out.claims = append(out.Claims, p.Claims[i]), append(out.claims, c)
		}
	}
	return &out
}

// set replaces the claim of a persona with the same name, or adds the claim at the end.
func set(p *Persona, c claim, written []byte) {
	if i := slices.IndexFunc(p.claims, func(have claim) bool { return have.name == c.name }); i >= 0 {
		p.claims[i], p.Claims[i].Value = c, written
		return
	}
	p.claims = append(p.claims, c)
	p.Claims = append(p.Claims, auth.Member{Name: c.name, Value: written})
}

// Request returns the request for one token, with its placeholders filled. The
// subject is empty and the lifetime zero where the persona has none. The error
// comes from the random source, or says that the lifetime ends in the past.
func (p *Persona) Request(f Fresh) (auth.Request, error) {
	lifetime, err := p.LifetimeAt(f.Now)
	if err != nil {
		return auth.Request{}, err
	}
	subject, err := p.SubjectOf(f)
	if err != nil {
		return auth.Request{}, err
	}
	claims, err := p.ClaimsOf(f)
	return auth.Request{Subject: subject, Lifetime: lifetime, Claims: claims}, err
}

// SubjectOf returns the subject of one token.
func (p *Persona) SubjectOf(f Fresh) (string, error) { return p.subject.fill(f) }

// ClaimsOf returns the claims of one token.
func (p *Persona) ClaimsOf(f Fresh) (auth.Object, error) {
	claims := make(auth.Object, len(p.claims))
	for i, c := range p.claims {
		value, err := c.value.fill(f)
		if err != nil {
			return nil, err
		}
		claims[i] = auth.Member{Name: c.name, Value: value}
	}
	return claims, nil
}

// LifetimeAt returns the lifetime of a token that is issued now, or zero.
func (p *Persona) LifetimeAt(now time.Time) (time.Duration, error) {
	if p.Lifetime == "" {
		return 0, nil
	}
	lifetime, err := input.ParseLifetime(p.Lifetime, now)
	if err != nil {
		return 0, &Problem{
			File: p.File, Line: p.Line, Column: p.Column, Name: p.Name,
			Text: "the lifetime of " + p.Name + " cannot be used: " + err.Error(),
			Do:   cmp.Or(advice.Of(err), "choose another, such as 30m"),
		}
	}
	return lifetime, nil
}

// Personas reads the personas, in the order of their file, and adds those of tokens in the
// settings file that its secret verifies. A missing file is an error only if a setting names
// it. The error is [Problems].
func (s *Settings) Personas() ([]*Persona, error) {
	personas, err := s.personasInFile()
	if err != nil {
		return nil, err
	}
	return withTokens(s, personas), nil
}

// personasInFile reads the personas in their file.
func (s *Settings) personasInFile() ([]*Persona, error) {
	if s.PersonasFile == "" {
		return nil, nil
	}
	data, problem := readFile(s.PersonasFile, personasFileName)
	switch {
	case problem != nil && problem.missing && !s.PersonasGiven:
		return nil, nil
	case problem != nil && problem.missing:
		problem.Do = "create it, or change " + personasFile
		return nil, Problems{problem}
	case problem != nil:
		return nil, Problems{problem}
	}
	return ParsePersonas(s.PersonasFile, data)
}

// Personas reads the personas that go with the settings. It makes no key, and
// ignores what is wrong with other settings.
func Personas(o Options) (*Settings, []*Persona, error) {
	s, r, problem := o.open()
	if problem != nil {
		return s, nil, Problems{problem}
	}
	s.PersonasFile, s.PersonasGiven = r.personas()
	if len(r.problems) > 0 {
		return s, nil, r.problems
	}
	names{r}.recognise()
	rememberSecret(r)
	personas, err := s.Personas()
	return s, personas, err
}

// personas returns the path of the personas file, and whether a setting names it.
func (r *reader) personas() (path string, given bool) {
	s := r.get(personasFile)
	if !s.set {
		return filepath.Join(filepath.Dir(r.file), DefaultPersonas), false
	}
	if r.text(personasFile) == "" {
		return "", false // already reported
	}
	return beside(r.file, s), true
}

// FindPersona returns the persona with that name, or nil.
func FindPersona(personas []*Persona, name string) *Persona {
	if i := slices.IndexFunc(personas, func(p *Persona) bool { return p.Name == name }); i >= 0 {
		return personas[i]
	}
	return nil
}

// SigningKey returns the key that signs for a persona: the one that it names by ID
// or algorithm, else the key of the settings. The error is a *[Problem], or
// [auth.ErrNoKey].
func (s *Settings) SigningKey(p *Persona) (*auth.Key, error) {
	fitting := func(key *auth.Key) (*auth.Key, bool) {
		if key == nil || p.Key != "" && key.ID() != p.Key {
			return nil, false
		}
		return key.Under(cmp.Or(p.Algorithm, key.Algorithm()))
	}
	if key, ok := fitting(s.Key); ok {
		return key, nil
	}
	for _, each := range s.Keys {
		if key, ok := fitting(each); ok && key.CanSign() {
			return key, nil
		}
	}
	problem := &Problem{File: p.File, Line: p.Line, Column: p.Column, Name: p.Name}
	switch {
	case p.Key != "":
		problem.Text = "the persona " + p.Name + " signs with the key " + strconv.Quote(p.Key) + ", which is not configured"
		problem.Do = "set KEY_FILE, or --key-file, to a file that has it"
	case s.Key != nil:
		problem.Text = "the persona " + p.Name + " signs with " + string(p.Algorithm) + ", but the key is for " + string(s.Key.Algorithm())
		problem.Do = "remove the algorithm from the persona, or configure a matching key"
	default:
		return nil, auth.ErrNoKey
	}
	return nil, problem
}

// maxPersonaName is the longest name of a persona, in characters.
const maxPersonaName = 64

const personaNameAdvice = "use letters, digits and, after the first character, - _ . @ + (64 characters at most)"

// isPersonaName reports whether a name can be typed after --persona and printed in a
// table without quotes.
func isPersonaName(name string) bool {
	length := 0
	for i, r := range name {
		length++
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) && (i == 0 || !strings.ContainsRune("-_.@+", r)) {
			return false
		}
	}
	return length > 0 && length <= maxPersonaName
}
