package settings

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/kind"
)

// keyFile is the setting that names the file of a key.
const keyFile = "KEY_FILE"

// maxKeyFile is the largest key file that is read, in bytes.
const maxKeyFile = 64 << 10

// FromEnvironment returns settings without a file, and only those that say how to
// make a key: ALGORITHM, KEY_ID, ALLOW_WEAK_SECRET and KEY_PASSPHRASE_FILE. It
// ignores those that are wrong.
func FromEnvironment(o Options) *Settings {
	r := reader{lookup: o.Lookup, passphrase: o.Passphrase, settings: &Settings{}}
	signing{&r}.keyOptions()
	return r.settings
}

// decodeFile returns the bytes of the secret in a file, which is written as
// SECRET_KEY_ENCODING says. The error is a *[Problem].
func (s *Settings) decodeFile(path string, data []byte) ([]byte, error) {
	secret, err := decodeAs(s.encoding, string(data))
	switch {
	case errors.Is(err, errEncoding):
		return nil, &Problem{File: path, Text: unknownEncoding, Do: knownEncodings}
	case err != nil:
		return nil, &Problem{File: path, Text: notEncoded("the secret", s.encoding), Do: correctOne}
	}
	return secret, nil
}

// LoadKeys replaces the keys with those in a file of any kind that [auth.ParseKeys]
// knows, and adds warnings about them. A line break at the end of a bare secret is
// not part of it, and SECRET_KEY_ENCODING says how it is written. The algorithm is the one in the settings, else the key's own.
// Unless strict, the key's own also replaces one in the settings that does not
// match the key: it was meant for another. The error is a *[Problem].
func (s *Settings) LoadKeys(path string, strict bool) error {
	data, err := ReadFile(path, maxKeyFile)
	if err != nil {
		return err
	}
	if isSettings(data) {
		return &Problem{File: path, Text: "it is a settings file, not a key file", Do: "give it with --env-file"}
	}
	if kind.Of(data).Kind == kind.Plain {
		if data, err = s.decodeFile(path, trimLine(data)); err != nil {
			return err
		}
	}
	keys, err := s.readKeys(data, strict)
	if err != nil {
		problem := &Problem{File: path, Text: err.Error(), Do: s.keyAdvice(data, err), cause: err}
		return problem
	}
	s.use(keys, path)
	warnUndone(s, path)
	warnSet(s, path)
	warn := func(text, do string) {
		s.Warnings = append(s.Warnings, Warning{File: path, Name: keyFile, Text: text, Do: do, Severe: true})
	}
	s.warnWeak(Warning{File: path, Name: keyFile, Text: "the key"}, keys...)
	if s.Key.Form() == "" && len(bytes.TrimSpace(data)) < len(data) {
		warn("the secret starts or ends with white space, which is part of the key here but which an API may trim",
			"remove the white space from the file")
	}
	if what := invisibleIn(string(data)); what != "" && s.Key.Public() == nil && !bytes.HasPrefix(data, []byte("{")) {
		warn("the secret contains "+what, otherSecret)
	}
	if w, exposed := CheckMode(path); exposed && (s.Key.CanSign() || slices.ContainsFunc(keys, (*auth.Key).OnlyDecrypts)) {
		s.Warnings = append(s.Warnings, w)
	}
	return nil
}

// readKeys reads the keys of a file or a value. See LoadKeys for strict.
func (s *Settings) readKeys(data []byte, strict bool) ([]*auth.Key, error) {
	var alg auth.Algorithm
	if s.algorithmGiven {
		alg = s.Algorithm
	}
	keys, err := parseKeys(s, data, alg)
	if err != nil && !strict {
		if own, other := parseKeys(s, data, ""); other == nil && own[0].Public() != nil {
			keys, err = own, nil
		}
	}
	return keys, err
}

