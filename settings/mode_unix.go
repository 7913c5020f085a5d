//go:build !windows

package settings

import (
	"os"
	"slices"
	"strings"
)

// warnMode tells when others can get at a file that holds a secret, even one
// that the environment replaces.
func (r *reader) warnMode() {
	holds := func(st statement) bool { return st.name == "SECRET_KEY" && st.value != "" }
	if !slices.ContainsFunc(r.statements, holds) {
		return
	}
	info, err := os.Stat(r.file)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return
	}
	what := "others can read it, and with it sign any token"
	if info.Mode().Perm()&0o022 != 0 {
		what = "others can change it, and with it which key signs"
	}
	file := setting{statement: statement{name: "SECRET_KEY"}, file: r.file}
	r.warn(file, true, what, "run chmod 600 "+shellWord(r.file))
}

// shellWord makes a path one word of a shell.
func shellWord(path string) string {
	if strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-") == "" && !strings.HasPrefix(path, "-") {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
