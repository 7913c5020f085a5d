package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"tokendesk/auth"
	"tokendesk/settings"
)

// maxKeyFile is the most that is read of a key file, in bytes.
const maxKeyFile = 64 << 10

// loadKey makes the key of the settings from a file that holds a bare secret,
// and adds to the warnings what is odd about it.
func loadKey(set *settings.Settings, path string) error {
	secret, err := readFile(path, maxKeyFile)
	if err != nil {
		return err
	}
	if isSettings(secret) {
		return fmt.Errorf("%s: it is a settings file, not a secret; name it with --env-file", path)
	}
	secret = trimLine(secret)
	key, err := auth.NewHMACKey(set.Algorithm, secret, set.KeyOptions...)
	if err != nil {
		return explainKey(path, secret, err)
	}
	set.Key, set.KeySource = key, path
	warn := func(text, do string) {
		set.Warnings = append(set.Warnings, settings.Warning{File: path, Name: secretKey, Text: text, Do: do, Severe: true})
	}
	if weakness := key.Weakness(); weakness != nil {
		warn("ALLOW_WEAK_SECRET lets a weak key sign: "+weakness.Error(), "use it against test systems only")
	}
	if len(bytes.TrimSpace(secret)) < len(secret) {
		warn("the secret has white space at an end, which is part of the key here and which an API may cut off", "take it out of the file")
	}
	if w, exposed := settings.CheckMode(path); exposed {
		set.Warnings = append(set.Warnings, w)
	}
	return nil
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

// explainKey says why the file's secret was refused. What is a key of another
// kind is called by its name.
func explainKey(path string, secret []byte, err error) error {
	refused, ok := errors.AsType[*auth.SecretError](err)
	if !ok {
		return fmt.Errorf("%s: %w", path, err)
	}
	if refused.Kind != auth.SecretWrongKind {
		return fmt.Errorf("%s: %w; make a better one, for example with openssl rand -hex 64", path, refused)
	}
	kind := refused.What
	var set struct {
		Keys json.RawMessage `json:"keys"`
	}
	if json.Unmarshal(secret, &set) == nil && set.Keys != nil {
		kind = "a JWK set"
	}
	return fmt.Errorf("%s: it holds %s, which cannot be used as a key yet; give a file with a bare HMAC secret", path, kind)
}

// readFile reads a file of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, explainRead(path, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, explainRead(path, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s: it is larger than %d KiB; check that it is the right file", path, limit>>10)
	}
	return data, nil
}

// explainRead says in a sentence why a file cannot be read.
func explainRead(path string, err error) error {
	info, statErr := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file; check the name", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: it cannot be read; check the permissions of the file and of its folders", path)
	case statErr == nil && info.IsDir():
		return fmt.Errorf("%s: it is a folder; name a file", path)
	default:
		return fmt.Errorf("%s: it cannot be read", path)
	}
}
