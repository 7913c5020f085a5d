package plain

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"strings"

	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/oneof"
	"tokendesk/settings"
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
	// keyless says that the user goes on without a key, and first is a token that was pasted
	// instead of an answer.
	keyless bool
	first   string
}

// open opens the desk, and asks the user as long as it has no key.
func (o *opener) open(ctx context.Context) (*desk.Desk, error) {
	o.source.Watch = true
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
		if ok && locked.Asks == desk.KeyCommand {
			opened, err := o.runCommand(ctx, locked)
			if errors.Is(err, errLeave) {
				return nil, err
			}
			if problem = err; err == nil {
				d = opened
				continue
			}
			ok = false
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
		if d, err = o.withoutKey(ctx, d, problem); err != nil || o.keyless {
			return d, err
		}
	}
}

// choice is one way to a key. Its function returns the desk to continue with.
type choice struct {
	text string
	do   func() (*desk.Desk, error)
}

// withoutKey says why there is no key and does what the user chooses. It returns
// the desk to continue with.
func (o *opener) withoutKey(ctx context.Context, d *desk.Desk, problem error) (*desk.Desk, error) {
	o.explain(d, problem)
	choices := o.choices(ctx, d, problem)
	numbers := make([]string, len(choices))
	texts := make([]string, len(choices))
	for i, each := range choices {
		numbers[i] = strconv.Itoa(i + 1)
		texts[i] = numbers[i] + ": " + each.text + "."
	}
	o.sayf("%s", strings.Join(texts, " "))
	answer, err := o.ask(ctx, oneof.Or(numbers)+"> ")
	if errors.Is(err, errLeave) && !o.in.isTerminal() {
		advice := "fix the settings first"
		if problem == nil && !d.Settings().Found {
			advice = "run tokendesk init first, or set SECRET_KEY"
		}
		return nil, incomplete(ErrNoKey, advice)
	}
	if err != nil {
		return nil, err
	}
	if holdsToken(desk.Read(answer, find.MaxPasted)) {
		o.keyless, o.first = true, answer
		return d, nil
	}
	n, ok := numberUpTo(len(choices), cmp.Or(strings.TrimSpace(answer), "1"))
	if !ok {
		o.sayf("Type %s.", oneof.Or(numbers))
		return d.Reload(ctx), nil
	}
	return choices[n-1].do()
}

// numberUpTo reads a number from 1 to most.
func numberUpTo(most int, text string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return n, err == nil && n >= 1 && n <= most
}

// explain says why there is no key.
func (o *opener) explain(d *desk.Desk, problem error) {
	if problem != nil {
		o.tell("Problem", explain.Lines(problem)...)
		return
	}
	set := d.Settings()
	line := explain.NoKey(&set)
	if !set.Found || len(d.Nearby()) > 0 {
		line.Do = "" // the first choice is better
	}
	o.tell("Problem", line)
	o.tell("Note", explain.Instead(&set, nil)...)
}

// choices returns what the user can do without a key, the best first.
func (o *opener) choices(ctx context.Context, d *desk.Desk, problem error) []choice {
	var all []choice
	for _, near := range d.Nearby() {
		text := "use " + near.File + ", which has " + near.Name
		if near.Example {
			text = "use the example " + near.File + ", which has " + near.Name
		}
		all = append(all, choice{text, func() (*desk.Desk, error) { return o.use(ctx, d, near) }})
	}
	set := d.Settings()
	if problem == nil && !set.Found {
		all = append(all, choice{"create " + set.File + " with a fresh secret", func() (*desk.Desk, error) { return o.create(ctx, d), nil }})
	} else {
		all = append(all, choice{"read the settings again", func() (*desk.Desk, error) { return d.Reload(ctx), nil }})
	}
	if empty := set.Recognised.Empty; empty != "" && problem == nil {
		all = append(all, choice{
			"write a fresh secret into " + empty + " of " + set.File, func() (*desk.Desk, error) { return o.create(ctx, d), nil },
		})
	}
	return append(all,
		choice{"use a key for this run only", func() (*desk.Desk, error) { return d.WithThrowAway(ctx) }},
		choice{"go on without a key, to read tokens", func() (*desk.Desk, error) {
			o.keyless = true
			return d, nil
		}},
		choice{"quit", func() (*desk.Desk, error) { return nil, errLeave }})
}

