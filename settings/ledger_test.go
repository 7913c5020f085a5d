package settings

import (
	"os"
	"path/filepath"
	"testing"
)

// A settings file can name a ledger only in its own folder, wherever links lead; the
// environment can name any.
func TestLedgerFile(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	for link, target := range map[string]string{
		"out": outside, "in": filepath.Join(dir, "logs"),
		"nowhere.jsonl": filepath.Join(outside, "new.jsonl"), "out.jsonl": filepath.Join(outside, "there.jsonl"),
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip("this system has no symbolic links")
		}
	}
	for _, path := range []string{filepath.Join(dir, "logs"), filepath.Join(dir, "deep", "er")} {
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(outside, "there.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for given, used := range map[string]bool{
		"ledger.jsonl": true, "logs/l.jsonl": true, "deep/er/l.jsonl": true, "in/l.jsonl": true, "logs/../l.jsonl": true,
		"new/folder/l.jsonl":          true,
		filepath.Join(dir, "l.jsonl"): true,
		"../l.jsonl":                  false, "logs/../../l.jsonl": false, filepath.Join(outside, "l.jsonl"): false, "out/l.jsonl": false,
		"out/new/l.jsonl": false, "nowhere.jsonl": false, "out.jsonl": false, ".": false, "": false,
		"~/l.jsonl": false, "~": false, "~ada/l.jsonl": false, // no shell reads the file
		"profile": false, "logs/.bashrc": false, "l.jsonl.sh": false,
	} {
		file := filepath.Join(dir, ".env")
		if err := os.WriteFile(file, []byte("SECRET_KEY="+canary+"\nLEDGER_FILE="+given+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(Options{File: file, Lookup: lookupIn(nil)})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Ledger.File != ""; got != used {
			t.Errorf("%q is used: %t (%s)", given, got, s.Ledger.File)
		}
		if warned := len(s.Warnings) > 0; warned != (!used && given != "") {
			t.Errorf("%q: warnings %v", given, s.Warnings)
		}
	}
	elsewhere := filepath.Join(outside, "l.txt")
	s, err := load(t, "LEDGER_FILE=ledger.jsonl", map[string]string{"SECRET_KEY": canary, "LEDGER_FILE": elsewhere})
	if err != nil || s.Ledger.File != elsewhere {
		t.Errorf("the environment: %q, %v", s.Ledger.File, err)
	}
}

// The folder is that of the system, and always a full path.
func TestStateFolder(t *testing.T) {
	t.Parallel()
	if filepath.Separator != '/' {
		t.Skip("the paths are those of Unix")
	}
	for system, want := range map[string]string{
		"linux": "/home/ada/.local/state", "freebsd": "/home/ada/.local/state", "darwin": "/home/ada/Library/Application Support",
		"windows": "/local",
	} {
		lookup := lookupIn(map[string]string{"HOME": "/home/ada", "LocalAppData": "/local"})
		if got := systemState(system, lookup); got != want {
			t.Errorf("on %s: %s", system, got)
		}
	}
	for _, test := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"HOME": "/home/ada", "XDG_STATE_HOME": "/state"}, "/state/tokendesk"},
		{map[string]string{"XDG_STATE_HOME": "relative"}, ""},
		{map[string]string{}, ""},
	} {
		if got := StateFolder(lookupIn(test.env)); got != test.want {
			t.Errorf("%v: %q, want %q", test.env, got, test.want)
		}
	}
}
