package settings

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
	"tokendesk/internal/git"
)

// Created says what [Create] did.
type Created struct {
	Path          string   // the file that was written
	Name          string   // the name of the secret in it
	GitIgnored    bool     // a line was added to .gitignore
	GitIgnorePath string   // the .gitignore beside the file, inside a git checkout
	Warning       *Warning // .gitignore could not be updated; else nil
}

// Create writes a settings file from the template with the secret in it. The file
// gets mode 0600 whatever the umask. It never overwrites a file that exists: the
// error is then [fs.ErrExist]. Inside a git checkout it makes sure that git ignores
// the file. Its errors have advice, see [advice.Of]. A template is for a repository and
// never gets a secret.
//
// If there is an example file beside it, the secret gets the name that it has there, and
// SECRET_KEY_NAME says so.
func Create(path, template, secret string) (Created, error) {
	name := exampleName(path)
	secretLine := regexp.MustCompile(`(?m)^SECRET_KEY=.*$`)
	if !secretLine.MatchString(template) {
		return Created{}, errors.New("the template has no line for SECRET_KEY")
	}
	if isTemplate(filepath.Base(path)) {
		return Created{}, advice.New(path+" is the name of a template, which is committed and never gets a secret", "choose another name")
	}
	line := name + "=" + secret
	if name != secretKey {
		named := secretKeyName + "=" + name
		if comment := regexp.MustCompile(`(?m)^# SECRET_KEY_NAME=.*$`); comment.MatchString(template) {
			template = comment.ReplaceAllLiteralString(template, named)
		} else {
			line += "\n" + named
		}
	}
	text := secretLine.ReplaceAllLiteralString(template, line)
	if err := file.New(path, []byte(text)); err != nil {
		return Created{}, explainCreate(path, err)
	}
	created := Created{Path: path, Name: name}
	created.ignore()
	return created, nil
}

// explainCreate says why the file could not be written.
func explainCreate(path string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return &existsError{path}
	}
	folder := "the folder " + filepath.Dir(path)
	const elsewhere = "start in another folder"
	for _, known := range []struct {
		cause    error
		text, do string
	}{
		{fs.ErrNotExist, folder + " does not exist", "create it first"},
		{fs.ErrPermission, folder + " is read-only", elsewhere},
		{syscall.EROFS, folder + " is read-only", elsewhere},
		{syscall.ENOSPC, path + " could not be written because the disk is full", "free some space"},
	} {
		if errors.Is(err, known.cause) {
			return advice.New(known.text, known.do)
		}
	}
	return advice.New(path+" could not be written", elsewhere)
}

// existsError says that there is such a file already.
type existsError struct{ path string }

func (e *existsError) Error() string  { return e.path + " already exists and was not overwritten" }
func (e *existsError) Advice() string { return "move it away first" }
func (e *existsError) Unwrap() error  { return fs.ErrExist }

// ignore adds the file to the .gitignore beside it, inside a git checkout.
func (c *Created) ignore() {
	name := filepath.Base(c.Path)
	warn := func(text string) {
		c.Warning = &Warning{
			File: filepath.Join(filepath.Dir(c.Path), ".gitignore"), Text: text,
			Do: "add " + name + " to it, so that the secret is not committed",
		}
	}
	ignore, err := git.IgnoreOf(c.Path)
	c.GitIgnorePath = ignore.Path
	switch {
	case err != nil:
		warn("it could not be read")
		return
	case ignore.Path == "" || ignore.Ignored:
		return
	}
	line := git.Pattern(name) + "\n"
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
		warn("it could not be written")
		return
	}
	c.GitIgnored = true
}
