//go:build unix

package ledger

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tokendesk/auth/advice"
)

// Only the user can read the file and the folders, whatever the umask and whatever they were.
func TestModes(t *testing.T) { //nolint:paralleltest // the umask is that of the process
	dir := t.TempDir()
	mode := func(path string) fs.FileMode {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	for _, mask := range []int{0, 0o022, 0o077, 0o777} {
		old := syscall.Umask(mask)
		folder := filepath.Join(dir, string(rune('a'+mask%26)), "state", "tokendesk")
		l := Open(filepath.Join(folder, "ledger.jsonl"), nil)
		l.maxBytes = 1
		one, two := l.Append(Row{Event: Removed}), l.Append(Row{Event: Removed}) // the second rotates
		syscall.Umask(old)
		if one != nil || two != nil {
			t.Fatalf("umask %03o: %v, %v", mask, one, two)
		}
		got := [...]fs.FileMode{mode(folder), mode(filepath.Dir(folder)), mode(l.path), mode(l.Older())}
		if got != [...]fs.FileMode{0o700, 0o700, 0o600, 0o600} {
			t.Errorf("umask %03o: %v", mask, got)
		}
		if err := os.Chmod(l.path, 0o644); err != nil {
			t.Fatal(err)
		}
		l.maxBytes = MaxBytes
		if err := l.Append(Row{Event: Removed}); err != nil || mode(l.path) != 0o600 {
			t.Errorf("a file that others could read has the mode %v, %v", mode(l.path), err)
		}
	}
}

// A folder on a disk that is not there is said, and not waited for.
func TestFolderLeadsNowhere(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "tokendesk")
	if err := os.Symlink(filepath.Join(t.TempDir(), "unmounted"), folder); err != nil {
		t.Fatal(err)
	}
	err := Open(filepath.Join(folder, "ledger.jsonl"), nil).Append(Row{Event: Removed})
	if err == nil || !strings.Contains(err.Error(), folder) || advice.Of(err) == "" {
		t.Errorf("%v, %q", err, advice.Of(err))
	}
}

// A link that leads nowhere is named, and neither followed nor replaced.
func TestLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, target := filepath.Join(dir, "ledger.jsonl"), filepath.Join(dir, "gone", "ledger.jsonl")
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
	l := Open(path, nil)
	want := path + " is a symbolic link to " + target + ", which does not exist"
	for name, err := range map[string]error{
		"append": l.Append(Row{Event: Removed}), "health": l.Health().Problem, "rows": firstError(l),
	} {
		if err == nil || err.Error() != want || advice.Of(err) != "create that file, or remove the link" {
			t.Errorf("%s: %v; %s", name, err, advice.Of(err))
		}
	}
	if _, err := os.Lstat(target); err == nil {
		t.Error("the target was created")
	}
}

// What is no file cannot be read, and that is said once.
func TestFolderIsNoLedger(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	err := firstError(Open(path, nil))
	want := path + " is not a regular file, so it cannot be the ledger"
	if err == nil || err.Error() != want || advice.Of(err) != "choose another name with LEDGER_FILE" {
		t.Errorf("%v; %s", err, advice.Of(err))
	}
}

func firstError(l *Ledger) error {
	for _, err := range l.Rows(Query{}) {
		return err
	}
	return nil
}
