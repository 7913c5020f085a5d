package settings

import (
	"bytes"
	"slices"
	"strings"

	"tokendesk/auth/advice"
)

// KeepName writes SECRET_KEY_NAME into a settings file, so that the choice of a name is one for
// everybody who has the file. Everything else in the file stays as it is. Its error has advice.
func KeepName(path, name string) error {
	if !isSettingName(name) {
		return advice.New("the name "+name+" cannot be written into a settings file", "set SECRET_KEY_NAME in the environment")
	}
	return editFile(path, "set SECRET_KEY_NAME there", func(text []byte) ([]byte, error) {
		ending := []byte("\n")
		if bytes.Contains(text, []byte("\r\n")) {
			ending = []byte("\r\n")
		}
		line := []byte(secretKeyName + "=" + name)
		if from, to, found := keptName(text); found {
			return slices.Concat(text[:from], line, text[to:]), nil
		}
		if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
			text = append(text, ending...)
		}
		return slices.Concat(text, line, ending), nil
	})
}

// isSettingName reports whether a settings file can set the name.
func isSettingName(name string) bool {
	return name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.") == ""
}

// keptName returns where SECRET_KEY_NAME is set in the text, from its line's start to its end.
func keptName(text []byte) (from, to int, found bool) {
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte(secretKeyName+"=")) {
			return from, from + len(bytes.TrimRight(line, "\r\n")), true
		}
		from += len(line)
	}
	return 0, 0, false
}
