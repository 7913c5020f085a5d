package settings

import (
	"errors"
	"fmt"
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

	// Encrypted says that a passphrase would help which somebody could be asked for.
	Encrypted bool

	missing bool  // there is no such file
	cause   error // what is behind it, where somebody may look for that
}

// Error returns one sentence: where, what, and what to do. It quotes no value.
func (p *Problem) Error() string { return sentence(p.File, p.Line, p.Column, p.Text, p.Do) }

// Unwrap returns the error behind the problem, or nil.
func (p *Problem) Unwrap() error { return p.cause }

// Encrypted reports whether there is nothing wrong with the settings but that the
// passphrase of a key is missing, or is another one.
func Encrypted(err error) bool {
	problems, ok := errors.AsType[Problems](err)
	return ok && len(problems) == 1 && problems[0].Encrypted
}

// Problems is everything that is wrong, in the order of the lines.
type Problems []*Problem

// Error returns the sentences, one a line.
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

// Warning is something that works and should not stay as it is: somebody else
// may get at the key, or an API may refuse the tokens.
type Warning struct {
	File string
	Line int
	Name string
	Text string
	Do   string

	// Severe says that the key may be in other hands, or that it may not be the
	// key that the API has.
	Severe bool
}

// String returns one sentence: where, what, and what to do. It quotes no value.
func (w Warning) String() string { return sentence(w.File, w.Line, 0, w.Text, w.Do) }

func sentence(file string, line, column int, text, do string) string {
	where := file
	if line > 0 {
		where = fmt.Sprintf("%s:%d", file, line)
	}
	if column > 0 {
		where = fmt.Sprintf("%s:%d", where, column)
	}
	if do != "" {
		do = "; " + do
	}
	return where + ": " + text + do
}
