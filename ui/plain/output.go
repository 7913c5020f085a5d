package plain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tokendesk/explain"
	"tokendesk/internal/copyas"
	"tokendesk/internal/file"
	"tokendesk/internal/oneof"
	"tokendesk/internal/visible"
)

// copyToken prints the current token in one of the forms.
func copyToken(c *console, name string) {
	if text, ok := render(c, cmp.Or(name, copyas.Forms()[0].Name())); ok {
		fmt.Fprintln(c.out, visible.Block(text))
	}
}

// render writes the current token in the form of that name.
func render(c *console, name string) (string, bool) {
	form, err := oneof.ByName("form", copyas.Forms(), name)
	if c.refused(err) {
		return "", false
	}
	text, err := form.Render(copyas.Of(c.current.Token, c.desk.Now(), c.desk.Settings().Request))
	return text, !c.refused(err)
}

// writeToken writes the current token to a new file. The last word may be a form.
func writeToken(c *console, path string) {
	what, form := "the token", copyas.Forms()[0].Name()
	if at := strings.LastIndexByte(path, ' '); at > 0 && slices.Contains(oneof.Names(copyas.Forms()), path[at+1:]) {
		form = path[at+1:]
		path, what = strings.TrimSpace(path[:at]), "the token as "+form
	}
	if path == "" {
		c.fail(explain.Line{Text: "type a file name after /write"})
		return
	}
	text, ok := render(c, form)
	if !ok {
		return
	}
	path = file.ExpandHome(path, c.opener.source.Getenv("HOME"))
	if err := file.New(path, []byte(text+"\n")); c.refused(err) {
		return
	}
	c.sayf("Wrote %s to %s, which only you can read.", what, path)
}
