package explain

import (
	"path/filepath"

	"tokendesk/settings"
)

// Command says which program prints the key, and who names it.
func Command(c *settings.Command) Line {
	return Line{Tone: Warn, Label: filepath.Base(c.Place()), Text: c.Name + " names a program that prints the key: " + c.Text}
}
