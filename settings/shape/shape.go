// Package shape holds the shapes that come with the program: the header and the claims
// of the tokens of vendors, as data. Package settings reads them.
package shape

import (
	"embed"
	"path"
	"strings"
)

// folder has a file for each shape, in the format of a user's own.
//
//go:embed data/*.yaml
var folder embed.FS

const (
	data = "data"
	ext  = ".yaml"
)

// Names returns the names of the shapes in alphabetical order.
func Names() []string {
	entries, _ := folder.ReadDir(data) // it is embedded
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ext)
	}
	return names
}

// Text returns the text of a shape, and whether there is one of that name.
func Text(name string) ([]byte, bool) {
	text, err := folder.ReadFile(path.Join(data, name+ext))
	return text, err == nil
}
