package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/internal/git"
	"tokendesk/internal/phrase"
	"tokendesk/internal/shell"
	"tokendesk/settings"
)

// settings checks what the settings file, the environment and the key file say,
// and returns the files that may hold a secret.
func (d *diagnosis) settings(o settings.Options, from *deskFlags) (files []string, keysURL string) {
	set, err := settings.Load(o)
	problems, _ := errors.AsType[settings.Problems](err)
	// A problem of no setting is one of the whole file: nothing in it was read.
	unread := slices.ContainsFunc(problems, func(p *settings.Problem) bool { return p.Name == "" })
	exposed := slices.Clone(set.Warnings)
	if from.keyFile != "" {
		set.Warnings = withoutSecret(set.Warnings)
	}
	for _, p := range problems {
		where, do := *p, p.Do
		where.Do = ""
		if unread && !set.Found {
			do = "check the name, or run " + from.command("init") + " to make it"
		}
		d.fail(about(p.Name), where.Error(), do)
	}
	switch {
	case len(problems) > 0:
	case set.Found:
		d.ok("settings", set.File+": every setting in it can be used")
	default:
		d.ok("settings", set.File+" is not here, so there are only the environment and the defaults")
	}
	d.profile(set)
	d.environment(set, o.Lookup, from)
	if from.keyFile != "" {
		d.keyFile(set, from.keyFile, from.alg != "")
	}
	d.key(set, problems, from)
	if isFile(set.File) {
		d.permissions(set.File, unread || slices.ContainsFunc(exposed, isMode))
	}
	if isFile(set.File) || !set.Found {
		files = append(files, set.File)
	}
	if path := cmp.Or(from.keyFile, set.KeySource); path != set.File && isFile(path) {
		d.permissions(path, set.Key == nil || set.Key.CanSign())
		files = append(files, path)
	}
	return files, set.JWKSURL
}

// publishes says whether the keys at JWKS_URL can be fetched.
func (p Program) publishes(ctx context.Context, d *diagnosis, url string) {
	if url == "" {
		return
	}
	const name = "jwks"
	set, err := p.published(ctx, url)
	switch {
	case err != nil:
		d.fail(name, err.Error(), "check JWKS_URL, and whether it is reached from here")
		return
	case set.Problem != nil:
		d.warn(name, "the keys of "+set.From+" are "+age(set, p.Now())+" old: "+set.Problem.Error(), "check whether it is reached from here")
	default:
		d.ok(name, phrase.Count(len(set.Keys), "key", "keys")+" of "+set.From+", fetched "+age(set, p.Now())+" ago")
	}
	for _, passed := range set.Skipped {
		d.ok(name, "passed over "+passed.Error())
	}
}

// profile says that a profile is protected, and what signing in it takes.
func (d *diagnosis) profile(set *settings.Settings) {
	if set.Protected {
		d.ok("profile", set.Profile+" is protected: the console asks for its name before it signs, commands want --yes-protected "+shell.Word(set.Profile))
	}
}

// isFile reports whether there is a file, and no folder, pipe or device.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// keyFile makes the key from its file.
func (d *diagnosis) keyFile(set *settings.Settings, path string, strict bool) {
	set.Key = nil
	if set.Algorithm == "" {
		return // which has been said
	}
	if err := set.LoadKeys(path, strict); err != nil {
		text, do := err.Error(), ""
		if i := strings.LastIndex(text, "; "); i >= 0 {
			text, do = text[:i], text[i+2:]
		}
		d.fail("key", text, do)
	}
}

// about is the check that a setting belongs to.
func about(name string) string {
	switch name {
	case secretKey, "SECRET_KEY_ENCODING", "ALGORITHM", "KEY_FILE", "KEY_PASSPHRASE_FILE":
		return "key"
	default:
		return "settings"
	}
}

// environment says which settings come from the environment.
func (d *diagnosis) environment(set *settings.Settings, lookup func(string) (string, bool), from *deskFlags) {
	unused := func(name string) bool { // because a flag stands above it
		return name == "ALGORITHM" && from.alg != "" || name == "KEY_ID" && from.keyID != "" ||
			(strings.HasPrefix(name, secretKey) || name == "KEY_FILE") && from.keyFile != ""
	}
	var names []string
	for _, setting := range settings.Names() {
		if value, _ := lookup(setting.Name); value != "" && !unused(setting.Name) {
			names = append(names, setting.Name)
		}
	}
	others := slices.DeleteFunc(slices.Clone(set.Replaced), unused)
	switch {
	case len(others) > 0:
		d.warn("environment", "the environment sets "+strings.Join(others, ", ")+" to something else than "+set.File+" does, and counts",
			"unset "+strings.Join(others, " ")+" if the file is to decide")
	case len(names) > 0:
		d.ok("environment", "the environment sets "+strings.Join(names, ", "))
	default:
		d.ok("environment", "no setting comes from the environment")
	}
}

