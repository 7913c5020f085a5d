package settings

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"tokendesk/internal/file"
)

// The settings of the ledger.
const (
	ledgerName   = "LEDGER"
	ledgerClaims = "LEDGER_CLAIMS"
	ledgerFile   = "LEDGER_FILE"

	// ledgerExt is how the name of a file ends that a settings file may name.
	ledgerExt = ".jsonl"
)

// Ledger says whether and where issued tokens are recorded, and with which parts.
type Ledger struct {
	Off    bool // nothing is
	Claims bool // also the claims
	// File is the path of the file, or empty for that of the user.
	File string
}

// ledgerOf reads the settings of the ledger. PROTECTED was read before.
func ledgerOf(r *reader) Ledger {
	return Ledger{
		Off:    !r.toggle(ledgerName, "on", "off", true),
		Claims: r.toggle(ledgerClaims, "on", "off", !r.settings.Protected),
		File:   ledgerFileOf(r),
	}
}

// ledgerFileOf returns the path of the ledger that a setting names, or nothing. The settings
// file may be a stranger's, so it can name only a file in its own folder.
func ledgerFileOf(r *reader) string {
	s := r.get(ledgerFile)
	if !s.set || r.text(ledgerFile) == "" {
		return ""
	}
	if s.file == environment {
		return file.ExpandHome(s.value, os.Getenv("HOME"))
	}
	path := beside(r.file, s)
	switch {
	case strings.HasPrefix(s.value, "~"): // it would be the name of a folder
		r.warn(s, false, ledgerFile+" starts with ~, so it is ignored", "write the whole path, and set it in the environment")
	case !isInside(filepath.Dir(r.file), path):
		r.warn(s, false, ledgerFile+" names a file outside this folder, so it is ignored",
			"name a file in this folder, or set it in the environment")
	case filepath.Ext(path) != ledgerExt: // it might be a file that another program runs
		r.warn(s, false, ledgerFile+" names a file that does not end with "+ledgerExt+", so it is ignored", "name one such as ledger.jsonl")
	default:
		return path
	}
	return ""
}

// isInside reports whether a file is in a folder or below it, wherever symbolic links lead.
func isInside(folder, path string) bool {
	folder, known := followed(folder)
	path, leads := followed(path)
	relative, err := filepath.Rel(folder, path)
	return known && leads && err == nil && filepath.IsLocal(relative) && relative != "."
}

// followed returns where a path leads. What does not exist yet is not a symbolic link.
func followed(path string) (string, bool) {
	path = absolute(path)
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target, true
	}
	if _, err := os.Lstat(path); err == nil || filepath.Dir(path) == path {
		return "", false // a link that leads nowhere yet
	}
	folder, ok := followed(filepath.Dir(path))
	return filepath.Join(folder, filepath.Base(path)), ok
}

func absolute(path string) string {
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return path
}

// StateFolder returns the folder for the ledger and the state of the console, or nothing if
// there is no home folder: tokendesk in XDG_STATE_HOME, else in ~/.local/state, on macOS in
// ~/Library/Application Support, and on Windows in %LocalAppData%.
func StateFolder(lookup func(string) (string, bool)) string {
	folder := ""
	if lookup == nil {
		lookup = os.LookupEnv
	}
	if given, _ := lookup("XDG_STATE_HOME"); filepath.IsAbs(given) { // the specification ignores others
		folder = given
	} else {
		folder = systemState(runtime.GOOS, lookup)
	}
	if !filepath.IsAbs(folder) {
		return ""
	}
	return filepath.Join(folder, "tokendesk")
}

// systemState returns the folder of a system for the state of programs.
func systemState(system string, lookup func(string) (string, bool)) string {
	if system == "windows" {
		local, _ := lookup("LocalAppData")
		return local
	}
	home, _ := lookup("HOME")
	if system == "darwin" {
		return filepath.Join(home, "Library", "Application Support")
	}
	return filepath.Join(home, ".local", "state")
}

// LedgerFile returns the path of the ledger of the user: that of the preferences, else
// ledger.jsonl in the [StateFolder], or nothing if there is no such folder.
func LedgerFile(lookup func(string) (string, bool)) string {
	folder := StateFolder(lookup)
	if given := preferredLedger(lookup); given != "" {
		return given
	}
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "ledger.jsonl")
}

// preferredLedger returns the file that the preferences name, or nothing. Most commands read
// the preferences only for this, so a file without the name is not parsed.
func preferredLedger(lookup func(string) (string, bool)) string {
	path := preferencesFile()
	if text, err := file.Read(path, maxPreferences); err != nil || !bytes.Contains(text, []byte(ledgerPreference)) {
		return ""
	}
	home, _ := lookup("HOME")
	given := file.ExpandHome(readPreferences(path, lookup).Ledger, home)
	if given == "" || filepath.IsAbs(given) {
		return given
	}
	return filepath.Join(filepath.Dir(path), given)
}
