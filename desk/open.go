package desk

import (
	"cmp"
	"context"
	"errors"
	"io"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/settings"
)

// Open reads the settings and the key of a source. There is always a Desk: what
// is wrong is its [Desk.Problem], and it has whatever was right.
func Open(ctx context.Context, from Source) *Desk {
	return open(ctx, from.withDefaults(), cmp.Or(from.File, settings.DefaultFile), nil)
}

// open reads the settings of a file with a passphrase, which may be nil. Where
// that is missing or another one, the problem is a *Locked.
func open(ctx context.Context, from Source, file string, passphrase []byte) *Desk {
	asked := false
	set, err := from.load(file, func() ([]byte, error) {
		asked = true
		if passphrase == nil {
			return nil, auth.ErrEncrypted
		}
		return passphrase, nil
	})
	if err == nil {
		err = ctx.Err()
	}
	d := newDesk(from, file, set)
	d.passphrase, d.problem = passphrase, err
	inKeyFile := asked && (errors.Is(err, auth.ErrEncrypted) || errors.Is(err, auth.ErrWrongPassphrase))
	if settings.Encrypted(err) || from.KeyFile != "" && inKeyFile {
		d.problem = lockedByPassphrase(d, err)
	}
	return d
}

// Reload reads the settings and the key again. What was asked for is forgotten
// but for the passphrase.
func (d *Desk) Reload(ctx context.Context) *Desk { return open(ctx, d.from, d.file, d.passphrase) }

// Profiles lists the profiles that [Desk.Switch] can change to.
func (d *Desk) Profiles() []settings.Profile { return d.from.Profiles(d.from.File) }

// Switch returns the Desk of another profile. When there is no key in it, or
// something is wrong with its settings, there is an error instead, a *[Locked]
// for a passphrase.
func (d *Desk) Switch(ctx context.Context, to settings.Profile) (*Desk, error) {
	other := open(ctx, d.from, to.File, d.passphrase)
	if _, locked := errors.AsType[*Locked](other.problem); locked {
		return nil, lockedByOther(d, other)
	}
	if other.problem != nil {
		return nil, other.problem
	}
	if other.Key() == nil {
		return nil, explain.NoKey(other.settings)
	}
	return other, nil
}

// Create writes the settings file with a fresh secret, and returns the Desk of it.
func (d *Desk) Create(ctx context.Context) (*Desk, settings.Created, error) {
	create := d.from.Create
	if create == nil {
		create = func() (settings.Created, error) { return Create(d.file, d.from.Template, d.from.Rand) }
	}
	created, err := create()
	if err != nil {
		return nil, settings.Created{}, err
	}
	return d.Reload(ctx), created, nil
}

// Create writes a settings file from the template with a fresh secret, which is
// read from random. See [settings.Create].
func Create(file, template string, random io.Reader) (settings.Created, error) {
	secret, err := auth.NewSecret(random)
	if err != nil {
		return settings.Created{}, err
	}
	return settings.Create(cmp.Or(file, settings.DefaultFile), template, secret)
}
