package explain

import (
	"path/filepath"
	"strconv"

	"tokendesk/settings"
)

// Command says which program prints the key, and who names it.
func Command(c *settings.Command) Line {
	where := filepath.Base(c.File)
	if c.Line > 0 {
		where += ":" + strconv.Itoa(c.Line)
	}
	return Line{Tone: Warn, Label: where, Text: c.Name + " names a program that prints the key: " + c.Text}
}
