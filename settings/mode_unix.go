//go:build !windows

package settings

import (
	"os"
	"slices"

	"tokendesk/internal/shell"
	"tokendesk/settings/project"
)

// warnMode warns when other users can read or change a file that holds a secret,
// even one that the environment overrides, or change a file that names the key.
func (r *reader) warnMode() {
	holds := func(name string) bool {
		return slices.ContainsFunc(r.statements, func(st statement) bool { return st.name == name && st.value != "" })
	}
	secret, path := holds(secretKey), holds(keyFile)
	for _, c := range r.settings.Recognised.Names() {
		path = path || holds(c.Name)
		secret = secret || holds(c.Name) && c.Class != project.Verifies && c.Value.Form != project.Path
	}
	info, err := os.Stat(r.file)
	if changes := err == nil && info.Mode().Perm()&0o022 != 0; !secret && (!path || !changes) {
		return
	}
	if w, exposed := CheckMode(r.file); exposed {
		r.settings.Warnings = append(r.settings.Warnings, w)
	}
}

// CheckMode reports whether other users can read or change a file that holds a
// secret, and returns the warning about that. A pipe or a device is not exposed.
func CheckMode(path string) (Warning, bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Mode().Perm()&0o077 == 0 {
		return Warning{}, false
	}
	text := "other users can read this file and sign any token with it"
	if info.Mode().Perm()&0o022 != 0 {
		text = "other users can change this file and so choose the key that signs"
	}
	return Warning{File: path, Name: secretKey, Text: text, Do: "run chmod 600 " + shell.Word(path), Severe: true}, true
}
