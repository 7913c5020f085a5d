package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"tokendesk/internal/file"
)

// Created says what [Create] did.
type Created struct {
	Path          string // the file that was written
	GitIgnored    bool   // a line was added to .gitignore
	GitIgnorePath string // the .gitignore beside the file, inside a git checkout
	Warning       string // the file was written, but .gitignore could not be
}

// Create writes a settings file from the template with the secret in it. The
// file gets mode 0600 whatever the umask, and one that exists is never
// overwritten: the error is then [fs.ErrExist]. Inside a git checkout it makes
// sure that git ignores the file.
func Create(path, template, secret string) (Created, error) {
	secretLine := regexp.MustCompile(`(?m)^SECRET_KEY=.*$`)
	if !secretLine.MatchString(template) {
		return Created{}, errors.New("the template has no line for SECRET_KEY")
	}
	text := secretLine.ReplaceAllLiteralString(template, "SECRET_KEY="+secret)
	if err := file.New(path, []byte(text)); err != nil {
		return Created{}, explainCreate(path, err)
	}
	created := Created{Path: path}
	created.ignore()
	return created, nil
}

// explainCreate says in a sentence why the file could not be written.
func explainCreate(path string, err error) error {
	folder := filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s exists and is not overwritten: move it away first (%w)", path, fs.ErrExist)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder %s does not exist: make it first", folder)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("the folder %s cannot be written to: start in another", folder)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("the disk is full: %s was not written", path)
	default:
		return fmt.Errorf("%s could not be written: start in another folder", path)
	}
}

// ignore adds the file to the .gitignore beside it, inside a git checkout.
func (c *Created) ignore() {
	folder, err := filepath.Abs(filepath.Dir(c.Path))
	if err != nil {
		return
	}
	above, found := checkout(folder)
	if !found {
		return
	}
	name := filepath.Base(c.Path)
	c.GitIgnorePath = filepath.Join(folder, ".gitignore")
	text, err := os.ReadFile(c.GitIgnorePath)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.Warning = ".gitignore could not be read: add " + name + " to it, so that the secret is not committed"
		return
	}
	ignored := false
	for _, parent := range above {
		// One that cannot be read costs a line that would not have been needed.
		text, _ := os.ReadFile(filepath.Join(parent, ".gitignore"))
		ignored = ignores(string(text), name, false, ignored)
	}
	if ignores(string(text), name, true, ignored) {
		return
	}
	line := name + "\n"
	if len(text) > 0 && !strings.HasSuffix(string(text), "\n") {
		line = "\n" + line
	}
	f, err := os.OpenFile(c.GitIgnorePath, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644) //nolint:gosec // as git makes it
	if err == nil {
		_, err = f.WriteString(line)
		if closed := f.Close(); err == nil {
			err = closed
		}
	}
	if err != nil {
		c.Warning = ".gitignore could not be written: add " + name + " to it, so that the secret is not committed"
		return
	}
	c.GitIgnored = true
}

// InCheckout reports whether a folder is inside a git checkout.
func InCheckout(folder string) bool {
	_, found := checkout(folder)
	return found
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
