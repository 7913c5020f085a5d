package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/shell"
	"tokendesk/jwks"
	"tokendesk/settings"
)

// open returns the desk that the flags choose, and prints what was recognised in its
// settings and the warnings about them. There may be no key.
func (f *deskFlags) open(ctx context.Context, p Program) (*desk.Desk, error) {
	d, err := f.openSilently(ctx, p, nil)
	if err != nil {
		return nil, err
	}
	p.warnAbout(d)
	return d, nil
}

// warnAbout prints what was recognised in the settings and the warnings about them.
func (p Program) warnAbout(d *desk.Desk) {
	for _, n := range d.Settings().Notices {
		p.note(explain.Notice(n).String())
	}
	for _, w := range d.Settings().Warnings {
		p.warn(explain.Warning(w))
	}
}

// loadFunc reads settings, as [settings.Load] does.
type loadFunc func(settings.Options) (*settings.Settings, error)

// openSilently is open without the warnings. It asks for a passphrase when one is
// missing. The settings are those that load returns, unless it is nil.
func (f *deskFlags) openSilently(ctx context.Context, p Program, load loadFunc) (*desk.Desk, error) {
	from, err := f.source()
	if err != nil {
		return nil, err
	}
	from.Load, from.Now, from.Rand = load, p.Now, p.Rand
	from.Fetch = func(ctx context.Context, url string, kids ...string) (*jwks.Set, error) {
		return p.keysOf(ctx, jwks.Source{URL: url, Refetch: f.refetch}, kids...)
	}
	if f.face != "" {
		p.record(&from, f.face)
	}
	from.Run = func(ctx context.Context, c *settings.Command) ([]byte, error) { return c.Run(ctx, false) }
	d := desk.Open(ctx, from)
	if locked, ok := errors.AsType[*desk.Locked](d.Problem()); ok && locked.Asks == desk.KeyCommand {
		if d, err = runCommand(locked, f.command("trust")); err != nil {
			return nil, misconfigured(err)
		}
	}
	problem := d.Problem()
	if locked, ok := errors.AsType[*desk.Locked](problem); ok && locked.Asks == desk.Passphrase {
		d, problem = locked.With(p.askPassphrase)
	}
	if missing, ok := errors.AsType[*desk.KeyError](problem); ok {
		missing.Algorithm = auth.Algorithm(f.alg) // as the user typed it
	}
	if problem != nil {
		return nil, keyProblem(problem)
	}
	return d, nil
}

// runCommand returns the desk with the key that a program prints. It runs only one that the
// user has agreed to, which is done with the command trust.
func runCommand(locked *desk.Locked, trust string) (*desk.Desk, error) {
	if locked.Trusted {
		return locked.Answer("")
	}
	line := explain.Lines(locked)[0]
	line.Do = "to see it and allow it, run " + trust
	return nil, line
}

// openWithKey is open for a command that needs a key.
func (f *deskFlags) openWithKey(ctx context.Context, p Program) (*desk.Desk, error) {
	d, err := f.open(ctx, p)
	if err != nil || d.Key() != nil {
		return d, err
	}
	return nil, f.noKey(d)
}

// openToVerify is open for a command that needs a key or a URL of published keys.
func (f *deskFlags) openToVerify(ctx context.Context, p Program) (*desk.Desk, error) {
	d, err := f.open(ctx, p)
	if err != nil || d.Key() != nil || d.Settings().JWKSURL != "" {
		return d, err
	}
	return nil, f.noKey(d)
}

// openToSign is openWithKey for a command that signs. With a protected profile
// --yes-protected must name it, and its key must not be weak.
func (f *deskFlags) openToSign(ctx context.Context, p Program) (*desk.Desk, error) {
	d, err := f.openSilently(ctx, p, nil)
	if err != nil {
		return nil, err
	}
	notReady := d.Ready()
	locked, isLocked := errors.AsType[*desk.Locked](notReady)
	if d.Key() != nil && notReady != nil && !isLocked {
		return nil, misconfigured(notReady)
	}
	p.warnAbout(d)
	switch {
	case d.Key() == nil:
		return nil, f.noKey(d)
	case !isLocked:
		return d, nil
	case f.yesProtected == locked.Profile:
		return locked.Answer(f.yesProtected)
	}
	text := "the profile " + locked.Profile + " (" + d.Settings().File + ") is protected, "
	if f.yesProtected != "" {
		text += "and --yes-protected names " + f.yesProtected
	} else {
		text += "so nothing was signed"
	}
	return nil, misconfigured(advise(text, "to sign with its key anyway, add --yes-protected "+shell.Word(locked.Profile)))
}

