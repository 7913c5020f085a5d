// Package project recognises what other frameworks call the secret, lifetime, algorithm,
// issuer, audience and title in an env file.
//
// [Recognise] takes the assignments of a file and returns a [Recognition]: the secret that
// signs or the ones to ask about, what was passed over and why, and the other facts with the
// names that they come from. The names are rows of tables, by their words: JWT_SECRET,
// jwt.secret and Jwt__Secret are the same two words.
//
// The package reads no file and no environment. No sentence that it returns quotes a value.
package project

import (
	"slices"

	"tokendesk/auth"
)

// Assignment is one assignment of an env file.
type Assignment struct {
	Name, Value string
	// Raw is the value as it is written, before variables in it are expanded.
	Raw  string
	Line int // from 1
}

// Input is what [Recognise] looks at.
type Input struct {
	// Assignments are those of the file in their order.
	Assignments []Assignment
	// Lookup reads the process environment. A variable replaces the value of an assignment
	// with its name.
	Lookup func(name string) (string, bool)
	// Profile is the name of the file as a profile, and Protected says that nothing may be
	// signed in it before the user has agreed.
	Profile   string
	Protected bool
	// Named is the name that the user chose, or empty. It decides.
	Named string
	// Decided says that the key is already known, so that only the other facts are looked for.
	Decided bool
	// Algorithm is the one that the user chose, or empty.
	Algorithm auth.Algorithm
}

// Recognition is what was recognised in a file.
type Recognition struct {
	// Chosen signs. It is nil if there is no candidate, and if there are some to Ask about.
	Chosen *Candidate
	// Ask are the candidates that the user must choose from, the best first, and Why says
	// why none of them was chosen.
	Ask []Candidate
	Why string
	// Others are candidates that can be chosen instead of Chosen.
	Others []Candidate
	// Unusable are names of the class [Signs] whose value is no key. They are among Passed too.
	Unusable []Note
	// Empty is a name for an HMAC secret that the file has without a value, or empty.
	Empty string
	// Explained are secrets of a framework that signs no JSON Web Token with them.
	Explained []Note
	// Passed are the names that look like secrets or keys and were passed over.
	Passed []Note
	// Tokens are those in the file that the chosen secret verifies, such as Supabase's ANON_KEY.
	Tokens []Verified
	// Published are the places where an issuer publishes keys, for verifying.
	Published []Published

	Lifetime       Lifetime
	Algorithm      Fact // Value is an algorithm
	Issuer         Fact
	Audience       Fact // Values
	KeyID          Fact
	Passphrase     Fact // without a value; Unlock has it
	Unlock         Hidden
	Title, Version Fact
	// Unused are names of facts whose value was not used.
	Unused []Note
}

// Fact is the value of an assignment that was recognised. The zero value is none.
type Fact struct {
	Name   string
	Line   int
	Value  string
	Values []string
}

// Note says something about a name.
type Note struct {
	Name string
	Line int
	Text string // a sentence with the name
	Why  string // why the name was passed over, as a clause that others may share, or empty
	Do   string // what to do, or empty
	// Lifetime says that it is about a lifetime that is not used.
	Lifetime bool
}

// Verified is an assignment whose value is a token that the chosen secret verifies.
type Verified struct {
	Name    string
	Line    int
	Compact Hidden
}

// Published is an assignment that names an issuer or its keys.
type Published struct {
	Name string
	Line int
	URL  string
}

// Recognise recognises the names in the file.
func Recognise(in Input) Recognition {
	f := readFile(in)
	var r Recognition
	if !in.Decided {
		r = f.choose()
		if r.Chosen == nil && len(r.Ask) == 0 {
			r.Published = f.published()
		}
	}
	facts(f, &r)
	return r
}

// Names returns every candidate, the one that was chosen first.
func (r *Recognition) Names() []Candidate {
	var all []Candidate
	if r.Chosen != nil {
		all = append(all, *r.Chosen)
	}
	return slices.Concat(all, r.Ask, r.Others)
}

// Signs returns the best name that says that it signs tokens, or nothing.
func (r *Recognition) Signs() string {
	for _, c := range r.Names() {
		if c.Class == Signs {
			return c.Name
		}
	}
	return ""
}

// Find returns the candidate with that name, or nil.
func (r *Recognition) Find(name string) *Candidate {
	all := r.Names()
	if n := slices.IndexFunc(all, func(c Candidate) bool { return c.Name == name }); n >= 0 {
		return &all[n]
	}
	return nil
}
