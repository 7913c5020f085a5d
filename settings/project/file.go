package project

import (
	"slices"
	"strings"
	"sync"
)

// entry is a name of the file with its last value and what the name says.
type entry struct {
	name   string
	line   int
	value  string
	raw    string
	words  []string
	class  Class
	why    string // of the rule
	path   bool   // the name says that the value is a path
	plural bool   // the name is of several keys

	replaced bool // the value is that of the environment
}

// file is what the steps of the recognition share.
type file struct {
	in      Input
	entries []*entry
	own     func() []string // first words of names that are the project's
}

// readFile reads the names. Of several assignments to a name the last counts.
func readFile(in Input) *file {
	if in.Lookup == nil {
		in.Lookup = func(string) (string, bool) { return "", false }
	}
	f := &file{in: in}
	f.own = sync.OnceValue(f.findOwn)
	at := map[string]int{}
	for _, a := range in.Assignments {
		e := &entry{name: a.Name, line: a.Line, value: a.Value, raw: a.Raw, words: words(a.Name)}
		if value, ok := in.Lookup(a.Name); ok && value != "" {
			e.value, e.replaced = value, true
		}
		if n, again := at[a.Name]; again {
			f.entries[n] = e
			continue
		}
		at[a.Name] = len(f.entries)
		f.entries = append(f.entries, e)
	}
	f.classify()
	return f
}

// entry returns the entry of a name, or nil.
func (f *file) entry(name string) *entry {
	if n := slices.IndexFunc(f.entries, func(e *entry) bool { return e.name == name }); n >= 0 {
		return f.entries[n]
	}
	return nil
}

// value returns the value of a name, or nothing.
func (f *file) value(name string) string {
	if e := f.entry(name); e != nil {
		return strings.TrimSpace(e.value)
	}
	return ""
}

// isIn reports whether a word is in a set of the tables. The set own has the first words that
// are the project's.
func (f *file) isIn(set, word string) bool {
	if set == "own" {
		return slices.Contains(f.own(), word)
	}
	return inSet(wordSets[set], word)
}

// is reports whether words have the form of a pattern.
func (f *file) is(pattern string, all []string) bool { return matches(pattern, all, f.isIn) }

// has reports whether a name of the file has the form of a pattern.
func (f *file) has(pattern string) bool {
	return slices.ContainsFunc(f.entries, func(e *entry) bool { return f.is(pattern, e.words) })
}

// ownNames are names whose first word is the project's, if nothing else says whose it is.
var ownNames = []string{
	"* ENV|ENVIRONMENT|DEBUG", "* LOG LEVEL", "* DATABASE|DB URL|DSN|NAME|HOST|PASSWORD", "* ALLOWED HOSTS|ORIGINS", "* CORS *", "* JWT *",
}

// findOwn returns the first words that are the project's: those of names that only a project
// has, and the words of its title.
func (f *file) findOwn() []string {
	var own []string
	for _, e := range f.entries {
		if len(e.words) < 2 || f.isIn("vendor", e.words[0]) || f.isIn("generic", e.words[0]) {
			continue
		}
		if slices.ContainsFunc(ownNames, func(p string) bool { return f.is(p, e.words[1:]) }) {
			own = append(own, e.words[0])
		}
	}
	for _, name := range []string{"APP_NAME", "PROJECT_NAME"} {
		title := strings.FieldsFunc(strings.ToUpper(f.value(name)), func(r rune) bool { return strings.ContainsRune(" -_", r) })
		for _, word := range title {
			if !f.isIn("vendor", word) && len(word) > 2 {
				own = append(own, word)
			}
		}
	}
	return own
}

// classify gives every entry its class.
func (f *file) classify() {
	for _, e := range f.entries {
		if !slices.ContainsFunc(e.words, func(word string) bool { return inSet(telling, word) }) {
			continue
		}
		f.apply(e, e.words)
		short := e.words
		if n := len(short) - 1; e.class == None && n > 0 && inSet(places, short[n]) {
			e.path, short = true, short[:n]
			f.apply(e, short)
		}
		for n := len(short) - 1; e.class == None && n > 0 && inSet(tails, short[n]); n-- {
			short = short[:n]
			f.apply(e, short)
		}
		if n := len(short) - 1; e.class == None && n > 0 && slices.Contains(short, "JWT") && strings.HasSuffix(short[n], "S") {
			e.plural = true
			f.apply(e, append(slices.Clone(short[:n]), strings.TrimSuffix(short[n], "S")))
		}
		if e.class == Own && (e.name != strings.Join(e.words, "_") || len(short) < len(e.words)) { // SecretKey, SECRET_KEY_PATH
			e.class = Maybe
		}
	}
}

// telling are the words of which a name has at least one if any row of nameRules fits.
const telling = "SECRET KEY JWT GUARDIAN JOKEN TOKEN PEPPER SALT SECRETS KEYS"

// apply gives the entry the class of the first row that fits.
func (f *file) apply(e *entry, all []string) {
	for _, rule := range nameRules {
		if f.is(rule.pattern, all) && (rule.beside == "" || f.has(rule.beside)) {
			e.class, e.why = rule.class, rule.why
			return
		}
	}
}

// ClassOf returns what a name says about its value when nothing else is in the file.
func ClassOf(name string) Class {
	return readFile(Input{Assignments: []Assignment{{Name: name}}}).entries[0].class
}

// production returns what says that the file is for production, or nothing.
func (f *file) production() string {
	switch {
	case f.in.Protected:
		return "the profile is protected"
	case inSet(live, strings.ToUpper(f.in.Profile)):
		return "the profile is named " + f.in.Profile
	}
	for _, e := range f.entries {
		if n := len(e.words) - 1; n >= 0 && (e.words[n] == "ENV" || e.words[n] == "ENVIRONMENT" || e.name == "SPRING_PROFILES_ACTIVE") &&
			inSet(live, strings.ToUpper(strings.TrimSpace(e.raw))) || n >= 0 && inSet(live, strings.ToUpper(e.value)) && e.words[n] == "ENV" {
			return e.name + " says production"
		}
	}
	for name := range strings.FieldsSeq(environments) {
		if value, _ := f.in.Lookup(name); inSet(live, strings.ToUpper(value)) {
			return name + " in the environment says production"
		}
	}
	return ""
}

const (
	live         = "PROD PRODUCTION LIVE"
	environments = "NODE_ENV APP_ENV RAILS_ENV RACK_ENV ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT ENVIRONMENT " +
		"FLASK_ENV MIX_ENV GO_ENV DJANGO_ENV"
)
