package desk

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/settings"
)

// Open reads the settings and the key of a source. There is always a Desk, with
// everything that is right; [Desk.Problem] says what is wrong.
func Open(ctx context.Context, from Source) *Desk {
	return open(ctx, from.withDefaults(), cmp.Or(from.File, settings.DefaultFile), answers{})
}

// open reads the settings of a file with the answers of the user. If one is missing or
// wrong, the problem is a *Locked.
func open(ctx context.Context, from Source, file string, given answers) *Desk {
	asked := false
	var files *Files
	if from.Watch {
		files = filesAt(file) // a change from here on is noticed
	}
	set, err := from.load(file, given, func() ([]byte, error) {
		asked = true
		if given.passphrase == nil {
			return nil, auth.ErrEncrypted
		}
		return given.passphrase, nil
	})
	err = cmp.Or(err, ctx.Err())
	d := newDesk(from, file, set, given, candidates(from, file, set, given)...)
	d.problem = err
	if files != nil {
		d.files = files.and(d)
	}
	inKeyFile := asked && (errors.Is(err, auth.ErrEncrypted) || errors.Is(err, auth.ErrWrongPassphrase))
	if settings.Encrypted(err) || from.KeyFile != "" && inKeyFile {
		d.problem = lockedByPassphrase(d, err)
	}
	if settings.NotRun(err) {
		d.problem = lockedByCommand(d, err)
	}
	if settings.Undecided(err) {
		d.problem = lockedByChoice(d, err)
	}
	if err == nil && d.Key() == nil {
		d.nearby = from.Nearby(file)
	}
	return d
}

// candidates returns the keys of each name that could be the secret's, while the user has not
// chosen one. A token that one of them made says which one it is.
func candidates(from Source, file string, set *settings.Settings, given answers) []Added {
	var all []Added
	for _, choice := range set.Recognised.Ask {
		named := given
		named.names = with(given.names, file, choice.Name)
		one, _ := from.load(file, named, func() ([]byte, error) { return nil, auth.ErrEncrypted })
		if one.Key != nil {
			all = append(all, Added{keys: one.Verifying(), origin: explain.Origin{From: choice.Name + " of " + filepath.Base(file)}})
		}
	}
	return all
}

// Reload reads the settings and the key again. Of the user's answers it keeps the
// passphrase and the names of secrets. A program that prints the key is run again.
func (d *Desk) Reload(ctx context.Context) *Desk {
	kept := d.answers
	kept.outputs = nil
	return open(ctx, d.from, d.file, kept)
}

// Profiles lists the profiles that [Desk.Switch] can change to.
func (d *Desk) Profiles() []settings.Profile { return d.from.Profiles(d.from.File) }

// Switch returns the Desk of another profile. The error says that it has no key or
// what is wrong with its settings, and is a *[Locked] for a passphrase.
func (d *Desk) Switch(ctx context.Context, to settings.Profile) (*Desk, error) {
	other := open(ctx, d.from, to.File, d.answers)
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

// Create writes the settings file with a fresh secret, and returns its Desk. If the file has a
// name for the secret without a value, the secret is written there.
func (d *Desk) Create(ctx context.Context) (*Desk, settings.Created, error) {
	if name := d.settings.Recognised.Empty; name != "" {
		secret, err := auth.NewSecret(d.settings.Algorithm, d.from.Rand)
		if err == nil {
			err = d.from.FillSecret(d.file, name, secret)
		}
		if err != nil {
			return nil, settings.Created{}, err
		}
		return d.Reload(ctx), settings.Created{Path: d.file, Name: name}, nil
	}
	create := d.from.Create
	if create == nil {
		create = func() (settings.Created, error) {
			o := d.from.Options()
			o.File = d.file
			return Create(o, d.from.Template, d.from.Rand)
		}
	}
	created, err := create()
	if err != nil {
		return nil, settings.Created{}, err
	}
	return d.Reload(ctx), created, nil
}

// Create writes a settings file from the template with a fresh secret from random, which is
// good for the algorithm that the environment names. See [settings.Create].
func Create(o settings.Options, template string, random io.Reader) (settings.Created, error) {
	o.Explicit = false // there is no file yet
	intended, _ := settings.Load(o)
	secret, err := auth.NewSecret(intended.Algorithm, random)
	if err != nil {
		return settings.Created{}, err
	}
	return settings.Create(intended.File, template, secret)
}
