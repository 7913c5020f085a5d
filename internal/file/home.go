package file

import (
	"path/filepath"
	"strings"
)

// ExpandHome replaces the ~ at the start of a path with the home folder, as a shell
// would. Without a home folder the path stays as it is.
func ExpandHome(path, home string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	return path
}
