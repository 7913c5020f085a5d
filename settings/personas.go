package settings

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tokendesk/auth"
	"tokendesk/auth/input"
)

// DefaultPersonas is the name of the file with the personas, beside the settings
// file.
const DefaultPersonas = "personas.yaml"

// personasFile is the setting that names another one.
const personasFile = "PERSONAS_FILE"

// Persona is a named preset of what a token holds. What it extends has been
// merged into it.
type Persona struct {
	Name    string
	Extends string // the persona that it stands on, or nothing

	// Subject may hold placeholders, and may be empty.
	Subject string
	// Lifetime is as [input.ParseLifetime] reads it. When it is empty the token is
	// good for as long as the settings say.
	Lifetime string
	// Algorithm and Key, the ID of one, say what signs; empty is the key of the
	// settings. See [Settings.SigningKey].
	Algorithm auth.Algorithm
	Key       string
	// Claims are as they stand in the file, placeholders and all.
	Claims auth.Object

	// Where it is in the file, from 1.
	File         string
	Line, Column int

	subject text
	claims  []claim
}

// claim is a claim that may hold placeholders.
type claim struct {
	name  string
	value jsonText
}

// Fixed reports whether the claims hold no placeholder, so that those of one
// token will do for the next.
func (p *Persona) Fixed() bool {
	return !slices.ContainsFunc(p.claims, func(c claim) bool { return !c.value.fixed() })
}

// With returns the persona with these claims above its own, byte for byte: what
// looks like a placeholder in them is none.
func (p *Persona) With(claims auth.Object) *Persona {
	out := *p
	out.Claims, out.claims = slices.Clone(p.Claims), slices.Clone(p.claims)
	for _, m := range claims {
		out.set(claim{m.Name, constant(m.Value)}, m.Value)
	}
	return &out
}

// Without returns the persona without the claims of these names.
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

// set puts a claim in, where one of that name stands or at the end.
func (p *Persona) set(c claim, written []byte) {
	if i := slices.IndexFunc(p.claims, func(have claim) bool { return have.name == c.name }); i >= 0 {
		p.claims[i], p.Claims[i].Value = c, written
		return
	}
	p.claims = append(p.claims, c)
	p.Claims = append(p.Claims, auth.Member{Name: c.name, Value: written})
}

// Request returns what a token of the persona holds, with everything that must
// be fresh made anew. Its lifetime is zero when the persona has none, and its
// subject empty. An error is one of the randomness, or of a lifetime that ends
// at a moment which has passed.
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
			Text: "the lifetime of " + p.Name + " cannot be used: " + err.Error(), Do: "write another one, such as 30m",
		}
	}
	return lifetime, nil
}

// Personas reads the personas, in the order of their file. Without a file there
// are none, unless a setting names it. The error is [Problems].
func (s *Settings) Personas() ([]*Persona, error) {
	if s.PersonasFile == "" {
		return nil, nil
	}
	data, problem := readFile(s.PersonasFile)
	switch {
	case problem != nil && problem.missing && !s.PersonasGiven:
		return nil, nil
	case problem != nil && problem.missing:
		problem.Do = "make it, or change " + personasFile
		return nil, Problems{problem}
	case problem != nil:
		problem.Do = strings.Replace(problem.Do, "settings file", "file of personas", 1)
		return nil, Problems{problem}
	}
	return ParsePersonas(s.PersonasFile, data)
}

// Personas reads the personas of the settings that the options name. Nothing
// else in those has to be right, and no key is looked at.
func Personas(o Options) (*Settings, []*Persona, error) {
	s, r, problem := o.open()
	if problem != nil {
		return s, nil, Problems{problem}
	}
	s.PersonasFile, s.PersonasGiven = r.personas()
	if len(r.problems) > 0 {
		return s, nil, r.problems
	}
	personas, err := s.Personas()
	return s, personas, err
}

// personas returns the path of the file, and whether it was named.
func (r *reader) personas() (path string, given bool) {
	s := r.get(personasFile)
	if !s.set {
		return filepath.Join(filepath.Dir(r.file), DefaultPersonas), false
	}
	if r.text(personasFile) == "" {
		return "", false // which has been said
	}
	return r.beside(s), true
}

// FindPersona returns the persona of that name, or nil.
func FindPersona(personas []*Persona, name string) *Persona {
	if i := slices.IndexFunc(personas, func(p *Persona) bool { return p.Name == name }); i >= 0 {
		return personas[i]
	}
	return nil
}

// SigningKey returns the key that signs for a persona: the one that it names, by
// its ID or its algorithm, else the key of the settings.
func (s *Settings) SigningKey(p *Persona) (*auth.Key, error) {
	fits := func(key *auth.Key) bool {
		return key != nil && (p.Algorithm == "" || key.Algorithm() == p.Algorithm) && (p.Key == "" || key.ID() == p.Key)
	}
	if fits(s.Key) {
		return s.Key, nil
	}
	for _, key := range s.Keys {
		if fits(key) && key.CanSign() {
			return key, nil
		}
	}
	problem := &Problem{File: p.File, Line: p.Line, Column: p.Column, Name: p.Name}
	switch {
	case p.Key != "":
		problem.Text = "the persona " + p.Name + " signs with the key " + strconv.Quote(p.Key) + ", which is not configured"
		problem.Do = "name a file that has it in KEY_FILE, or with --key-file"
	case s.Key != nil:
		problem.Text = "the persona " + p.Name + " signs with " + string(p.Algorithm) + ", and the key is for " + string(s.Key.Algorithm())
		problem.Do = "take the algorithm out of the persona, or configure a key that fits"
	default:
		return nil, auth.ErrNoKey
	}
	return nil, problem
}

// maxPersonaName is the longest name of a persona, in characters.
const maxPersonaName = 64

// isPersonaName reports whether a name can be typed behind --persona and stands
// in a table as it is.
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
