package settings

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Problem is one thing that is wrong with the settings.
type Problem struct {
	File string // or "environment"
	Line int    // from 1; 0 when the whole file or a variable is meant
	Name string // the setting, if one is meant
	Text string // what is wrong
	Do   string // what to do

	Column int // in characters, from 1; 0 when the whole line is meant

	// Encrypted says that only the passphrase of a key is missing or wrong, and that
	// the user can be asked for it.
	Encrypted bool

	// Choice says that nothing is wrong but that the user must choose the name of the secret.
	Choice bool

	missing bool  // there is no such file
	cause   error // for [errors.Is] and [errors.As], or nil
}

// Error returns one sentence that says where the problem is, what is wrong and what
// to do. It quotes no value.
func (p *Problem) Error() string { return sentence(p.Place(), p.Text, p.Do) }

// Place returns where the problem is: the file, the line and the column.
func (p *Problem) Place() string { return place(p.File, p.Line, p.Column) }

// Unwrap returns the cause of the problem, or nil.
func (p *Problem) Unwrap() error { return p.cause }

// Encrypted reports whether the only problem is that the passphrase of a key is
// missing or wrong.
func Encrypted(err error) bool {
	problems, ok := errors.AsType[Problems](err)
	return ok && len(problems) == 1 && problems[0].Encrypted
}

// Undecided reports whether the only problem is that the user must choose the name of the
// secret.
func Undecided(err error) bool {
	problems, ok := errors.AsType[Problems](err)
	return ok && !slices.ContainsFunc(problems, func(p *Problem) bool { return !p.Choice })
}

// Notice says what was recognised in the settings file and used.
type Notice struct {
	Name string // the name that it is about
	Text string
	Do   string
}

// String returns the notice as one sentence. It quotes no value of a secret.
func (n Notice) String() string {
	if n.Do == "" {
		return n.Text
	}
	return n.Text + "; " + n.Do
}

// Problems lists everything that is wrong with the settings, in the order of their
// lines.
type Problems []*Problem

// Error returns the sentences of the problems, one per line.
func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, problem := range p {
		texts[i] = problem.Error()
	}
	return strings.Join(texts, "\n")
}

// Unwrap returns the problems one by one.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i, problem := range p {
		errs[i] = problem
	}
	return errs
}

// Warning is about a setting that works but should not stay as it is: somebody else
// may get hold of the key, or an API may refuse the tokens.
type Warning struct {
	File string
	Line int
	Name string
	Text string
	Do   string

	// Severe says that somebody else may have the key, or that the API may have a
	// different one. Weak says that the secret is weak.
	Severe, Weak bool

	Source  string // a section of a standard, or empty
	Persona string // that it is about, or empty
}

// String returns one sentence that says where the setting is, what is wrong with it
// and what to do. It quotes no value.
func (w Warning) String() string { return sentence(w.Place(), w.Text, w.Do) }

// Place returns where the setting is: the file and the line.
func (w Warning) Place() string { return place(w.File, w.Line, 0) }

// place writes a place in a file, without the line and the column if they are 0.
func place(file string, line, column int) string {
	if line > 0 {
		file += ":" + strconv.Itoa(line)
	}
	if column > 0 {
		file += ":" + strconv.Itoa(column)
	}
	return file
}

func sentence(where, text, do string) string {
	if do != "" {
		do = "; " + do
	}
	return where + ": " + text + do
}
