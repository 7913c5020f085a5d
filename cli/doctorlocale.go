package cli

import (
	"tokendesk/explain"
	"tokendesk/internal/terminal"
)

// locale says which characters are written, if a variable chooses them.
func (d *diagnosis) locale(lookup func(string) (string, bool)) {
	const check = "locale"
	name, value := terminal.Locale(lookup)
	switch {
	case terminal.ASCII(lookup):
		d.warn(check, explain.Line{
			Text: name + " is " + value + ", which is not UTF-8, so text is written in ASCII",
			Do:   "set " + name + " to a locale with UTF-8, such as C.UTF-8",
		})
	case value != "":
		d.ok(check, value+", from "+name)
	}
}
