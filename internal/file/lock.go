package file

import (
	"path/filepath"
	"time"
)

const (
	// lockWait is how long another program may hold the lock: writing a file takes
	// milliseconds.
	lockWait = 5 * time.Second
	lockPoll = 2 * time.Millisecond
)

// Lock keeps other runs of this program from writing files in the folder of path until
// unlock is called: those that use Lock or [Edit]. It waits for them that long, and its error
// has advice. It leaves no file behind. Where the file system has no locks, and where there
// is no folder, it does nothing.
func Lock(path string, wait time.Duration) (unlock func(), err error) {
	dir := filepath.Dir(path)
	poll := lockPoll / 16
	for end := time.Now().Add(wait); ; time.Sleep(poll) {
		unlock, busy := tryLock(dir)
		if !busy {
			return unlock, nil
		}
		if time.Now().After(end) {
			return nil, &writeError{path + " cannot be written because another program is writing in that folder", "try again", nil}
		}
		poll = min(2*poll, lockPoll)
	}
}

// Explain returns an error that says why the file at path cannot be written, with advice, for
// an error of the operating system.
func Explain(path string, err error) error { return explain(path, err) }
