package plain

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tokendesk/auth"
	"tokendesk/desk"
)

// ErrNoKey is the error of a console whose input, a file or a pipe, ended before
// there was a key. The one that is returned also says what to do.
var ErrNoKey = errors.New("the input ended before there was a key, so nothing was done")

// open opens the desk, and asks what to do as long as it has no key.
func (c *console) open(ctx context.Context) error {
	d := desk.Open(ctx, c.cfg.Source)
	for {
		problem := d.Problem()
		if locked, ok := errors.AsType[*desk.Locked](problem); ok {
			opened, err := c.decrypt(locked)
			if problem = err; err == nil {
				d, problem = opened, opened.Problem()
			}
		}
		if err := ended(ctx, problem); err != nil {
			return err
		}
		if problem == nil && d.Key() != nil {
			c.use(d)
			c.lifetime = usualLifetime(d)
			return nil
		}
		var err error
		if d, err = c.withoutKey(ctx, d, problem); err != nil {
			return err
		}
	}
}

// withoutKey says why there is no key and does what the user chooses. It returns
// the desk to go on with.
func (c *console) withoutKey(ctx context.Context, d *desk.Desk, problem error) (*desk.Desk, error) {
	file, found := d.Settings().File, d.Settings().Found
	create := problem == nil && !found
	switch {
	case problem != nil:
		c.problems(problem)
	case found:
		c.sayf("%s has no SECRET_KEY: add one in an editor.", file)
	default:
		c.sayf("There is no key yet: tokens are signed with the SECRET_KEY of %s, which is not here.", file)
	}
	if create {
		c.sayf("1: create %s here with a fresh secret. 2: use a key for this run only. 3: quit.", file)
	} else {
		c.sayf("1: read the settings again. 2: use a key for this run only. 3: quit.")
	}
	answer, err := c.ask(ctx, "1, 2 or 3> ")
	if errors.Is(err, errLeave) && !c.in.isTerminal() {
		if create {
			return nil, fmt.Errorf("%w: run tokendesk init first, or set SECRET_KEY", ErrNoKey)
		}
		return nil, fmt.Errorf("%w: put right what is wrong with the settings first", ErrNoKey)
	}
	if err != nil {
		return nil, err
	}
	switch strings.TrimSpace(answer) {
	case "", "1":
		if create {
			return c.create(ctx, d), nil
		}
	case "2":
		return d.WithThrowAway(ctx)
	case "3":
		return nil, errLeave
	default:
		c.sayf("Type 1, 2 or 3.")
	}
	return d.Reload(ctx), nil
}

// create writes the settings file. When that fails the settings are read again.
func (c *console) create(ctx context.Context, d *desk.Desk) *desk.Desk {
	with, created, err := d.Create(ctx)
	if c.refused(err) {
		return d.Reload(ctx)
	}
	c.sayf("Wrote %s with a fresh secret.", created.Path)
	return with
}

// decrypt returns the desk with the passphrase of its key, which is asked for.
// The error is what is wrong without it.
func (c *console) decrypt(locked *desk.Locked) (*desk.Desk, error) {
	if c.cfg.Passphrase == nil {
		return nil, locked
	}
	passphrase, err := c.cfg.Passphrase()
	switch {
	case errors.Is(err, auth.ErrEncrypted):
		return nil, locked
	case err != nil:
		return nil, err
	}
	d, err := locked.Answer(string(passphrase))
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	return d, nil
}