// use takes these keys. The first that can sign signs; if there is none, the first that can
// verify stands for them.
func (s *Settings) use(keys []*auth.Key, source string) {
	s.Keys, s.Key, s.KeySource = keys, keys[0], source
	verifies := func(k *auth.Key) bool { return !k.OnlyDecrypts() }
	for _, can := range []func(*auth.Key) bool{(*auth.Key).CanSign, verifies} {
		if n := slices.IndexFunc(keys, can); n >= 0 {
			s.Key = keys[n]
			return
		}
	}
}

// AddDecrypting adds the keys of other settings, which are for encryption, to those that
// verify, with the warnings about them.
func (s *Settings) AddDecrypting(from *Settings) {
	if s.Key == nil {
		s.use(from.Keys, from.KeySource)
	} else {
		s.Decrypting = Decrypting{from.Keys, from.KeySource}
		s.Keys = append(slices.Clone(s.Verifying()), from.Keys...)
	}
	for _, w := range from.Warnings {
		if w.File == from.KeySource {
			s.Warnings = append(s.Warnings, w)
		}
	}
}

// warnUndone warns about what was undone to read the keys, once for each thing.
func warnUndone(s *Settings, path string) {
	seen := map[string]bool{}
	for _, key := range s.Keys {
		for _, note := range key.Notes() {
			if !seen[note] {
				s.Warnings = append(s.Warnings, Warning{
					File: path, Name: keyFile, Text: "it is read as " + key.Form() + ": " + note,
					Do: "correct the file, since other programs may refuse it",
				})
			}
			seen[note] = true
		}
	}
}

// keyAdvice says what to do about a file whose keys were refused.
func (s *Settings) keyAdvice(data []byte, err error) string {
	if errors.Is(err, auth.ErrEncrypted) {
		return "set KEY_PASSPHRASE_FILE, or --passphrase-file, to a file with its passphrase"
	}
	if keys, other := parseKeys(s, data, ""); s.algorithmGiven && other == nil && len(keys) > 0 {
		return "set ALGORITHM, or --alg, to " + string(keys[0].Algorithm())
	}
	return advice.Of(err)
}

// beside returns the path in a setting. A relative path starts in the folder of the
// settings file, unless the environment holds the setting.
func beside(file string, given setting) string {
	if given.file == environment || filepath.IsAbs(given.value) {
		return given.value
	}
	return filepath.Join(filepath.Dir(file), given.value)
}

// readPassphrase reads the passphrase of a key from a file. A line break at the end
// is not part of it.
func readPassphrase(path string) ([]byte, error) {
	data, err := ReadFile(path, maxKeyFile)
	return trimLine(data), err
}

// keyFile loads the keys of KEY_FILE.
func (k signing) keyFile(given setting) {
	r := k.r
	if r.settings.Algorithm == "" {
		return // already reported
	}
	err := r.settings.LoadKeys(beside(r.file, given), given.name == "KEY_FILE")
	if refused, ok := errors.AsType[*Problem](err); ok {
		do := refused.Do
		if do == "" {
			do = "choose another file"
		}
		r.problem(given, given.name+": "+refused.File+": "+refused.Text, do)
		problem := r.problems[len(r.problems)-1]
		problem.cause, problem.Encrypted = err, names{r}.encrypted(err)
		return
	}
	r.settings.KeyName = given.name
}

// isFile reports whether there is a file.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// isSettings reports whether the text of a file sets the secret.
func isSettings(text []byte) bool {
	for line := range bytes.Lines(text) {
		name, _, ok := bytes.Cut(line, []byte("="))
		if ok && string(bytes.TrimSpace(bytes.TrimPrefix(name, []byte("export ")))) == secretKey {
			return true
		}
	}
	return false
}

// trimLine removes one line break at the end, which an editor or echo put there and
// which is not part of a secret.
func trimLine(secret []byte) []byte {
	line, ok := bytes.CutSuffix(secret, []byte("\n"))
	if ok {
		line = bytes.TrimSuffix(line, []byte("\r"))
	}
	return line
}
