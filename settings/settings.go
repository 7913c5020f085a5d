// Package settings reads the .env and the environment, checks every setting,
// and explains what is wrong: in which file, on which line, and what to do. No
// sentence of it ever quotes a value.
package settings

import (
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"tokendesk/auth"
)

// DefaultFile is the settings file when none is named.
const DefaultFile = ".env"

// Options says where settings come from.
type Options struct {
	// File is the path of the settings file; empty is .env in the working
	// directory.
	File string
	// Explicit says that the user named the file, so that it must be there.
	Explicit bool
	// Lookup reads the process environment; nil is [os.LookupEnv].
	Lookup func(string) (string, bool)
}

// Settings is everything that is configured.
type Settings struct {
	File  string // the path that was looked at
	Found bool   // whether there is such a file

	// Key signs and verifies. It is nil when no SECRET_KEY is set.
	Key *auth.Key
	// KeySource is where SECRET_KEY was set: the file's path or "environment".
	KeySource string

	ProjectName, ProjectVersion string

	// Lifetime is how long a token is good for; MaxLifetime is the most that may
	// be asked for, and zero when there is no limit.
	Lifetime, MaxLifetime time.Duration

	Issuer   string
	Audience []string

	// Mouse says whether the console uses the mouse.
	Mouse bool

	// Warnings is what is not wrong but should not stay so.
	Warnings []Warning
}

// Load reads the settings: the file's, each replaced by the environment's where
// that is not empty. It returns [Problems] when something is wrong, together
// with settings that hold whatever was right; they are never nil.
func Load(o Options) (*Settings, error) {
	if o.File == "" {
		o.File = DefaultFile
	}
	if o.Lookup == nil {
		o.Lookup = os.LookupEnv
	}
	s := &Settings{File: o.File, Lifetime: auth.DefaultLifetime, Mouse: true}
	r := reader{file: o.File, lookup: o.Lookup, settings: s}
	text, problem := readFile(o.File)
	switch {
	case problem != nil && problem.missing && !o.Explicit:
	case problem != nil:
		s.Found = !problem.missing
		return s, Problems{problem}
	default:
		s.Found = true
		if r.statements, problem = parse(o.File, text); problem != nil {
			return s, Problems{problem}
		}
	}
	r.read()
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b *Problem) int { return a.Line - b.Line })
		return s, r.problems
	}
	return s, nil
}

// reader turns the text of settings into their values.
type reader struct {
	file       string
	lookup     func(string) (string, bool)
	statements []statement
	settings   *Settings
	problems   Problems
}

// setting is a value and where it was set.
type setting struct {
	name, value string
	file        string // "environment" for a variable of the process
	line        int    // 0 for a variable of the process
	raw         string // as it stands in the file
	set         bool
}

const environment = "environment"

// get finds a setting, the environment before the file, the last line before
// those above it.
func (r *reader) get(name string) setting {
	if value, ok := r.lookup(name); ok && value != "" {
		return setting{name: name, value: value, file: environment, set: true}
	}
	found := setting{name: name}
	for _, st := range r.statements {
		if st.name == name {
			found = setting{name, st.value, r.file, st.line, st.raw, st.value != ""}
		}
	}
	return found
}

func (r *reader) problem(s setting, text, do string) {
	r.problems = append(r.problems, &Problem{File: s.file, Line: s.line, Name: s.name, Text: text, Do: do})
}

func (r *reader) warn(s setting, text, do string) {
	r.settings.Warnings = append(r.settings.Warnings, Warning{s.file, s.line, s.name, text, do})
}

func (r *reader) read() {
	s := r.settings
	s.ProjectName = r.text("PROJECT_NAME")
	s.ProjectVersion = r.text("PROJECT_VERSION")
	s.Issuer = r.text("ISSUER")
	s.Audience = r.list("AUDIENCE")
	s.Mouse = r.toggle("TOKENDESK_MOUSE", true)
	r.lifetimes()
	r.key()
}

// key makes the key from SECRET_KEY and what goes with it.
func (r *reader) key() {
	alg := r.algorithm()
	id := r.text("KEY_ID")
	allowWeak := r.toggle("ALLOW_WEAK_SECRET", false)
	given := r.get("SECRET_KEY")
	switch {
	case !given.set && strings.Contains(given.raw, "$"):
		r.problem(given, "SECRET_KEY is made of variables that have no value in this file", "write the secret itself, in single quotes if it has a $")
		return
	case !given.set:
		return
	case strings.TrimSpace(given.value) == "":
		r.problem(given, "SECRET_KEY is blank", "put a secret there, for example from openssl rand -hex 32")
		return
	}
	r.settings.KeySource = given.file
	r.warnLoaders(given)
	r.warnMode(given)
	r.warnTwice(given)
	secret, ok := r.decode(given)
	if !ok || alg == "" {
		return
	}
	opts := []auth.KeyOption{auth.WithKeyID(id)}
	if allowWeak {
		opts = append(opts, auth.AllowWeak())
	}
	key, err := auth.NewHMACKey(alg, secret, opts...)
	if refused, ok := errors.AsType[*auth.SecretError](err); ok {
		r.problem(given, "SECRET_KEY cannot be used with "+string(alg)+": "+refused.Error(), adviceFor(refused))
		return
	}
	if err != nil {
		r.problem(given, "SECRET_KEY cannot be used", "put a secret there, for example from openssl rand -hex 32")
		return
	}
	if weakness := key.Weakness(); weakness != nil {
		r.warn(given, "ALLOW_WEAK_SECRET lets a weak key sign: "+weakness.Error(), "use it against test systems only")
	}
	r.settings.Key = key
}

func adviceFor(refused *auth.SecretError) string {
	switch refused.Kind {
	case auth.SecretWrongKind:
		return "put a secret there, for example from openssl rand -hex 32"
	case auth.SecretEmpty:
		return "put a secret there, for example from openssl rand -hex 32"
	default:
		return "put a better one there, for example from openssl rand -hex 64, or set ALLOW_WEAK_SECRET=true for a test system that has it"
	}
}

// warnTwice tells that another line of the file sets the secret too.
func (r *reader) warnTwice(given setting) {
	if given.line == 0 {
		return
	}
	for _, st := range r.statements {
		if st.name == given.name && st.line != given.line {
			first := given
			first.line = st.line
			r.warn(first, "SECRET_KEY is set again further down, and some programs take the first", "keep one of the lines")
		}
	}
}
