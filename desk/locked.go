package desk

import (
	"context"
	"errors"
	"strings"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/settings/project"
)

// Question is what a [Locked] wants to know.
type Question int

// The questions.
const (
	// ProfileName is the name of a protected profile. It is asked once for a Desk.
	ProfileName Question = iota + 1
	// Passphrase is the passphrase of a private key. The answer must not be shown.
	Passphrase
	// SecretName is the name of the secret, one of several.
	SecretName
	// KeyCommand is whether to run the program that prints the key. The answer is [Yes],
	// unless the user has agreed to that before. It is slow.
	KeyCommand
)

// Yes is the answer that allows to run a program.
const Yes = "yes"

// Locked says that the user must be asked something first.
type Locked struct {
	Asks    Question
	Profile string // whose name or key the question is about
	Text    string // the question in a sentence
	// Answer returns the unlocked Desk, with which to try again, or an error that says
	// why the answer is wrong. With a passphrase it is slow.
	Answer func(text string) (*Desk, error)
	// Choices are the names to choose from, the best first, and Keep is Answer that also writes
	// the answer into the settings file. Only [SecretName] has them.
	Choices []project.Candidate
	Keep    func(text string) (*Desk, error)
	// Command is the program, and Trusted says that the user has agreed to run it before. Only
	// [KeyCommand] has them.
	Command *settings.Command
	Trusted bool

	problem error
}

// Error says what the user must be asked.
func (e *Locked) Error() string {
	if e.problem != nil {
		return e.problem.Error()
	}
	return "the profile is protected and its name was not typed"
}

// Unwrap returns the problem of the settings without the passphrase, or nil.
func (e *Locked) Unwrap() error { return e.problem }

// With returns the Desk with the passphrase that ask returns. If ask has none
// ([auth.ErrEncrypted]) or a wrong one, or something else is wrong with the Desk, the
// error is the problem that is left.
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

// As makes package explain describe the answer instead of the problem.
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
		Text: "type " + name + " to sign with its key; you will not be asked again until you change the profile",
		Answer: func(text string) (*Desk, error) {
			if text != d.settings.Profile && strings.TrimSpace(text) != name {
				return nil, explain.Line{Tone: explain.Bad, Text: "the name is wrong, so nothing was signed", Do: "type " + name}
			}
			out := *d
			out.allowed, out.stopped = true, time.Time{} // the question came up at an instant that has passed
			return &out, nil
		},
	}
}

// lockedByPassphrase asks for the passphrase of the Desk's own key.
func lockedByPassphrase(d *Desk, problem error) *Locked {
	return askPassphrase(d, problem, func(opened *Desk) *Desk { return opened })
}

// lockedByOther asks for the passphrase of the key of another profile, or for the name of its
// secret. The answer returns d with it, so that the change of the profile can be tried again.
func lockedByOther(d, other *Desk) *Locked {
	if locked, ok := errors.AsType[*Locked](other.problem); ok && locked.Asks != Passphrase {
		return choosing(locked, func(opened *Desk) *Desk {
			out := *d
			out.answers = opened.answers
			return &out
		})
	}
	return askPassphrase(other, errors.Unwrap(other.problem), func(opened *Desk) *Desk {
		out := *d
		out.answers = opened.answers
		return &out
	})
}

// askPassphrase asks for the passphrase that opens the Desk. answer makes the result
// from the opened Desk.
func askPassphrase(d *Desk, problem error, answer func(*Desk) *Desk) *Locked {
	return &Locked{
		Asks: Passphrase, Profile: d.settings.Profile, problem: problem,
		Text: "the private key is encrypted; your passphrase is kept for this run and never written to a file",
		Answer: func(text string) (*Desk, error) {
			given := d.answers
			given.passphrase = []byte(text)
			opened := open(context.Background(), d.from, d.file, given)
			if locked, still := errors.AsType[*Locked](opened.problem); still {
				why := explain.Line{Tone: explain.Bad, Text: "this passphrase does not decrypt the key", Do: "try another"}
				if text == "" {
					why.Text, why.Do = "type the passphrase", ""
				}
				return nil, &wrongAnswer{why, locked.problem}
			}
			return answer(opened), nil
		},
	}
}

// lockedByChoice asks for the name of the secret.
func lockedByChoice(d *Desk, problem error) *Locked {
	found := d.settings.Recognised
	answer := func(name string) (*Desk, error) { return openNamed(d, name) }
	return askName(d, &Locked{problem: problem, Text: found.Why, Choices: found.Ask}, answer)
}

// OtherSecrets returns the question for another secret of the Desk's settings file, or nil if the
// key is not from there or there is no other.
func OtherSecrets(d *Desk) *Locked {
	found := &d.settings.Recognised
	if found.Chosen == nil || len(found.Others) == 0 || d.settings.KeyName != found.Chosen.Name || d.ThrowAway() {
		return nil
	}
	text := visible.Text(found.Chosen.Name) + " signs now"
	return askName(d, &Locked{Text: text, Choices: found.Others}, func(name string) (*Desk, error) {
		other, err := openNamed(d, name)
		if err != nil {
			return nil, err
		}
		return other, other.problem
	})
}

// openNamed returns the Desk with the secret of that name.
func openNamed(d *Desk, name string) (*Desk, error) {
	if d.settings.Recognised.Find(name) == nil {
		return nil, explain.Line{Tone: explain.Bad, Text: "that is not one of the names", Do: "choose one of them"}
	}
	given := d.answers
	given.names = with(given.names, d.file, name)
	return open(context.Background(), d.from, d.file, given), nil
}

// askName completes the question for the name of the secret.
func askName(d *Desk, l *Locked, answer func(name string) (*Desk, error)) *Locked {
	l.Asks, l.Profile, l.Answer = SecretName, d.settings.Profile, answer
	l.Keep = func(name string) (*Desk, error) {
		if err := d.from.KeepName(d.file, name); err != nil {
			return nil, err
		}
		return answer(name)
	}
	return l
}

// choosing returns the question with an answer made from the Desk that the question opens.
func choosing(l *Locked, answer func(*Desk) *Desk) *Locked {
	through := func(ask func(string) (*Desk, error)) func(string) (*Desk, error) {
		return func(name string) (*Desk, error) {
			opened, err := ask(name)
			if err != nil {
				return nil, err
			}
			return answer(opened), nil
		}
	}
	out := *l
	out.Answer, out.Keep = through(l.Answer), through(l.Keep)
	return &out
}
