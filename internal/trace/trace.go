// Package trace writes a debug file that can accompany the report of a failure: kinds
// of events, how long they took, and where the program panicked. It writes no values,
// since any value could be a secret.
package trace

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"tokendesk/auth/advice"
)

// heading is the first line of every debug file.
const heading = "Tokendesk debug file: events, times and panics, without any value\n"

// Log is an open debug file. A nil Log writes nothing, so that callers need not check.
type Log struct {
	path  string
	began time.Time
	mu    sync.Mutex
	file  *os.File
}

// Open opens a file that only the user can read and write, and starts a run of the
// program in it. It appends to the debug file of an earlier run. Any other file stays
// unchanged, and is an error with advice, see [advice.Of].
func Open(path, program string) (*Log, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, advice.New(path+" is not a regular file", "choose a new file")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the debug file cannot be written: %w", err)
	}
	first := make([]byte, len(heading))
	n, _ := f.ReadAt(first, 0) // if it cannot be read it is not a debug file
	if n > 0 && string(first[:n]) != heading {
		_ = f.Close()
		return nil, advice.New(path+" exists, is not a debug file and was not changed", "choose a new file")
	}
	_ = f.Chmod(0o600) // fails on a file system without modes
	l := &Log{path: path, began: time.Now(), file: f}
	// The heading is missing from a new file alone.
	l.write(heading[n:] + fmt.Sprintf("\n%s %s, %s/%s, %s\n",
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

// write writes whole lines at once. It ignores errors, because the program matters
// more than its trace.
func (l *Log) write(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = l.file.WriteString(text)
}

func (l *Log) linef(format string, args ...any) {
	l.write(fmt.Sprintf("%9.3f  ", time.Since(l.began).Seconds()) + fmt.Sprintf(format, args...))
}

// Event returns a function that writes an event of that kind, with the time since the
// call of Event. The kind must not depend on input, files or settings.
func (l *Log) Event(kind string) (done func()) {
	if l == nil {
		return func() {}
	}
	begins := time.Now()
	return func() { l.linef("%s  %v\n", kind, time.Since(begins).Round(time.Microsecond)) }
}

// Caught reports whether there was a panic, and writes where. Its argument is the
// result of recover, of which it writes only the type:
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

// frames returns the calls that led to the panic, the innermost first: functions,
// files and lines.
func frames() string {
	pcs := make([]uintptr, 128)
	all := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	var b strings.Builder
	for panicked := false; ; {
		frame, more := all.Next()
		switch inRuntime := strings.HasPrefix(frame.Function, "runtime."); {
		case inRuntime && !panicked:
			panicked = frame.Function == "runtime.gopanic" // the frames before it recover
		case inRuntime && b.Len() == 0: // these frames raise it
		case panicked:
			fmt.Fprintf(&b, "           %s %s:%d\n", frame.Function, frame.File[strings.LastIndexByte(frame.File, '/')+1:], frame.Line)
		}
		if !more {
			return b.String()
		}
	}
}

// Advice says how to report a failure with the debug file.
func (l *Log) Advice() string {
	if l == nil {
		return "please report it with the file that --debug FILE writes when you try again"
	}
	return "please report it with the file " + l.path
}

// key is the key of the log in a context.
type key struct{}

// Into returns a context that carries the log.
func Into(ctx context.Context, l *Log) context.Context { return context.WithValue(ctx, key{}, l) }

// From returns the log that a context carries, or nil.
func From(ctx context.Context) *Log {
	l, _ := ctx.Value(key{}).(*Log)
	return l
}
