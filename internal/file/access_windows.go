package file

import "os"

// CanCreateIn returns why no file can be created in a folder, or nil. It changes nothing, and
// does not look at the rights that the folder gives.
func CanCreateIn(dir string) error {
	_, err := os.Stat(dir)
	return err //nolint:wrapcheck // the caller explains it
}
