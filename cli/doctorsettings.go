package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/git"
	"tokendesk/internal/phrase"
	"tokendesk/internal/shell"
	"tokendesk/settings"
)

// settings checks the settings file, the environment and the key file, and returns
// the files that may hold a secret, and the URL of published keys.
func (d *diagnosis) settings(o settings.Options, from *deskFlags) (files []string, keysURL string) {
	set, err := settings.Load(o)
	problems, _ := errors.AsType[settings.Problems](err)
	// A problem without a setting is one of the whole file: nothing in it was read.
	unread := slices.ContainsFunc(problems, func(p *settings.Problem) bool { return p.Name == "" })
	exposed := slices.Clone(set.Warnings)
	if from.keyFile != "" {
		set.Warnings = slices.DeleteFunc(set.Warnings, func(w settings.Warning) bool { return w.Name == secretKey }) // it is overridden
	}
	for _, p := range problems {
		if p.Choice && p != problems[0] {
			continue // the first of them names the others
		}
		line := explain.Problem(p)
		if p.Choice {
			line.Text += ": " + choices(set)
		}
		if errors.Is(p, settings.ErrNotRun) {
			line.Do = "to see it and allow it, run " + from.command("trust")
		}
		if unread && !set.Found {
			line.Do = "check the name, or run " + from.command("init") + " to create it"
		}
		d.fail(checkOf(set, p.Name), line)
	}
	d.first("settings",
		rule{len(problems) == 0 && set.Found, checkOK, set.File + ": every setting in it is valid", ""},
		rule{len(problems) == 0, checkOK, set.File + " does not exist, so only the environment and the defaults apply", ""},
	)
	if set.Protected {
		d.ok("profile", set.Profile+" is protected: the console asks for its name before it signs, commands need --yes-protected "+
			shell.Word(set.Profile))
	}
	d.environment(set, o.Lookup, from)
	if from.keyFile != "" {
		d.keyFile(set, from.keyFile, from.alg != "")
	}
	d.key(set, problems, from)
	d.names(set)
	d.personas(set)
	if isFile(set.File) {
		d.permissions(set.File, unread || slices.ContainsFunc(exposed, isMode))
	}
	if isFile(set.File) || !set.Found {
		files = append(files, set.File)
	}
	if path := cmp.Or(from.keyFile, set.KeySource); path != set.File && isFile(path) {
		d.permissions(path, set.Key == nil || set.Key.CanSign() || set.Key.OnlyDecrypts())
		files = append(files, path)
	}
	return files, set.JWKSURL
}

// checkPublished says whether the keys at JWKS_URL can be fetched.
func checkPublished(ctx context.Context, p Program, d *diagnosis, url string) {
	if url == "" {
		return
	}
	const name = "jwks"
	set, err := p.fetchKeys(ctx, url)
	if err != nil {
		line := explain.Lines(err)[0]
		line.Do = cmp.Or(line.Do, "check JWKS_URL and the network")
		d.fail(name, line)
		return
	}
	if set.Problem == nil {
		d.ok(name, phrase.Count(len(set.Keys), "key", "keys")+" of "+explain.FetchedFrom(set).Text(p.Now()))
	}
	for _, line := range explain.Published(set, p.Now()) {
		if line.Tone == explain.Warn {
			line.Do = cmp.Or(line.Do, "check the network")
			d.warn(name, line)
		} else {
			d.line(name, checkOK, line)
		}
	}
}

// isFile reports whether there is a regular file, not a folder, pipe or device.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// keyFile reads the key in its file.
func (d *diagnosis) keyFile(set *settings.Settings, path string, strict bool) {
	set.Key = nil
	if set.Algorithm == "" {
		return // already reported
	}
	if err := set.LoadKeys(path, strict); err != nil {
		d.fail("key", explain.Lines(err)[0])
	}
}

// checkOf returns the check that a setting belongs to.
func checkOf(set *settings.Settings, name string) string {
	own := []string{
		secretKey, "SECRET_KEY_ENCODING", "SECRET_KEY_NAME", "ALGORITHM", "KEY_FILE", "KEY_PASSPHRASE_FILE", "SECRET_KEY_COMMAND", "KEY_COMMAND",
	}
	if slices.Contains(own, name) || set.Recognised.Find(name) != nil {
		return "key"
	}
	return "settings"
}

// choices lists the names that may be the secret's, with their lines.
func choices(set *settings.Settings) string {
	names := make([]string, len(set.Recognised.Ask))
	for i, c := range set.Recognised.Ask {
		names[i] = c.Name
		if c.Line > 0 {
			names[i] += " (line " + strconv.Itoa(c.Line) + ")"
		}
	}
	return strings.Join(names, ", ")
}

// names says what was recognised in the settings file.
func (d *diagnosis) names(set *settings.Settings) {
	for _, line := range explain.Recognised(set) {
		if line.Tone == explain.Warn {
			d.warn("names", line)
		} else {
			d.ok("names", line.String())
		}
	}
}

