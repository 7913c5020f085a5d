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

// Ignore says whether the .gitignore files of a checkout ignore a file.
type Ignore struct {
	Path    string // of the .gitignore beside the file; empty outside a checkout
	Text    string // the content of that .gitignore
	Ignored bool
}

// IgnoreOf reads the .gitignore beside a file and those in the folders above, and
// runs no program. The error is about the .gitignore beside the file; those above
// are skipped if they cannot be read, which at worst adds a line that is not needed.
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

// checkout reports whether a folder is in a git checkout, because it or a folder
// above it has a .git, and returns the folders above it, from the top of the checkout
// down.
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

// ignores reports whether a file with that name is ignored after the lines of a
// .gitignore in the same folder or above it. The last pattern that matches decides;
// if none does, ignored stays as it was.
func ignores(text, name string, same, ignored bool) bool {
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

// Pattern returns the line of a .gitignore that matches a file of that name, and no other
// unless the name has a line break.
func Pattern(name string) string {
	var pattern strings.Builder
	kept := strings.TrimRight(name, " ")
	for n, r := range name {
		if r == '\n' || r == '\r' {
			r = '?'
		} else if strings.ContainsRune(`\*?[`, r) || n == 0 && (r == '#' || r == '!') || n >= len(kept) {
			pattern.WriteByte('\\')
		}
		pattern.WriteRune(r)
	}
	return pattern.String()
}
