package settings

import (
	"os"
	"slices"

	"tokendesk/auth"
)

// DefaultFile is the settings file that is read when the user names none.
const DefaultFile = ".env"

// Options says where settings come from.
type Options struct {
	// File is the path of the settings file; empty is .env in the working
	// directory.
	File string
	// Explicit says that the user named the file, so that it must exist.
	Explicit bool
	// Lookup reads the process environment; nil is [os.LookupEnv].
	Lookup func(string) (string, bool)
	// Passphrase asks for the passphrase of an encrypted key file, unless
	// KEY_PASSPHRASE_FILE is set; nil when there is nobody to ask.
	Passphrase func() ([]byte, error)
	// IgnoreKey leaves out SECRET_KEY and KEY_FILE: the keys come from
	// [Settings.LoadKeys].
	IgnoreKey bool
	// SecretFrom is the name of the secret, which decides like SECRET_KEY_NAME and stands
	// above it; empty is none.
	SecretFrom string
	// Output runs the program of SECRET_KEY_COMMAND or KEY_COMMAND and returns what it printed.
	// An error that is no *[Problem] says that it was not run, such as [ErrNotRun]; nil runs
	// nothing.
	Output func(*Command) ([]byte, error)
}

// Load reads the settings of the file, each overridden by the environment where
// that is not empty. If something is wrong it returns [Problems], together with
// the settings that are right. The settings are never nil.
func Load(o Options) (*Settings, error) {
	s, r, problem := o.open()
	if problem != nil {
		return s, Problems{problem}
	}
	r.read()
	slices.SortStableFunc(r.problems, func(a, b *Problem) int { return a.Line - b.Line })
	if r.problems = append(r.problems, r.choices...); len(r.problems) > 0 {
		return s, r.problems
	}
	return s, nil
}

// open reads the settings file and returns a reader of its statements.
func (o Options) open() (*Settings, *reader, *Problem) {
	if o.File == "" {
		o.File = DefaultFile
	}
	if o.Lookup == nil {
		o.Lookup = os.LookupEnv
	}
	s := &Settings{File: o.File, Profile: ProfileName(o.File), Lifetime: auth.DefaultLifetime, Mouse: true, Ledger: Ledger{Claims: true}}
	r := &reader{
		file: o.File, lookup: o.Lookup, passphrase: o.Passphrase, ignoreKey: o.IgnoreKey, secretFrom: o.SecretFrom, output: o.Output, settings: s,
	}
	text, problem := readFile(o.File, settingsFileName)
	switch {
	case problem != nil && problem.missing && !o.Explicit:
		return s, r, nil
	case problem != nil:
		s.Found = !problem.missing
		return s, r, problem
	}
	s.Found = true
	r.statements, problem = parse(o.File, text)
	return s, r, problem
}

// reader turns the text of settings into their values.
type reader struct {
	file       string
	lookup     func(string) (string, bool)
	passphrase func() ([]byte, error)
	ignoreKey  bool
	statements []statement
	settings   *Settings
	problems   Problems
	secretFrom string
	output     func(*Command) ([]byte, error)
	choices    Problems // the names to choose from, the best first
	passedOver string   // a name that says that it signs, while KEY_FILE decides
}

// setting is a value and where it was set. The line is 0 for an environment
// variable.
type setting struct {
	statement
	file string // "environment" for an environment variable
	set  bool
}

const environment = "environment"

// get finds a setting: in the environment, else on the last line of the file that
// sets it.
func (r *reader) get(name string) setting {
	if value, ok := r.lookup(name); ok && value != "" {
		return setting{statement{name: name, value: value}, environment, true}
	}
	return r.inFile(name)
}

// inFile is get without the environment.
func (r *reader) inFile(name string) setting {
	found := setting{statement: statement{name: name}}
	for _, st := range r.statements {
		if st.name == name {
			found = setting{st, r.file, st.value != ""}
		}
	}
	return found
}

func (r *reader) problem(s setting, text, do string) {
	r.problems = append(r.problems, &Problem{File: s.file, Line: s.line, Name: s.name, Text: text, Do: do})
}

func (r *reader) warn(s setting, severe bool, text, do string) {
	r.settings.Warnings = append(r.settings.Warnings, Warning{File: s.file, Line: s.line, Name: s.name, Text: text, Do: do, Severe: severe})
}

func (r *reader) read() {
	r.settings.Protected = r.protected()
	names{r}.recognise()
	r.settings.Replaced = r.replaced()
	for _, each := range table() {
		if each.read != nil {
			each.read(r, each.Name)
		}
	}
	names{r}.facts()
	r.lifetimes()
	r.settings.Ledger = ledgerOf(r)
	r.settings.Origins = r.origins()
	signing{r}.key()
	rememberSecret(r)
	names{r}.notices()
}

// replaced returns the names of the settings in the file that the environment
// overrides.
func (r *reader) replaced() []string {
	var names []string
	add := func(name string) {
		value, _ := r.lookup(name)
		differs := func(st statement) bool { return st.name == name && st.value != "" && st.value != value }
		if value != "" && name != protectedName && slices.ContainsFunc(r.statements, differs) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, doc := range Names() {
		add(doc.Name)
	}
	if chosen := r.settings.Recognised.Chosen; chosen != nil {
		add(chosen.Name)
	}
	return names
}