// environment says which settings come from the environment.
func (d *diagnosis) environment(set *settings.Settings, lookup func(string) (string, bool), from *deskFlags) {
	byFlag := func(name string) bool { // it is overridden
		return name == "ALGORITHM" && from.alg != "" || name == "KEY_ID" && from.keyID != "" ||
			(strings.HasPrefix(name, secretKey) || name == "KEY_FILE") && from.keyFile != ""
	}
	var names []string
	for _, setting := range settings.Names() {
		if value, _ := lookup(setting.Name); value != "" && !byFlag(setting.Name) {
			names = append(names, setting.Name)
		}
	}
	others := slices.DeleteFunc(slices.Clone(set.Replaced), byFlag)
	replaced := overridden(others, set.File)
	d.first("environment",
		rule{len(others) > 0, checkWarning, replaced.Text, replaced.Do},
		rule{len(names) > 0, checkOK, "the environment sets " + strings.Join(names, ", "), ""},
		rule{true, checkOK, "no setting comes from the environment", ""},
	)
}

// key says which key signs, and what is wrong with it.
func (d *diagnosis) key(set *settings.Settings, problems settings.Problems, from *deskFlags) {
	explained := func(p *settings.Problem) bool { return p.Name == "" || checkOf(set, p.Name) == "key" }
	switch {
	case set.Key != nil && (set.Key.Weakness() == nil || set.AllowWeak): // otherwise it is among the warnings
		found := string(set.Key.Algorithm()) + ", key " + set.Key.Fingerprint() + ", from " + set.KeySource
		if set.Command != nil {
			found += ", where " + set.Command.Name + " names the program that prints it"
		}
		d.ok("key", found+": "+keyQuality(set.Key, from.keyFile != ""))
	case set.Key != nil, slices.ContainsFunc(problems, explained), from.keyFile != "":
	case set.JWKSURL != "":
		d.warn("key", explain.Line{
			Text: "there is no key to sign with, only JWKS_URL to verify with", Do: "set SECRET_KEY or KEY_FILE to issue tokens",
		})
	default:
		near := settings.Nearby(set.File)
		line := from.noKeyLine(set)
		if len(near) > 0 {
			line.Do = "" // another file is better
		}
		d.fail("key", line)
		for _, each := range explain.Elsewhere(set, near) {
			d.warn("key", each)
		}
	}
	for _, w := range set.Warnings {
		if isMode(w) {
			continue // the check of permissions reports it
		}
		check := checkOf(set, w.Name)
		if w.Weak {
			check = "key"
		}
		d.warn(check, explain.Warning(w))
	}
}

// keyQuality says why a key is good.
func keyQuality(key *auth.Key, inFile bool) string {
	switch {
	case key.Weakness() != nil:
		return key.Weakness().Error() + ", which ALLOW_WEAK_SECRET accepts"
	case key.Public() != nil && key.CanSign():
		return "a private key of the right kind and size"
	case key.OnlyDecrypts():
		return "for decryption (" + string(key.Algorithm()) + "): it neither signs nor verifies"
	case key.Public() != nil:
		return "a public key of the right kind and size, which verifies but does not sign"
	case inFile:
		return "long enough and not a published secret; a line break at the end of the file is not part of it"
	default:
		return "long enough and not a published secret"
	}
}

// isMode reports whether a warning is about the mode of its file.
func isMode(w settings.Warning) bool {
	mode, exposed := settings.CheckMode(w.File)
	return exposed && mode == w
}

// permissions says who can read or change a file. A file that others can only read
// fails too: whoever has read an HMAC secret can sign anything, and nobody notices.
func (d *diagnosis) permissions(path string, secret bool) {
	w, exposed := settings.CheckMode(path)
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	d.first("permissions",
		rule{exposed && secret, checkFailure, path + ": " + w.Text, w.Do},
		rule{exposed, checkOK, path + ": other users can read or change it, but it holds no secret", ""},
		rule{runtime.GOOS == "windows", checkOK, path + ": not checked, because Windows has no file modes", ""},
		rule{
			err == nil && info.Mode().Perm()&0o002 != 0 && info.Mode()&os.ModeSticky == 0, checkWarning,
			path + ": everybody can write to its folder and so replace it", "run chmod o-w " + shell.Word(folder),
		},
		rule{true, checkOK, path + ": only its owner can read or change it", ""},
	)
}

// git says whether git would publish a file.
func (d *diagnosis) git(path string, status git.Status) {
	_, err := os.Lstat(path)
	d.first("git",
		rule{!status.Checkout, checkOK, path + " is not inside a git checkout", ""},
		rule{
			status.Unknown != "", checkWarning, path + " is inside a git checkout, and " + status.Unknown,
			"run git status in its folder, and do not commit the file",
		},
		rule{
			status.Tracked, checkFailure, "git tracks " + path + ", so whoever has the repository has the secret",
			"run git rm --cached -f " + shell.Word(path) + ", commit, and replace the secret: the old one stays in the history",
		},
		rule{status.Ignored, checkOK, "git ignores " + path, ""},
		rule{err == nil, checkWarning, "git does not ignore " + path + ", so git add would include it", "add it to .gitignore"},
		rule{true, checkOK, "git does not track " + path, ""},
	)
}