// key says which key signs, and what is odd about it.
func (d *diagnosis) key(set *settings.Settings, problems settings.Problems, from *deskFlags) {
	explained := func(p *settings.Problem) bool { return p.Name == "" || about(p.Name) == "key" }
	switch {
	case set.Key != nil && set.Key.Weakness() == nil: // a weak one is among the warnings
		d.ok("key", string(set.Key.Algorithm())+", key "+set.Key.Fingerprint()+", from "+set.KeySource+": "+praise(set.Key, from.keyFile != ""))
	case set.Key != nil, slices.ContainsFunc(problems, explained), from.keyFile != "":
	case set.JWKSURL != "":
		d.warn("key", "there is no key to sign with, only JWKS_URL to verify with", "add SECRET_KEY or KEY_FILE if tokens are to be issued")
	case set.Found:
		d.fail("key", "there is no key: "+set.File+" has neither SECRET_KEY nor KEY_FILE", "put a secret there, for example from openssl rand -hex 32")
	default:
		d.fail("key", "there is no key", "run "+from.command("init")+" to make one")
	}
	for _, w := range set.Warnings {
		if isMode(w) {
			continue // permissions says it
		}
		where := w
		where.Do = ""
		d.warn(about(w.Name), where.String(), w.Do)
	}
}

// praise says what is good about a key.
func praise(key *auth.Key, inFile bool) string {
	switch {
	case key.Public() != nil && key.CanSign():
		return "a private key of the right kind and size"
	case key.Public() != nil:
		return "a public key of the right kind and size, which verifies and does not issue"
	case inFile:
		return "long enough, and not one that everybody knows; one line break at the end of the file is not part of it"
	default:
		return "long enough, and not one that everybody knows"
	}
}

// isMode reports whether a warning is about the mode of its file.
func isMode(w settings.Warning) bool {
	mode, exposed := settings.CheckMode(w.File)
	return exposed && mode == w
}

// permissions says who can get at a file. A file that others can only read is a
// failure like one that they can change: who has read an HMAC secret signs what
// they like, and nobody notices.
func (d *diagnosis) permissions(path string, secret bool) {
	w, exposed := settings.CheckMode(path)
	switch {
	case exposed && secret:
		d.fail("permissions", path+": "+w.Text, w.Do)
		return
	case exposed:
		d.ok("permissions", path+": others can get at it, but there is no secret in it")
		return
	case runtime.GOOS == "windows":
		d.ok("permissions", path+": not looked at, for Windows has no file modes")
		return
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err == nil && info.Mode().Perm()&0o002 != 0 && info.Mode()&os.ModeSticky == 0 {
		d.warn("permissions", path+": everybody can write to its folder, and so put another file in its place", "run chmod o-w "+shell.Word(folder))
		return
	}
	d.ok("permissions", path+": only its owner can read or change it")
}

// git says whether git would publish a file.
func (d *diagnosis) git(path string, status git.Status) {
	_, err := os.Lstat(path)
	switch {
	case !status.Checkout:
		d.ok("git", path+" is not inside a git checkout")
	case status.Unknown != "":
		d.warn("git", path+" is inside a git checkout, and "+status.Unknown, "run git status in its folder, and see that the file is not committed")
	case status.Tracked:
		d.fail("git", "git tracks "+path+", so whoever has the repository has the secret",
			"run git rm --cached -f "+shell.Word(path)+", commit, and put a fresh secret there: the old one stays in the history")
	case !status.Ignored && err == nil:
		d.warn("git", "git does not ignore "+path+", so git add takes it along", "add it to .gitignore")
	case status.Ignored:
		d.ok("git", "git ignores "+path)
	default:
		d.ok("git", "git does not track "+path)
	}
}

// withoutSecret drops the warnings about a SECRET_KEY that is not used.
func withoutSecret(warnings []settings.Warning) []settings.Warning {
	return slices.DeleteFunc(warnings, func(w settings.Warning) bool { return w.Name == secretKey })
}