// use returns the desk of another env file, or the old one after it has said what is wrong.
func (o *opener) use(ctx context.Context, d *desk.Desk, near settings.Near) (*desk.Desk, error) {
	other, err := o.change(ctx, d, settings.Profile{Name: settings.ProfileName(near.File), File: near.File})
	if err == nil {
		return other, nil
	}
	if reason := ended(ctx, err); reason != nil {
		return nil, reason
	}
	if !errors.Is(err, errLeave) && !errors.Is(err, ErrNoKey) && o.refused(err) {
		return d.Reload(ctx), nil
	}
	return nil, err
}

// change returns the desk of another profile, and asks for what it needs first.
func (o *opener) change(ctx context.Context, d *desk.Desk, to settings.Profile) (*desk.Desk, error) {
	other, err := d.Switch(ctx, to)
	locked, ok := errors.AsType[*desk.Locked](err)
	if !ok {
		return other, err
	}
	if d, err = o.unlock(ctx, locked); err != nil {
		return nil, err
	}
	return d.Switch(ctx, to)
}

// create writes the settings file. If that fails, it reads the settings again.
func (o *opener) create(ctx context.Context, d *desk.Desk) *desk.Desk {
	with, created, err := d.Create(ctx)
	if o.refused(err) {
		return d.Reload(ctx)
	}
	what := created.Path + " with a fresh secret"
	if created.Name != "" && created.Name != "SECRET_KEY" {
		what += " in " + created.Name
	}
	o.sayf("Wrote %s.", what)
	return with
}

// unlock asks for what the desk needs first and returns the desk that has it. The error says
// what is wrong without it.
func (o *opener) unlock(ctx context.Context, locked *desk.Locked) (*desk.Desk, error) {
	switch locked.Asks {
	case desk.SecretName:
		return o.chooseName(ctx, locked)
	case desk.KeyCommand:
		return o.runCommand(ctx, locked)
	default:
		return o.decrypt(locked)
	}
}

// runCommand runs the program that prints the key, if the user has agreed to that.
func (o *opener) runCommand(ctx context.Context, locked *desk.Locked) (*desk.Desk, error) {
	if locked.Trusted {
		return locked.Answer("")
	}
	o.tell("Question", explain.Command(locked.Command))
	answer, err := o.ask(ctx, "type yes to run it now and whenever the key is needed> ")
	if errors.Is(err, errLeave) && !o.in.isTerminal() {
		return nil, incomplete(ErrNoKey, "run tokendesk trust first")
	}
	if err != nil {
		return nil, err
	}
	return locked.Answer(strings.TrimSpace(answer))
}

// chooseName lists the names that may be the secret's and asks for the number of one.
func (o *opener) chooseName(ctx context.Context, locked *desk.Locked) (*desk.Desk, error) {
	o.tell("Problem", explain.Lines(locked)...)
	o.listNames(locked)
	for {
		answer, err := o.ask(ctx, "the number of the secret> ")
		if errors.Is(err, errLeave) && !o.in.isTerminal() {
			return nil, incomplete(ErrNoKey, "set SECRET_KEY_NAME, or use --secret-from")
		}
		if err != nil {
			return nil, err
		}
		n, ok := numberUpTo(len(locked.Choices), answer)
		if !ok {
			o.sayf("Type a number from 1 to %d.", len(locked.Choices))
			continue
		}
		return locked.Answer(locked.Choices[n-1].Name)
	}
}

func (o *opener) listNames(locked *desk.Locked) {
	for i, each := range locked.Choices {
		o.sayf("%d: %s.", i+1, each.Name)
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
