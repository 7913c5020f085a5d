package plain

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
)

// ErrNoKey is the error of a console whose input, a file or a pipe, ended before
// there was a key. The one that Run returns has advice.
var ErrNoKey = errors.New("the input ended before there was a key, so nothing was done")

// incompleteError is why the input was not enough, with what to do about it.
type incompleteError struct {
	explain.Line

	kind error
}

func incomplete(kind error, advice string) error {
	return incompleteError{explain.Line{Tone: explain.Bad, Text: kind.Error(), Do: advice}, kind}
}

func (e incompleteError) Unwrap() []error { return []error{e.kind, e.Line} }

// opener opens a desk with the user's help.
type opener struct {
	dialogue

	source     desk.Source
	passphrase func() ([]byte, error) // nil when there is nobody to ask
}

// open opens the desk, and asks the user as long as it has no key.
func (o *opener) open(ctx context.Context) (*desk.Desk, error) {
	d := desk.Open(ctx, o.source)
	for {
		problem := d.Problem()
		locked, ok := errors.AsType[*desk.Locked](problem)
		if ok && locked.Asks == desk.SecretName {
			var err error
			if d, err = o.chooseName(ctx, locked); err != nil {
				return nil, err
			}
			continue
		}
		if ok {
			var opened *desk.Desk
			if opened, problem = o.decrypt(locked); opened != nil {
				d = opened
			}
		}
		if err := ended(ctx, problem); err != nil {
			return nil, err
		}
		if problem == nil && d.Key() != nil {
			return d, nil
		}
		var err error
		if d, err = o.withoutKey(ctx, d, problem); err != nil {
			return nil, err
		}
	}
}

// withoutKey says why there is no key and does what the user chooses. It returns
// the desk to continue with.
func (o *opener) withoutKey(ctx context.Context, d *desk.Desk, problem error) (*desk.Desk, error) {
	set := d.Settings()
	create, first, advice := problem == nil && !set.Found, "read the settings again", "fix the settings first"
	if create {
		first, advice = "create "+set.File+" with a fresh secret", "run tokendesk init first, or set SECRET_KEY"
	}
	lines := explain.Lines(problem)
	if problem == nil {
		line := explain.NoKey(&set)
		if create {
			line.Do = "" // the first choice is better
		}
		lines = append(lines, line)
	}
	o.tell("Problem", lines...)
	o.sayf("1: %s. 2: use a key for this run only. 3: quit.", first)
	answer, err := o.ask(ctx, "1, 2 or 3> ")
	if errors.Is(err, errLeave) && !o.in.isTerminal() {
		return nil, incomplete(ErrNoKey, advice)
	}
	if err != nil {
		return nil, err
	}
	switch strings.TrimSpace(answer) {
	case "", "1":
		if create {
			return o.create(ctx, d), nil
		}
	case "2":
		return d.WithThrowAway(ctx)
	case "3":
		return nil, errLeave
	default:
		o.sayf("Type 1, 2 or 3.")
	}
	return d.Reload(ctx), nil
}

// create writes the settings file. If that fails, it reads the settings again.
func (o *opener) create(ctx context.Context, d *desk.Desk) *desk.Desk {
	with, created, err := d.Create(ctx)
	if o.refused(err) {
		return d.Reload(ctx)
	}
	o.sayf("Wrote %s with a fresh secret.", created.Path)
	return with
}

// unlock asks for what the desk needs first and returns the desk that has it. The error says
// what is wrong without it.
func (o *opener) unlock(ctx context.Context, locked *desk.Locked) (*desk.Desk, error) {
	if locked.Asks == desk.SecretName {
		return o.chooseName(ctx, locked)
	}
	return o.decrypt(locked)
}

// chooseName lists the names that may be the secret's and asks for the number of one.
func (o *opener) chooseName(ctx context.Context, locked *desk.Locked) (*desk.Desk, error) {
	o.tell("Problem", explain.Lines(locked)...)
	for i, choice := range locked.Choices {
		o.sayf("%d: %s.", i+1, choice.Name)
	}
	for {
		answer, err := o.ask(ctx, "the number of the secret> ")
		if errors.Is(err, errLeave) && !o.in.isTerminal() {
			return nil, incomplete(ErrNoKey, "set SECRET_KEY_NAME, or use --secret-from")
		}
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(strings.TrimSpace(answer))
		if err != nil || n < 1 || n > len(locked.Choices) {
			o.sayf("Type a number from 1 to %d.", len(locked.Choices))
			continue
		}
		return locked.Answer(locked.Choices[n-1].Name)
	}
}

// decrypt asks for the passphrase of the key and returns the desk that knows it.
// The error says what is still wrong.
func (o *opener) decrypt(locked *desk.Locked) (*desk.Desk, error) {
	if o.passphrase == nil {
		return nil, locked
	}
	return locked.With(o.passphrase)
}
