package cli

import (
	"strings"

	"tokendesk/explain"
	"tokendesk/settings"
)

// preferences says what the user wants of the console, and where that is written.
func (d *diagnosis) preferences(p settings.Preferences) {
	table := settings.PreferenceTable()
	values := make([]string, len(table))
	for i, row := range table {
		values[i] = row.Name + " " + p.Value(row)
	}
	uses := ": " + strings.Join(values, ", ")
	for _, w := range p.Warnings {
		d.warn("preferences", explain.Warning(w))
	}
	d.first("preferences",
		rule{p.File == "", checkOK, "there is no configuration folder" + uses, ""},
		rule{!p.Found, checkOK, p.File + " does not exist" + uses, ""},
		rule{true, checkOK, p.File + uses, ""},
	)
}
