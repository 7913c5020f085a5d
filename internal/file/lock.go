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

// lock keeps other runs of this program from editing files in the folder of path until
// unlock is called. It leaves no file behind. Where the file system has no locks it does
// nothing.
func lock(path string) (unlock func(), err error) {
	dir := filepath.Dir(path)
	for end := time.Now().Add(lockWait); ; time.Sleep(lockPoll) {
		unlock, busy := tryLock(dir)
		if !busy {
			return unlock, nil
		}
		if time.Now().After(end) {
			return nil, &writeError{path + " cannot be written because another program is writing in that folder", "try again", nil}
		}
	}
}