// withKeysOf returns the desk with the published keys if they may have signed one of the
// tokens, or if a flag asks for them.
func withKeysOf(
	ctx context.Context, p Program, f *deskFlags, d *desk.Desk, tokens []find.Match, checks desk.Checks,
) (*desk.Desk, error) {
	if d.Settings().JWKSURL == "" {
		return d, nil
	}
	needed := f.jwksURL != "" || f.refetch
	var kids []string
	for _, token := range tokens {
		if e := d.Keyring().VerifyMatch(token, checks, p.Now()); d.Fetches(e) {
			kids, needed = append(kids, e.Result.Innermost().Token.KeyID()), true
		}
	}
	if !needed {
		return d, nil
	}
	return withPublished(ctx, p, d, kids...)
}

// withPublished returns the desk with the published keys, which are fetched again
// when a kid is not among those in the cache. Without them no token is verified: one of
// them may have signed it.
func withPublished(ctx context.Context, p Program, d *desk.Desk, kids ...string) (*desk.Desk, error) {
	with, err := d.Fetch(ctx, kids...)
	if err != nil {
		return nil, misconfigured(explain.Unfetched(err))
	}
	for _, line := range publishedLines(p, with) {
		if line.Tone == explain.Warn {
			p.warn(line)
		}
	}
	set := with.Keyring().Published()
	if set != nil && set.Cached && slices.ContainsFunc(kids, func(kid string) bool { return kid != "" && !set.Has(kid) }) {
		p.note("if a key of " + set.From + " is new, add --refetch")
	}
	return with, nil
}

// publishedLines returns what is to be said about the published keys of a desk.
func publishedLines(p Program, d *desk.Desk) []explain.Line {
	if set := d.Keyring().Published(); set != nil {
		return explain.Published(set, p.Now())
	}
	return nil
}

// fetchKeys returns the keys at a URL, from the network or from the cache.
func (p Program) fetchKeys(ctx context.Context, url string, kids ...string) (*jwks.Set, error) {
	return p.keysOf(ctx, jwks.Source{URL: url}, kids...)
}

// fetchAgain returns the keys at a URL from the network, whatever the age of those in the cache.
func (p Program) fetchAgain(ctx context.Context, url string) (*jwks.Set, error) {
	return p.keysOf(ctx, jwks.Source{URL: url, Refetch: true})
}

// keysOf is fetchKeys for a source with a URL.
func (p Program) keysOf(ctx context.Context, source jwks.Source, kids ...string) (*jwks.Set, error) {
	source.Now = p.Now
	if dir, err := os.UserCacheDir(); err == nil {
		source.Dir = filepath.Join(dir, "tokendesk")
	}
	return source.Keys(ctx, kids...)
}

// keyProblem is [misconfigured] that names the flags which ask for a missing key.
func keyProblem(err error) error {
	missing, ok := errors.AsType[*desk.KeyError](err)
	if !ok {
		return misconfigured(err)
	}
	flags := "--alg or --kid"
	switch {
	case missing.Persona != "", missing.ID == "":
		flags = "--alg"
	case missing.Algorithm == "":
		flags = "--kid"
	}
	line := missing.Line()
	line.Do = "leave out " + flags + ", or choose another key"
	return misconfigured(line)
}

// noKey says that there is no key, and what to do.
func (f *deskFlags) noKey(d *desk.Desk) error {
	set := d.Settings()
	lines := append(explain.Several{f.noKeyLine(&set)}, explain.Instead(&set, d.Nearby())...)
	if len(d.Nearby()) > 0 {
		lines[0].Do = "" // another file is better
	}
	return misconfigured(lines)
}

// noKeyLine is [explain.NoKey] that tells the user to create the file of these flags.
func (f *deskFlags) noKeyLine(set *settings.Settings) explain.Line {
	line := explain.NoKey(set)
	if !set.Found {
		line.Do = "run " + f.command("init") + " to create it"
	}
	return line
}
