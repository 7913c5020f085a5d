package desk

import (
	"context"
	"errors"
	"strings"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/visible"
)

// Question is what a [Locked] wants to know.
type Question int

// The questions.
const (
	// ProfileName is the name of a protected profile. It is asked once for a Desk.
	ProfileName Question = iota + 1
	// Passphrase is that of a private key. What is typed is not to be shown.
	Passphrase
)

// Locked is the error of what cannot be done before something was asked.
type Locked struct {
	Asks    Question
	Profile string // whose name, or whose key
	Text    string // the question in a sentence
	// Answer returns the Desk that knows the answer, with which the same is to be
	// done again, or an error that says why it is not the right one. With a
	// passphrase it takes its time.
	Answer func(text string) (*Desk, error)

	problem error
}

// Error says what is missing.
func (e *Locked) Error() string {
	if e.problem != nil {
		return e.problem.Error()
	}
	return "the profile is protected, and its name was not typed"
}

// Unwrap returns what is wrong with the settings as long as there is no
// passphrase, or nil.
func (e *Locked) Unwrap() error { return e.problem }

// With returns the Desk with the passphrase that ask returns. Where ask has none
// ([auth.ErrEncrypted]) or not the right one, the error is the problem that is left,
// and so it is when the Desk has another one.
func (e *Locked) With(ask func() ([]byte, error)) (*Desk, error) {
	passphrase, err := ask()
	if errors.Is(err, auth.ErrEncrypted) {
		return nil, e
	}
	if err != nil {
		return nil, err
	}
	d, err := e.Answer(string(passphrase))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	return d, d.problem
}

// wrongAnswer says what is wrong with an answer, and wraps the problem that is left.
type wrongAnswer struct {
	explain.Line

	problem error
}

func (e *wrongAnswer) Unwrap() error { return e.problem }

// As has package explain say what is wrong with the answer, not the problem.
func (e *wrongAnswer) As(target any) bool {
	line, ok := target.(*explain.Line)
	if ok {
		*line = e.Line
	}
	return ok
}

// lockedByName asks for the name of the profile.
func lockedByName(d *Desk) *Locked {
	name := visible.Text(d.settings.Profile)
	return &Locked{
		Asks: ProfileName, Profile: d.settings.Profile,
		Text: "type " + name + " to sign with its key; you are asked once, until you change the profile",
		Answer: func(text string) (*Desk, error) {
			if text != d.settings.Profile && strings.TrimSpace(text) != name {
				return nil, explain.Line{Tone: explain.Bad, Text: "the name is wrong, so nothing was signed", Do: "type " + name}
			}
			out := *d
			out.allowed = true
			return &out, nil
		},
	}
}

// lockedByPassphrase asks for the passphrase of the Desk's own key.
func lockedByPassphrase(d *Desk, problem error) *Locked {
	return askPassphrase(d, problem, func(opened *Desk) *Desk { return opened })
}

// lockedByOther asks for the passphrase of the key of another profile, which is
// to be changed to again afterwards.
func lockedByOther(d, other *Desk) *Locked {
	return askPassphrase(other, errors.Unwrap(other.problem), func(opened *Desk) *Desk {
		out := *d
		out.passphrase = opened.passphrase
		return &out
	})
}

// askPassphrase asks for the passphrase with which the Desk can be opened. From
// the one that was opened so the answer is made.
func askPassphrase(d *Desk, problem error, answer func(*Desk) *Desk) *Locked {
	return &Locked{
		Asks: Passphrase, Profile: d.settings.Profile, problem: problem,
		Text: "the private key is encrypted; what you type is kept for this run and written nowhere",
		Answer: func(text string) (*Desk, error) {
			opened := open(context.Background(), d.from, d.file, []byte(text))
			if locked, still := errors.AsType[*Locked](opened.problem); still {
				why := explain.Line{Tone: explain.Bad, Text: "this passphrase does not decrypt the key", Do: "type another one"}
				if text == "" {
					why.Text, why.Do = "type the passphrase", ""
				}
				return nil, &wrongAnswer{why, locked.problem}
			}
			return answer(opened), nil
		},
	}
}
