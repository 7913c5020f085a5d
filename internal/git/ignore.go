package git

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Ignore is what the .gitignore files of a checkout say about a file.
type Ignore struct {
	Path    string // of the .gitignore beside the file; empty outside of a checkout
	Text    string // what is in it
	Ignored bool
}

// IgnoreOf reads the .gitignore beside a file and those above it, and runs no
// program. An error is one of the file beside it. One above that cannot be read
// costs a line that would not have been needed.
func IgnoreOf(path string) (Ignore, error) {
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return Ignore{}, fmt.Errorf("find the folder of %s: %w", path, err)
	}
	above, found := checkout(folder)
	if !found {
		return Ignore{}, nil
	}
	ignore := Ignore{Path: filepath.Join(folder, ".gitignore")}
	text, err := os.ReadFile(ignore.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ignore, fmt.Errorf("read %s: %w", ignore.Path, err)
	}
	ignore.Text = string(text)
	name := filepath.Base(path)
	for _, parent := range above {
		text, _ := os.ReadFile(filepath.Join(parent, ".gitignore"))
		ignore.Ignored = ignores(string(text), name, false, ignore.Ignored)
	}
	ignore.Ignored = ignores(ignore.Text, name, true, ignore.Ignored)
	return ignore, nil
}

// checkout returns the folders above this one from the top of its git checkout
// down, and whether it is in one: it or one above it has a .git.
func checkout(folder string) (above []string, found bool) {
	for {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			slices.Reverse(above)
			return above, true
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return nil, false
		}
		above = append(above, parent)
		folder = parent
	}
}

// ignores reports whether a file of that name is ignored after the lines of a
// .gitignore, which lies in the same folder or above it. Of several patterns
// that match the last decides, and without one what was said before.
func ignores(text, name string, same, before bool) bool {
	ignored := before
	for line := range strings.Lines(text) {
		pattern, negated := strings.CutPrefix(strings.TrimSpace(line), "!")
		pattern, anywhere := strings.CutPrefix(pattern, "**/")
		if !anywhere && same {
			pattern = strings.TrimPrefix(pattern, "/")
		}
		if matched, err := filepath.Match(pattern, name); err == nil && matched && !strings.HasPrefix(line, "#") {
			ignored = !negated
		}
	}
	return ignored
}
