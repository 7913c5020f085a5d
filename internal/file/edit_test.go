package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// appends returns an edit that adds a line.
func appends(path, line string) func() (before, after []byte, err error) {
	return func() (before, after []byte, err error) {
		before, err = Read(path, 1<<20)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, []byte(line + "\n"), nil
		}
		return before, []byte(string(before) + line + "\n"), err
	}
}

// TestEditLosesNothing: many edits at the same moment are all in the file, which a link
// names too.
func TestEditLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link := filepath.Join(dir, "list"), filepath.Join(dir, "sub", "link")
	if err := os.Mkdir(filepath.Dir(link), 0o700); err != nil {
		t.Fatal(err)
	}
	if os.Symlink(path, link) != nil {
		link = path
	}
	if err := Edit(path, 0o600, appends(path, "0")); err != nil {
		t.Fatal(err)
	}
	const edits = 40
	var all sync.WaitGroup
	for i := range edits {
		name := path
		if i%2 == 0 {
			name = link
		}
		all.Go(func() {
			if err := Edit(name, 0o600, appends(name, strconv.Itoa(i+1))); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	text, err := os.ReadFile(path)
	if err != nil || strings.Count(string(text), "\n") != edits+1 {
		t.Errorf("%d of %d lines are there, %v", strings.Count(string(text), "\n"), edits+1, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestEditNoticesOthers: a program without the lock that writes meanwhile is noticed, and
// what it wrote stays.
func TestEditNoticesOthers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		start  string // "" is no file
		others int    // how often the other program writes
		want   string
		wrong  bool
	}{
		{"", 1, "other 1\nmine\n", false},
		{"a\n", 1, "a\nother 1\nmine\n", false},
		{"a\n", 2, "a\nother 1\nother 2\nmine\n", false},
		{"a\n", 3, "a\nother 1\nother 2\nother 3\n", true},
	} {
		path := filepath.Join(t.TempDir(), "list")
		if test.start != "" {
			if err := os.WriteFile(path, []byte(test.start), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		calls := 0
		err := Edit(path, 0o600, func() (before, after []byte, err error) {
			before, after, err = appends(path, "mine")()
			if calls++; calls <= test.others {
				text := string(before) + "other " + strconv.Itoa(calls) + "\n"
				if other := os.WriteFile(path, []byte(text), 0o600); other != nil {
					t.Error(other)
				}
			}
			return before, after, err
		})
		if (err != nil) != test.wrong {
			t.Errorf("after %d changes: %v", test.others, err)
		}
		if text, _ := os.ReadFile(path); string(text) != test.want {
			t.Errorf("the file holds %q, want %q", text, test.want)
		}
	}
}

// TestEditNothing: an edit that fails or changes nothing writes nothing.
func TestEditNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list")
	if err := New(path, []byte("a")); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	no := errors.New("no")
	for _, want := range []error{nil, no} {
		got := Edit(path, 0o600, func() (before, after []byte, err error) {
			before, err = Read(path, 10)
			if want != nil {
				return before, []byte("b"), want
			}
			return before, before, err
		})
		if !errors.Is(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) {
		t.Errorf("the file was written, %v", err)
	}
	if err := Edit(filepath.Join(path, "x"), 0o600, appends(filepath.Join(path, "x"), "")); err == nil {
		t.Error("wrote into a file as if it were a folder")
	}
}

// TestLock: the lock of a folder is held until it is unlocked, and one that is held for
// too long is an error.
func TestLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list")
	unlock, err := Lock(path, lockWait)
	if err != nil {
		t.Fatal(err)
	}
	if _, busy := tryLock(filepath.Dir(path)); !busy {
		t.Error("it was locked twice")
	}
	time.AfterFunc(50*time.Millisecond, unlock)
	if err := Edit(path, 0o600, appends(path, "a")); err != nil {
		t.Error(err)
	}
	none, err := Lock(filepath.Join(t.TempDir(), "none", "list"), lockWait)
	if err != nil {
		t.Errorf("in a folder that does not exist: %v", err)
	}
	none()
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
