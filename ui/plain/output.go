package plain

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"tokendesk/internal/copyas"
	"tokendesk/internal/file"
	"tokendesk/internal/visible"
)

// copy prints the current token in one of the forms.
func (c *console) copy(name string) {
	form, err := copyas.ByName(name)
	if c.refused(err) {
		return
	}
	token := c.current.Token
	out := copyas.Token{Compact: token.Compact, Subject: token.Subject(), Now: c.desk.Now()}
	if exp, ok := token.Date("exp"); ok {
		out.ExpiresAt, _ = exp.Time()
	}
	text, err := form.Render(out)
	if c.refused(err) {
		return
	}
	fmt.Fprintln(c.out, visible.Block(text))
}

// write writes the current token to a new file.
func (c *console) write(path string) {
	if path == "" {
		c.sayf("Error: type a file name behind /write")
		return
	}
	path = c.expandHome(path)
	err := file.New(path, []byte(c.current.Token.Compact+"\n"))
	switch {
	case errors.Is(err, fs.ErrExist):
		c.sayf("Error: a file of that name exists and is not replaced: choose another name")
	case !c.refused(err):
		c.sayf("Written to %s, readable by you alone.", path)
	}
}

// expandHome puts the home folder in place of the ~ that a path begins with, as a
// shell would.
func (c *console) expandHome(path string) string {
	home, _ := c.cfg.Source.Lookup("HOME")
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	return path
}
