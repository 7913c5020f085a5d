//go:build !windows

package settings

import (
	"os"
	"slices"

	"tokendesk/internal/shell"
)

// warnMode tells when others can get at a file that holds a secret, even one
// that the environment replaces, or change one that names the key.
func (r *reader) warnMode() {
	holds := func(name string) bool {
		return slices.ContainsFunc(r.statements, func(st statement) bool { return st.name == name && st.value != "" })
	}
	info, err := os.Stat(r.file)
	names := err == nil && info.Mode().Perm()&0o022 != 0 && holds("KEY_FILE")
	if !names && !holds(secretKey) {
		return
	}
	if w, exposed := CheckMode(r.file); exposed {
		r.settings.Warnings = append(r.settings.Warnings, w)
	}
}

// CheckMode reports whether others can get at a file that holds a secret, with
// the warning to give then. What is not a file, such as a pipe, is not exposed.
func CheckMode(path string) (Warning, bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Mode().Perm()&0o077 == 0 {
		return Warning{}, false
	}
	what := "others can read it, and with it sign any token"
	if info.Mode().Perm()&0o022 != 0 {
		what = "others can change it, and with it which key signs"
	}
	return Warning{File: path, Name: secretKey, Text: what, Do: "run chmod 600 " + shell.Word(path), Severe: true}, true
}
