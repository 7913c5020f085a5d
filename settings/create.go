package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"tokendesk/internal/file"
	"tokendesk/internal/git"
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
	name := filepath.Base(c.Path)
	ignore, err := git.IgnoreOf(c.Path)
	c.GitIgnorePath = ignore.Path
	switch {
	case err != nil:
		c.Warning = ".gitignore could not be read: add " + name + " to it, so that the secret is not committed"
		return
	case ignore.Path == "" || ignore.Ignored:
		return
	}
	line := name + "\n"
	if ignore.Text != "" && !strings.HasSuffix(ignore.Text, "\n") {
		line = "\n" + line
	}
	f, err := os.OpenFile(ignore.Path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644) //nolint:gosec // as git makes it
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
