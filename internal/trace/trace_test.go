package trace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// in returns a path in a new folder.
func in(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "debug.txt")
}

// open opens a log, and closes it before its folder is removed.
func open(t *testing.T, path string) *Log {
	t.Helper()
	l, err := Open(path, "program 1.2")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A run is appended to earlier ones, in a file that only the user can read.
func TestOpen(t *testing.T) {
	t.Parallel()
	path := in(t)
	open(t, path).Event("first")()
	open(t, path).Event("second")()
	want := regexp.MustCompile(`^` + heading +
		`\n\S+Z program 1\.2, \w+/\w+, go\S+\n +\d+\.\d{3}  first  [\d.]+[µnm]?s\n` +
		`\n\S+Z program 1\.2, \w+/\w+, go\S+\n +\d+\.\d{3}  second  [\d.]+[µnm]?s\n$`)
	if text := read(t, path); !want.MatchString(text) {
		t.Errorf("the file is\n%s", text)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the mode is %v (%v)", info.Mode(), err)
	}
}

// An empty file is used, and made private.
func TestOpenEmpty(t *testing.T) {
	t.Parallel()
	path := in(t)
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	open(t, path)
	if text := read(t, path); !strings.HasPrefix(text, heading) {
		t.Errorf("the file is\n%s", text)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the mode is %v (%v)", info.Mode(), err)
	}
}

// Any other file stays unchanged.
func TestOpenOther(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"SECRET_KEY=x\n", "T", heading[:len(heading)-1], strings.ToLower(heading) + "more"} {
		path := in(t)
		if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
		if l, err := Open(path, "program"); l != nil || err == nil ||
			!strings.Contains(err.Error(), "exists, is not a debug file and was not changed") {
			t.Errorf("%q: the error is %v", text, err)
		}
		if now := read(t, path); now != text {
			t.Errorf("%q became %q", text, now)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o640 {
			t.Errorf("the mode is %v (%v)", info.Mode(), err)
		}
	}
	for path, want := range map[string]string{
		t.TempDir():                          " is not a regular file",
		filepath.Join(t.TempDir(), "x", "y"): "the debug file cannot be written: ",
	} {
		if l, err := Open(path, "program"); l != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v", err)
		}
	}
}

// Values that must not appear in a debug file.
const secret = "hunter2-canary"

func culprit(kind string) {
	var list []int
	switch kind {
	case "string":
		panic(secret)
	case "error":
		panic(errors.New(secret))
	case "index":
		_ = list[len(kind)]
	case "nil":
		var l *Log
		_ = l.path
	}
}

// The file says where the program panicked and the type of the value, but not the
// value.
func TestCaught(t *testing.T) {
	t.Parallel()
	for kind, name := range map[string]string{
		"string": "string", "error": "*errors.errorString", "index": "runtime.boundsError", "nil": "runtime.errorString",
	} {
		path := in(t)
		l := open(t, path)
		caught := false
		func() {
			defer func() { caught = l.Caught(recover()) }()
			defer func() { _ = len(kind) }()
			culprit(kind)
		}()
		if !caught {
			t.Errorf("%s: nothing was caught", kind)
		}
		text := read(t, path)
		want := regexp.MustCompile(`panic with a value of type ` + regexp.QuoteMeta(name) + `\n +tokendesk/internal/trace\.culprit ` +
			`trace_test\.go:\d+\n` +
			` +tokendesk/internal/trace\.TestCaught\.func\d+ trace_test\.go:\d+\n`)
		if !want.MatchString(text) {
			t.Errorf("%s: the file is\n%s", kind, text)
		}
		if strings.Contains(text, secret) || strings.Contains(text, "0x") {
			t.Errorf("%s: a value is in\n%s", kind, text)
		}
	}
}

// Without a panic nothing is written.
func TestNothingCaught(t *testing.T) {
	t.Parallel()
	path := in(t)
	l := open(t, path)
	before := read(t, path)
	func() {
		defer func() {
			if l.Caught(recover()) {
				t.Error("something was caught")
			}
		}()
	}()
	if text := read(t, path); text != before {
		t.Errorf("the file is\n%s", text)
	}
}

// Without a file everything works and writes nothing.
func TestNone(t *testing.T) {
	t.Parallel()
	l := From(t.Context())
	if l != nil {
		t.Fatal("there is a log")
	}
	l.Event("first")()
	l.Close()
	func() {
		defer func() {
			if !l.Caught(recover()) {
				t.Error("nothing was caught")
			}
		}()
		culprit("string")
	}()
	if advice := l.Advice(); !strings.Contains(advice, "--debug FILE") {
		t.Errorf("the advice is %q", advice)
	}
}

// A context carries the log, which names its file.
func TestContext(t *testing.T) {
	t.Parallel()
	path := in(t)
	l := open(t, path)
	ctx, stop := context.WithCancel(Into(t.Context(), l))
	defer stop()
	if From(ctx) != l {
		t.Error("the log is lost")
	}
	if advice := l.Advice(); !strings.Contains(advice, path) {
		t.Errorf("the advice is %q", advice)
	}
}
