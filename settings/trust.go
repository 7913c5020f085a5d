package settings

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
)

// maxTrust is the size of the largest list of trusted commands that is read, in bytes.
const maxTrust = 1 << 20

// Trust is the list of the commands that the user has agreed to run.
type Trust struct {
	// Path is that of the file: a [Command.ID] a line. If it is empty, nothing is trusted.
	Path string
}

// UserTrust returns the list in the user's configuration folder.
func UserTrust() Trust {
	folder := userFolder()
	if folder == "" {
		return Trust{}
	}
	return Trust{filepath.Join(folder, "trusted")}
}

// Has reports whether the command may be run: the user has agreed to it, or the environment
// names it.
func (t Trust) Has(c *Command) bool {
	if c.FromEnvironment() {
		return true
	}
	text, err := t.read()
	return err == nil && slices.Contains(identities(text), c.ID())
}

// Add adds a command to the list, in a file that only the user can change. Its errors have
// advice.
func (t Trust) Add(c *Command) error {
	if t.Path == "" {
		return advice.New("there is no configuration folder in which to remember what you allow", "set HOME or XDG_CONFIG_HOME")
	}
	if err := os.MkdirAll(filepath.Dir(t.Path), 0o700); err != nil {
		return advice.New("the folder "+filepath.Dir(t.Path)+" cannot be created", "check its permissions")
	}
	return file.Edit(t.Path, 0o600, func() (before, after []byte, err error) {
		before, err = t.read()
		if err != nil || slices.Contains(identities(before), c.ID()) {
			return before, before, err
		}
		after = bytes.Clone(before)
		if len(after) > 0 && !bytes.HasSuffix(after, []byte("\n")) {
			after = append(after, '\n')
		}
		return before, append(after, c.ID()+"\n"...), nil
	})
}

// read returns the text of the list, or nil if there is none. One that others could have
// changed is an error.
func (t Trust) read() ([]byte, error) {
	if t.Path == "" {
		return nil, fs.ErrNotExist
	}
	if isOthers(t.Path) {
		return nil, advice.New(t.Path+" can be changed by other users, so it is not used", "remove the file, and run tokendesk trust again")
	}
	text, err := file.Read(t.Path, maxTrust)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, advice.New(t.Path+" cannot be read", "remove the file, and run tokendesk trust again")
	}
	return text, nil
}

// identities returns the lines of the list.
func identities(text []byte) []string {
	var lines []string
	for line := range bytes.Lines(text) {
		lines = append(lines, string(bytes.TrimSpace(line)))
	}
	return lines
}

// isOthers reports whether other users can change a file or replace it.
func isOthers(path string) bool {
	for _, each := range []string{path, filepath.Dir(path)} {
		info, err := os.Stat(each)
		if err == nil && info.Mode().Perm()&0o022 != 0 && filepath.Separator == '/' {
			return true
		}
	}
	return false
}
