// Package trace writes what a program does to a file that can go with a report of
// a failure: kinds of events, how long they took, and where it panicked. No value
// gets there, since any could be a secret.
package trace

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// heading is the first line of every file. A file that begins otherwise is not
// ours.
const heading = "Tokendesk debug file: events, times and panics, without any value\n"

// Log is an open file. One that is nil writes nothing, so that nobody has to ask
// whether there is one.
type Log struct {
	path  string
	began time.Time
	mu    sync.Mutex
	file  *os.File
}

// Open opens a file that only the user can read and write, and begins a run of the
// program in it. A file of an earlier run is continued. What is something else
// stays as it is, and is the error.
func Open(path, program string) (*Log, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file: name a new one", path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the debug file cannot be written: %w", err)
	}
	first := make([]byte, len(heading))
	n, _ := f.ReadAt(first, 0) // what cannot be read is not ours
	if n > 0 && string(first[:n]) != heading {
		_ = f.Close()
		return nil, fmt.Errorf("%s is there and is no debug file, so it was left as it is: name a new one", path)
	}
	_ = f.Chmod(0o600) // a file system without modes refuses
	l := &Log{path: path, began: time.Now(), file: f}
	text := ""
	if n == 0 {
		text = heading
	}
	l.write(text + fmt.Sprintf("\n%s %s, %s/%s, %s\n",
		l.began.UTC().Format(time.RFC3339), program, runtime.GOOS, runtime.GOARCH, runtime.Version()))
	return l, nil
}

// Close closes the file. It writes nothing more.
func (l *Log) Close() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.file.Close()
}

// write writes whole lines at once. What cannot be written is lost: the program
// matters more than its trace.
func (l *Log) write(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = l.file.WriteString(text)
}

func (l *Log) linef(format string, args ...any) {
	l.write(fmt.Sprintf("%9.3f  ", time.Since(l.began).Seconds()) + fmt.Sprintf(format, args...))
}

// Event returns the function that writes an event of that kind, with the time that
// has passed until then. The kind must not depend on anything that was typed, read
// or configured.
func (l *Log) Event(kind string) (done func()) {
	if l == nil {
		return func() {}
	}
	begins := time.Now()
	return func() { l.linef("%s  %v\n", kind, time.Since(begins).Round(time.Microsecond)) }
}

// Caught reports whether there was a panic, and writes where. It takes what recover
// returned and writes no more of it than its type:
//
//	defer func() {
//		if log.Caught(recover()) {
//			err = errFailed
//		}
//	}()
func (l *Log) Caught(value any) bool {
	if value == nil {
		return false
	}
	if l != nil {
		l.linef("panic with a value of type %T\n%s", value, frames())
	}
	return true
}

// frames returns the functions that led to the panic, the innermost first: names,
// files and lines.
func frames() string {
	pcs := make([]uintptr, 128)
	all := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	var b strings.Builder
	for panicked := false; ; {
		frame, more := all.Next()
		switch inRuntime := strings.HasPrefix(frame.Function, "runtime."); {
		case inRuntime && !panicked:
			panicked = frame.Function == "runtime.gopanic" // before it stands who recovers
		case inRuntime && b.Len() == 0: // what raises it
		case panicked:
			fmt.Fprintf(&b, "           %s %s:%d\n", frame.Function, frame.File[strings.LastIndexByte(frame.File, '/')+1:], frame.Line)
		}
		if !more {
			return b.String()
		}
	}
}

// Advice says how a report of a failure comes to have the file.
func (l *Log) Advice() string {
	if l == nil {
		return "run it again with --debug FILE, and send that file along"
	}
	return "and send " + l.path + " along"
}

// key is that of the context's value.
type key struct{}

// Into returns a context that carries the log to whatever recovers from a panic.
func Into(ctx context.Context, l *Log) context.Context { return context.WithValue(ctx, key{}, l) }

// From returns the log that a context carries, or nil.
func From(ctx context.Context) *Log {
	l, _ := ctx.Value(key{}).(*Log)
	return l
}
