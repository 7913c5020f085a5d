package file

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Free returns path if nothing exists there, or else the first free name with a number:
// token-2.txt for token.txt. Another program can take the name before it is used.
func Free(path string) string {
	const most = 10000
	ext := filepath.Ext(path)
	name := path
	for n := 2; n < most; n++ {
		if _, err := os.Lstat(name); err != nil {
			return name
		}
		name = strings.TrimSuffix(path, ext) + "-" + strconv.Itoa(n) + ext
	}
	return path
}
