package project

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"tokendesk/auth"
)

// Candidate is a name that may be the secret's, and its value.
type Candidate struct {
	Name  string
	Line  int // 0 if it is only in the environment
	Class Class
	// Also are other names with the same value.
	Also  []string
	Value Value
	// Proof is the name of a token in the file that it verifies, or empty.
	Proof string
	// Reason says in a clause why it is likely or not.
	Reason string

	text  Hidden // the value
	words []string
	unfit bool
}

// secretKey is our own name for the secret.
const secretKey = "SECRET_KEY"

// named returns the candidate that the user chose, or nil if nothing sets it.
func (f *file) named() *Candidate {
	e := f.entry(f.in.Named)
	if e == nil {
		value, ok := f.in.Lookup(f.in.Named)
		if !ok || value == "" {
			return nil
		}
		e = &entry{name: f.in.Named, value: value, raw: value, words: words(f.in.Named)}
		e.class = ClassOf(e.name)
	}
	c := f.candidate(e)
	c.Reason = "it was chosen by its name"
	return &c
}

func (f *file) candidate(e *entry) Candidate {
	return Candidate{
		Name: e.name, Line: e.line, Class: e.class, Value: f.read(e), Reason: e.reason(),
		text: hide([]byte(strings.TrimSpace(e.value))), words: e.words,
	}
}

// reason says why a candidate is likely or not.
func (e *entry) reason() string {
	switch e.class {
	case Own:
		return "it is Tokendesk's own name for the secret"
	case Signs:
		return "its name says that it signs tokens"
	case Other:
		return "its name says that it is for other tokens"
	default:
		return "some projects sign tokens with a secret of that name"
	}
}

// candidates returns those whose value can be a key, the best first, and notes the others.
func (f *file) candidates(r *Recognition) []Candidate {
	var all []Candidate
	for _, e := range f.entries {
		switch e.class {
		case Own:
			if e.name != secretKey {
				continue
			}
		case Signs, Maybe, Other:
		default:
			continue
		}
		c := f.candidate(e)
		if c.public() {
			e.class = Verifies
			continue
		}
		if why := f.unusable(e, c); why.Text != "" {
			if c.Value.Form == Empty && e.secret() && (r.Empty == "" || r.Empty == secretKey) {
				r.Empty = e.name
			}
			if e.class != Own { // its problem is reported where it is read
				why.Name, why.Line = e.name, e.line
				r.Passed = append(r.Passed, why)
				if e.class == Signs && c.Value.Form != KeyURL {
					r.Unusable = append(r.Unusable, why)
				}
			}
			continue
		}
		all = append(all, c)
	}
	all = f.environmentSecret(all)
	all = unite(all)
	f.prove(all)
	f.fit(all)
	slices.SortStableFunc(all, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.special(), b.special()))
	})
	return all
}

// secret reports whether the name is that of an HMAC secret that signs.
func (e *entry) secret() bool {
	return (e.class == Signs || e.class == Own) && !e.path && !e.plural && !slices.Contains(e.words, "PRIVATE")
}

// public reports whether the value is a key that verifies and cannot sign.
func (c *Candidate) public() bool {
	if c.Value.Form != Keys {
		return false
	}
	keys, err := auth.ParseKeys(c.Value.Data.Reveal(), c.Value.Algorithm)
	return err == nil && !slices.ContainsFunc(keys, (*auth.Key).CanSign)
}

// environmentSecret adds a SECRET_KEY that only the environment has.
func (f *file) environmentSecret(all []Candidate) []Candidate {
	value, ok := f.in.Lookup(secretKey)
	if !ok || value == "" || f.entry(secretKey) != nil {
		return all
	}
	e := &entry{name: secretKey, value: value, raw: value, words: words(secretKey), class: Own}
	if c := f.candidate(e); f.unusable(e, c).Text == "" {
		all = append(all, c)
	}
	return all
}

// unusable says why the value of a name is no key. Its text is empty if it may be one.
func (f *file) unusable(e *entry, c Candidate) Note {
	private := e.class == Maybe && slices.Contains(e.words, "PRIVATE")
	switch form := c.Value.Form; {
	case form == Reference && strings.Contains(e.raw, "$("):
		return Note{Text: e.name + " is a command, which is not run", Do: "write the secret itself"}
	case form == Reference && hasDefault(e):
		return Note{Text: e.name + " is " + c.Value.What, Do: "write the secret itself"}
	case private && form == Secret, e.plural && form == Secret:
		return Note{Text: e.name + " is no key in PEM or JWK"}
	}
	return c.Value.Problem(e.name)
}

// unite makes one candidate of those with the same value. The best name stays.
func unite(all []Candidate) []Candidate {
	var out []Candidate
	for _, c := range all {
		n := slices.IndexFunc(out, func(o Candidate) bool { return bytes.Equal(o.text.Reveal(), c.text.Reveal()) })
		switch {
		case n < 0:
			out = append(out, c)
		case out[n].Class != Own && (c.Class == Own || c.rank() < out[n].rank()):
			c.Also = append(append(c.Also, out[n].Name), out[n].Also...)
			out[n] = c
		default:
			out[n].Also = append(out[n].Also, c.Name)
		}
	}
	return out
}

// rank orders candidates, the best first.
func (c *Candidate) rank() int {
	switch {
	case c.Proof != "":
		return 0
	case c.unfit:
		return 4
	case c.speaks():
		return 2
	default:
		return map[Class]int{Signs: 1, Own: 3, Maybe: 5, Other: 6}[c.Class]
	}
}

// special returns how many words of the name are for something special, such as a widget.
func (c *Candidate) special() int {
	n := 0
	for _, word := range c.words {
		if c.Class == Signs && !inSet("JWT ACCESS AUTH TOKEN SECRET KEY SIGNING PRIVATE USER API APP", word) {
			n++
		}
	}
	return n
}

// speaks reports whether the name of a Maybe says so much that SECRET_KEY with another value may
// be the wrong one: Simple JWT has a SIGNING_KEY of its own.
func (c *Candidate) speaks() bool {
	return c.Class == Maybe && slices.ContainsFunc(c.words, func(word string) bool { return inSet("SIGNING SIGN HMAC TOKEN SYMMETRIC", word) })
}

// fit marks the candidates that cannot be for the algorithm that the file names.
func (f *file) fit(all []Candidate) {
	alg := f.in.Algorithm
	if alg == "" {
		alg = algorithmOf(finder{f, nil}.fact(algorithmNames).Value)
	}
	for i := range all {
		c := &all[i]
		if alg == "" || c.Value.Algorithm != "" || c.Proof != "" {
			continue
		}
		if hmac := alg.MinSecretBytes() > 0; hmac && c.Value.pair() || !hmac && c.Value.Form == Secret {
			c.unfit = true
			c.Reason = "it is no key for " + string(alg) + ", the algorithm of the project"
		}
	}
}
