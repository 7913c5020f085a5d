package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/shell"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// open returns the desk that the flags choose, and says on standard error what is
// odd about its settings. There may be no key.
func (p Program) open(ctx context.Context, f *deskFlags) (*desk.Desk, error) {
	d, err := p.openSilently(ctx, f, nil)
	if err != nil {
		return nil, err
	}
	for _, w := range d.Settings().Warnings {
		p.warn(w.String())
	}
	return d, nil
}

// loadFunc reads settings, as [settings.Load] does.
type loadFunc func(settings.Options) (*settings.Settings, error)

// openSilently is open without the warnings, and asks for a passphrase when one is
// missing. The settings are what load returns, unless that is nil.
func (p Program) openSilently(ctx context.Context, f *deskFlags, load loadFunc) (*desk.Desk, error) {
	from, err := f.source()
	if err != nil {
		return nil, err
	}
	from.Load, from.Now, from.Rand, from.Fetch = load, p.Now, p.Rand, p.published
	d := desk.Open(ctx, from)
	if locked, ok := errors.AsType[*desk.Locked](d.Problem()); ok {
		if d, err = p.unlock(locked); err != nil {
			return nil, err
		}
	}
	problem := d.Problem()
	if missing, ok := errors.AsType[*desk.KeyError](problem); ok {
		missing.Algorithm = auth.Algorithm(f.alg) // as it was typed
	}
	if problem != nil {
		return nil, explainKey(problem)
	}
	return d, nil
}

// unlock asks for a passphrase.
func (p Program) unlock(locked *desk.Locked) (*desk.Desk, error) {
	passphrase, err := p.askPassphrase()
	switch {
	case errors.Is(err, auth.ErrEncrypted): // there is nobody to ask
		return nil, misconfigured(locked)
	case err != nil:
		return nil, err
	}
	d, err := locked.Answer(string(passphrase))
	if err != nil {
		return nil, misconfigured(errors.Unwrap(err))
	}
	return d, nil
}

// openWithKey is open for a command that can do nothing without a key.
func (p Program) openWithKey(ctx context.Context, f *deskFlags) (*desk.Desk, error) {
	d, err := p.open(ctx, f)
	if err != nil || d.Key() != nil {
		return d, err
	}
	return nil, noKey(d)
}

// openToVerify is openWithKey for a command to which a URL of keys is as good.
func (p Program) openToVerify(ctx context.Context, f *deskFlags) (*desk.Desk, error) {
	d, err := p.open(ctx, f)
	if err != nil || d.Key() != nil || d.Settings().JWKSURL != "" {
		return d, err
	}
	return nil, noKey(d)
}

// openToSign is openWithKey for a command that signs, which in a protected profile
// it does only when that is named.
func (p Program) openToSign(ctx context.Context, f *deskFlags) (*desk.Desk, error) {
	d, err := p.openWithKey(ctx, f)
	if err != nil {
		return nil, err
	}
	locked, ok := errors.AsType[*desk.Locked](d.Ready())
	switch {
	case !ok:
		return d, nil
	case f.yesProtected == locked.Profile:
		return locked.Answer(f.yesProtected)
	}
	text := "the profile " + locked.Profile + " (" + d.Settings().File + ") is protected, "
	if f.yesProtected != "" {
		text += "and --yes-protected names " + f.yesProtected + ": "
	} else {
		text += "so nothing was signed: "
	}
	return nil, misconfigured(errors.New(text + "to sign with its key all the same give --yes-protected " + shell.Word(locked.Profile)))
}

// withPublished returns the desk with the published keys, and looks for newer ones
// when a kid is not among those that were kept. Without them the configured key
// alone verifies.
func (p Program) withPublished(ctx context.Context, d *desk.Desk, kids ...string) (*desk.Desk, error) {
	with, err := d.Fetch(ctx, kids...)
	switch {
	case err != nil && d.Key() == nil:
		return nil, misconfigured(err)
	case err != nil:
		p.warn(err.Error() + "; the configured key alone is used")
		return d, nil //nolint:nilerr // the warning says it
	}
	if set := with.Keyring().Published(); set != nil && set.Problem != nil {
		p.warn(fmt.Sprintf("the keys of %s are %s old: %v", set.From, age(set, p.Now()), set.Problem))
	}
	return with, nil
}

// published fetches the keys at a URL, or takes those that were kept.
func (p Program) published(ctx context.Context, url string, kids ...string) (*jwks.Set, error) {
	source := jwks.Source{URL: url, Now: p.Now}
	if dir, err := os.UserCacheDir(); err == nil {
		source.Dir = filepath.Join(dir, "tokendesk")
	}
	return source.Keys(ctx, kids...)
}

// age is how old the published keys are.
func age(set *jwks.Set, now time.Time) string {
	return auth.FormatDuration(max(0, now.Sub(set.Fetched).Truncate(time.Second)))
}

// explainKey says which flags name a key that is not there.
func explainKey(err error) error {
	missing, ok := errors.AsType[*desk.KeyError](err)
	switch {
	case !ok:
		return misconfigured(err)
	case missing.Persona != "":
		return misconfigured(errors.New(missing.Error() + ": leave --alg out, or name another"))
	}
	flags := "--alg or --kid"
	switch {
	case missing.ID == "":
		flags = "--alg"
	case missing.Algorithm == "":
		flags = "--kid"
	}
	return misconfigured(errors.New(missing.Error() + ": leave " + flags + " out, or name another"))
}

// noKey says that there is no key, and what to do.
func noKey(d *desk.Desk) error {
	set := d.Settings()
	text := "there is no key: " + set.File
	if set.Found {
		text += " has neither SECRET_KEY nor KEY_FILE; add one, or name a file with --key-file"
	} else {
		text += " is not here; run tokendesk init to make one, or name a file with --env-file or --key-file"
	}
	return misconfigured(errors.New(text))
}
