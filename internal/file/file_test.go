package file

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

	"tokendesk/auth/advice"
)

func TestNew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ada.jwt")
	if err := New(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	checkFile(t, path, "one")

	err := New(path, []byte("two"))
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want fs.ErrExist", err)
	}
	if want := path + " already exists and was not changed"; err.Error() != want || advice.Of(err) != "choose another name" {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	checkFile(t, path, "one")

	if err := Replace(path, []byte("three")); err != nil {
		t.Fatal(err)
	}
	checkFile(t, path, "three")
}

func TestNewDoesNotFollowLinks(t *testing.T) {
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
		if err := New(path, []byte("new")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: got %v, want fs.ErrExist", path, err)
		}
	}
	if err := Replace(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(target); string(text) != "mine" {
		t.Errorf("wrote through the link: %s", text)
	}
	if text, _ := os.ReadFile(link); string(text) != "new" {
		t.Errorf("the link is %q, want it replaced", text)
	}
}

func TestNewIsTakenOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token")
	var wg sync.WaitGroup
	results := make(chan error, 8)
	for range cap(results) {
		wg.Go(func() { results <- New(path, []byte("whole")) })
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

// Rewrite follows links and writes into pipes.
func TestRewrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link := filepath.Join(dir, "report"), filepath.Join(dir, "link")
	if err := Rewrite(path, []byte("one"), 0o640); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&^0o640 != 0 {
		t.Errorf("a new file has mode %v, %v, want at most 640", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o606); err != nil {
		t.Fatal(err)
	}
	if os.Symlink(path, link) != nil {
		t.Skip("no symbolic links here")
	}
	if err := Rewrite(link, []byte("two"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != "two" {
		t.Errorf("the file behind the link holds %q, want it written", text)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o606 && runtime.GOOS != "windows" {
		t.Errorf("the mode is %v, %v, want it kept", info.Mode(), err)
	}
	if target, err := os.Readlink(link); err != nil || target != path {
		t.Errorf("the link leads to %q, %v, want it kept", target, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if err := Rewrite(os.DevNull, []byte("gone"), 0o600); err != nil {
		t.Errorf("into a device: %v", err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s is %v, %v, want a device", os.DevNull, info.Mode(), err)
	}
	if err := Rewrite(dir, nil, 0o600); err == nil {
		t.Error("a folder was written to")
	}
}

func TestNewErrors(t *testing.T) {
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
		{filepath.Join(dir, "none", "a"), "there is no folder " + filepath.Join(dir, "none"), fs.ErrNotExist},
		{filepath.Join(file, "a"), "there is no folder " + file, nil},
		{dir, "is a folder", fs.ErrExist},
		{filepath.Join(readOnly, "a"), "the folder " + readOnly + " is read-only", fs.ErrPermission},
	}
	for _, test := range tests {
		if filepath.Dir(test.path) == readOnly && (runtime.GOOS == "windows" || os.Geteuid() == 0) {
			continue // root may write everywhere
		}
		err := New(test.path, []byte("secret"))
		if err == nil || !strings.Contains(err.Error(), test.want) || test.is != nil && !errors.Is(err, test.is) {
			t.Errorf("New(%s): got %v, want %s", test.path, err, test.want)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	path := filepath.Join("home", "ada.jwt")
	tests := []struct {
		cause    error
		want, do string
	}{
		{fs.ErrPermission, path + " cannot be written because the folder home is read-only", "choose another folder"},
		{syscall.EROFS, path + " cannot be written because the folder home is read-only", "choose another folder"},
		{errNoRoom, path + " cannot be written because the disk is full", "free some space"},
		{syscall.EIO, path + " cannot be written: " + syscall.EIO.Error(), ""},
	}
	for _, test := range tests {
		err := explain(path, &fs.PathError{Op: "write", Path: filepath.Join("home", ".tokendesk-1"), Err: test.cause})
		if err.Error() != test.want || advice.Of(err) != test.do || !errors.Is(err, test.cause) {
			t.Errorf("got  %v; %s\nwant %s; %s", err, advice.Of(err), test.want, test.do)
		}
	}
}

// checkFile fails unless the file holds text, only its owner can read it, and no
// other file is in its folder.
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
