//go:build unix

package file

import "golang.org/x/sys/unix"

// CanCreateIn returns why no file can be created in a folder, or nil. It changes nothing.
func CanCreateIn(dir string) error {
	return unix.Access(dir, unix.W_OK|unix.X_OK) //nolint:wrapcheck // the caller explains it
}
