package settings

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"tokendesk/auth"
)

// maxKeyFile is the most that is read of a key file, in bytes.
const maxKeyFile = 64 << 10

// Bare returns settings without a file: what a key is made with, out of the
// environment. What is wrong in that is left out.
func Bare(o Options) *Settings {
	r := reader{lookup: o.Lookup, passphrase: o.Passphrase, settings: &Settings{}}
	r.keyOptions()
	return r.settings
}

// LoadKeys takes the keys out of a file, of any kind that [auth.ParseKeys] knows,
// in place of those that there are, and adds to the warnings what is odd about
// them. One line end at the end of a bare secret is not part of it. The algorithm
// is that of the settings, else the key's own; unless strict it is also the key's
// own when the one of the settings does not fit, being meant for another key.
func (s *Settings) LoadKeys(path string, strict bool) error {
	data, err := ReadFile(path, maxKeyFile)
	if err != nil {
		return err
	}
	if isSettings(data) {
		return fmt.Errorf("%s: it is a settings file, not a key; name it with --env-file", path)
	}
	data = trimLine(data)
	var alg auth.Algorithm
	if s.algorithmGiven {
		alg = s.Algorithm
	}
	keys, err := auth.ParseKeys(data, alg, s.KeyOptions...)
	if err != nil && !strict {
		if own, other := auth.ParseKeys(data, "", s.KeyOptions...); other == nil && own[0].Public() != nil {
			keys, err = own, nil
		}
	}
	if err != nil {
		return s.explainKeys(path, data, err)
	}
	s.Keys, s.Key, s.KeySource = keys, keys[0], path
	if n := slices.IndexFunc(keys, (*auth.Key).CanSign); n >= 0 {
		s.Key = keys[n]
	}
	warn := func(text, do string) {
		s.Warnings = append(s.Warnings, Warning{File: path, Name: "KEY_FILE", Text: text, Do: do, Severe: true})
	}
	for _, key := range keys {
		if weakness := key.Weakness(); weakness != nil {
			warn("ALLOW_WEAK_SECRET lets a weak key sign: "+weakness.Error(), "use it against test systems only")
		}
	}
	if s.Key.Public() == nil && len(bytes.TrimSpace(data)) < len(data) && !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		warn("the secret has white space at an end, which is part of the key here and which an API may cut off", "take it out of the file")
	}
	if w, exposed := CheckMode(path); exposed && s.Key.CanSign() {
		s.Warnings = append(s.Warnings, w)
	}
	return nil
}

// explainKeys says why the keys of a file were refused, and what to do.
func (s *Settings) explainKeys(path string, data []byte, err error) error {
	if refused, ok := errors.AsType[*auth.SecretError](err); ok && refused.Kind != auth.SecretWrongKind {
		return fmt.Errorf("%s: %w; make a better one, for example with openssl rand -hex 64", path, refused)
	}
	if errors.Is(err, auth.ErrEncrypted) {
		return fmt.Errorf("%s: %w; name a file with it in KEY_PASSPHRASE_FILE, or --passphrase-file", path, err)
	}
	if keys, other := auth.ParseKeys(data, "", s.KeyOptions...); s.algorithmGiven && other == nil && len(keys) > 0 {
		return fmt.Errorf("%s: %w; set ALGORITHM, or --alg, to %s", path, err, keys[0].Algorithm())
	}
	return fmt.Errorf("%s: %w", path, err)
}

// beside returns the path in a setting. One that is not absolute begins at the
// folder of the file that names it.
func (r *reader) beside(given setting) string {
	if given.file == environment || filepath.IsAbs(given.value) {
		return given.value
	}
	return filepath.Join(filepath.Dir(r.file), given.value)
}

// readPassphrase reads the passphrase of a key out of a file. One line end at its
// end is not part of it.
func readPassphrase(path string) ([]byte, error) {
	data, err := ReadFile(path, maxKeyFile)
	return trimLine(data), err
}

// keyFile loads the keys of KEY_FILE.
func (r *reader) keyFile(given setting) {
	if r.settings.Algorithm == "" {
		return // which has been said
	}
	if err := r.settings.LoadKeys(r.beside(given), true); err != nil {
		r.problem(given, "KEY_FILE: "+err.Error(), "mend it, or name another file")
		problem := r.problems[len(r.problems)-1]
		problem.cause = err
		problem.Encrypted = !r.get("KEY_PASSPHRASE_FILE").set &&
			(errors.Is(err, auth.ErrEncrypted) || errors.Is(err, auth.ErrWrongPassphrase))
	}
}

// isSettings reports whether a file is one that sets the secret.
func isSettings(text []byte) bool {
	for line := range bytes.Lines(text) {
		name, _, ok := bytes.Cut(line, []byte("="))
		if ok && string(bytes.TrimSpace(bytes.TrimPrefix(name, []byte("export ")))) == secretKey {
			return true
		}
	}
	return false
}

// trimLine takes one line end off, which an editor or echo put there and which
// is no part of a secret.
func trimLine(secret []byte) []byte {
	line, ok := bytes.CutSuffix(secret, []byte("\n"))
	if ok {
		line = bytes.TrimSuffix(line, []byte("\r"))
	}
	return line
}
