package copyas

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func TestWriteFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ada.jwt")
	if err := WriteFile(path, []byte("one"), false); err != nil {
		t.Fatal(err)
	}
	checkFile(t, path, "one")

	err := WriteFile(path, []byte("two"), false)
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want fs.ErrExist", err)
	}
	if want := path + " exists already and was not changed: choose another name"; err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	checkFile(t, path, "one")

	if err := WriteFile(path, []byte("three"), true); err != nil {
		t.Fatal(err)
	}
	checkFile(t, path, "three")
}

func TestWriteFileDoesNotFollowLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target, link, dangling := filepath.Join(dir, "target"), filepath.Join(dir, "link"), filepath.Join(dir, "dangling")
	if err := os.WriteFile(target, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if os.Symlink(target, link) != nil || os.Symlink(filepath.Join(dir, "none"), dangling) != nil {
		t.Skip("no symbolic links here")
	}
	for _, path := range []string{link, dangling} {
		if err := WriteFile(path, []byte("new"), false); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: got %v, want fs.ErrExist", path, err)
		}
	}
	if err := WriteFile(link, []byte("new"), true); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(target); string(text) != "mine" {
		t.Errorf("wrote through the link: %s", text)
	}
	if text, _ := os.ReadFile(link); string(text) != "new" {
		t.Errorf("the link is %q, want it replaced", text)
	}
}

func TestWriteFileIsTakenOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token")
	var wg sync.WaitGroup
	results := make(chan error, 8)
	for range cap(results) {
		wg.Go(func() { results <- WriteFile(path, []byte("whole"), false) })
	}
	wg.Wait()
	close(results)
	written := 0
	for err := range results {
		if err == nil {
			written++
		} else if !errors.Is(err, fs.ErrExist) {
			t.Error(err)
		}
	}
	if written != 1 {
		t.Errorf("%d of %d wrote the file, want one", written, cap(results))
	}
	checkFile(t, path, "whole")
}

func TestWriteFileErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(dir, "read-only")
	if err := os.Mkdir(readOnly, 0o500); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path, want string
		is         error
	}{
		{filepath.Join(dir, "none", "a"), "there is no folder " + filepath.Join(dir, "none") + ": create it first", fs.ErrNotExist},
		{filepath.Join(file, "a"), "there is no folder " + file, nil},
		{dir, "is a folder: name a file in it", fs.ErrExist},
		{filepath.Join(readOnly, "a"), "the folder " + readOnly + " is read-only: choose another one", fs.ErrPermission},
	}
	for _, test := range tests {
		if filepath.Dir(test.path) == readOnly && (runtime.GOOS == "windows" || os.Geteuid() == 0) {
			continue // root may write everywhere
		}
		err := WriteFile(test.path, []byte("secret"), false)
		if err == nil || !strings.Contains(err.Error(), test.want) || test.is != nil && !errors.Is(err, test.is) {
			t.Errorf("WriteFile(%s): got %v, want %s", test.path, err, test.want)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	path := filepath.Join("home", "ada.jwt")
	tests := []struct {
		cause error
		want  string
	}{
		{fs.ErrPermission, path + " cannot be written because the folder home is read-only: choose another one"},
		{syscall.EROFS, path + " cannot be written because the folder home is read-only: choose another one"},
		{errNoRoom, path + " cannot be written because the disk is full: free some space"},
		{syscall.EIO, path + " cannot be written: " + syscall.EIO.Error()},
	}
	for _, test := range tests {
		err := explain(path, &fs.PathError{Op: "write", Path: filepath.Join("home", ".tokendesk-1"), Err: test.cause})
		if err.Error() != test.want || !errors.Is(err, test.cause) {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
	}
}

// checkFile fails unless the file holds text, can be read by its owner alone,
// and is alone in its folder.
func checkFile(t *testing.T, path, text string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != text {
		t.Errorf("the file holds %q, %v, want %q", got, err, text)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("mode %o, want 600", mode)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
