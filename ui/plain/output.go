package plain

import (
	"fmt"

	"tokendesk/explain"
	"tokendesk/internal/copyas"
	"tokendesk/internal/file"
	"tokendesk/internal/oneof"
	"tokendesk/internal/visible"
)

// copy prints the current token in one of the forms.
func (c *console) copy(name string) {
	form, err := oneof.ByName("form", copyas.Forms(), name)
	if c.refused(err) {
		return
	}
	text, err := form.Render(copyas.Of(c.current.Token, c.desk.Now(), c.desk.Settings().Request))
	if c.refused(err) {
		return
	}
	fmt.Fprintln(c.out, visible.Block(text))
}

// write writes the current token to a new file.
func (c *console) write(path string) {
	if path == "" {
		c.tell("Error", explain.Line{Text: "type a file name after /write"})
		return
	}
	path = file.ExpandHome(path, c.opener.source.Getenv("HOME"))
	if err := file.New(path, []byte(c.current.Token.Compact+"\n")); c.refused(err) {
		return
	}
	c.sayf("Wrote the token to %s, which only you can read.", path)
}
