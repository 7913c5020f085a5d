package settings

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/internal/file"
	"tokendesk/internal/oneof"
)

// ThemeVariable is the environment variable that stands above the theme in the file of
// the preferences.
const ThemeVariable = "TOKENDESK_THEME"

// ledgerPreference is the name of the line with the path of the ledger.
const ledgerPreference = "ledger_file"

// maxPreferences is the size of the largest file of preferences that is read, in bytes.
const maxPreferences = 64 << 10

// Preferences are what a user wants of the console, in whatever project. An empty value
// is the default.
type Preferences struct {
	File  string // the path of their file, or empty without a configuration folder
	Found bool   // whether the file exists

	Theme  string // auto, dark, light, contrast or mono
	Zone   string // utc or local
	Mouse  string // on or off; the setting TOKENDESK_MOUSE turns it off too
	Notify string // off, bell, osc9 or osc777

	// Ledger is the path of the ledger, unless a setting names another; relative ones start at
	// the folder of the file. It is no preference of the console, and in no row of the table.
	Ledger string

	// Warnings are about what could not be used. None keeps the console from opening.
	Warnings []Warning
}

// Preference is one of the preferences, as a row of a table.
type Preference struct {
	Name   string
	Values []string // the default first
	Text   string   // its purpose, in a sentence without a full stop

	field func(*Preferences) *string
}

// PreferenceTable returns the preferences that there are.
func PreferenceTable() []Preference {
	return []Preference{
		{
			"theme",
			[]string{"auto", "dark", "light", "contrast", "mono"},
			"the colours; auto follows the background of the terminal",
			func(p *Preferences) *string { return &p.Theme },
		},
		{
			"zone",
			[]string{"utc", "local"},
			"the time zone of dates and clocks",
			func(p *Preferences) *string { return &p.Zone },
		},
		{
			"mouse",
			[]string{"on", "off"},
			"whether the console uses the mouse",
			func(p *Preferences) *string { return &p.Mouse },
		},
		{
			"notify",
			[]string{"off", "bell", "osc9", "osc777"},
			"how the terminal says that a token of the board has expired",
			func(p *Preferences) *string { return &p.Notify },
		},
	}
}

// Value returns the value of a preference.
func (p *Preferences) Value(of Preference) string { return cmp.Or(*of.field(p), of.Values[0]) }

// Set gives a preference a value.
func (p *Preferences) Set(of Preference, value string) { *of.field(p) = value }

// userFolder returns the folder of the user's configuration of this program, or nothing.
func userFolder() string {
	folder, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "tokendesk")
}

// ReadPreferences reads config.yaml in the user's configuration folder, and the
// environment.
func ReadPreferences(lookup func(string) (string, bool)) Preferences {
	return readPreferences(preferencesFile(), lookup)
}

// preferencesFile returns the path of the preferences, or nothing.
func preferencesFile() string {
	folder := userFolder()
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "config.yaml")
}

func readPreferences(path string, lookup func(string) (string, bool)) Preferences {
	p := Preferences{File: path}
	if path != "" {
		data, err := file.Read(path, maxPreferences)
		p.Found = !errors.Is(err, fs.ErrNotExist)
		switch {
		case !p.Found:
		case err != nil:
			p.Warnings = []Warning{{File: path, Text: "it cannot be read", Do: "check its permissions"}}
		default:
			p.parse(data)
		}
	}
	theme := PreferenceTable()[0]
	if value, _ := lookup(ThemeVariable); value != "" && !p.choose(theme, value) {
		p.Warnings = append(p.Warnings, Warning{
			File: environment, Name: ThemeVariable, Text: ThemeVariable + " is no theme", Do: chooseOne(theme),
		})
	}
	return p
}

// parse reads the text of the file. What is wrong in it is left out.
func (p *Preferences) parse(data []byte) {
	r := newYAMLReader(p.File, data)
	defer func() {
		slices.SortStableFunc(r.problems, func(a, b *Problem) int { return a.Line - b.Line })
		for _, problem := range r.problems {
			p.Warnings = append(p.Warnings, Warning{File: p.File, Line: problem.Line, Text: problem.Text, Do: problem.Do})
		}
	}()
	if problem := checkBytes(p.File, data); problem != nil {
		r.problems = Problems{problem}
		return
	}
	body := r.parse(string(data))
	if body == nil {
		return
	}
	for _, e := range r.entries(nil, body, "it does not list preferences by name", "write a line such as theme: dark") {
		p.entry(&r, e)
	}
}

// entry reads one line of the file.
func (p *Preferences) entry(r *yamlReader, e entry) {
	table := PreferenceTable()
	n := slices.IndexFunc(table, func(row Preference) bool { return row.Name == e.name })
	if e.name == ledgerPreference {
		if p.Ledger = strings.TrimSpace(scalar(e.value)); p.Ledger == "" {
			r.problem(e.at, e.name+" has no value", "write the path of a file")
		}
		return
	}
	if n < 0 {
		names := make([]string, len(table), len(table)+1)
		for i, row := range table {
			names[i] = row.Name
		}
		names = append(names, ledgerPreference)
		do := "use " + strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
		if near := oneof.Near(e.name, names); len(near) > 0 {
			do = "perhaps " + near[0] + " was meant"
		}
		r.problem(e.at, "there is no preference "+quoteName(e.name), do)
		return
	}
	if !p.choose(table[n], scalar(e.value)) {
		r.problem(e.at, e.name+" has a value that it cannot have", chooseOne(table[n]))
	}
}

// choose gives a preference one of its values, however it is written, and reports whether
// it is one of them.
func (p *Preferences) choose(of Preference, value string) bool {
	value = strings.ToLower(strings.TrimSpace(value))
	if !slices.Contains(of.Values, value) {
		return false
	}
	p.Set(of, value)
	return true
}

// chooseOne is the advice to choose one of the values.
func chooseOne(of Preference) string {
	last := len(of.Values) - 1
	return "choose " + strings.Join(of.Values[:last], ", ") + " or " + of.Values[last]
}
