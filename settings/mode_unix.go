//go:build !windows

package settings

import (
	"os"
	"strings"
)

// warnMode tells when others can get at the file that holds the secret.
func (r *reader) warnMode(s setting) {
	if s.line == 0 {
		return
	}
	info, err := os.Stat(s.file)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return
	}
	what := "others can read it, and with it sign any token"
	if info.Mode().Perm()&0o022 != 0 {
		what = "others can change it, and with it which key signs"
	}
	file := setting{name: s.name, file: s.file}
	r.warn(file, what, "run chmod 600 "+shellWord(s.file))
}

// shellWord makes a path one word of a shell.
func shellWord(path string) string {
	if strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-") == "" && !strings.HasPrefix(path, "-") {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
