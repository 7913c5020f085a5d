package settings

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/auth"
	"tokendesk/settings/project"
)

// secretKeyName is the setting that names the secret, and noNames its value that turns the
// recognition of other names off.
const (
	secretKeyName = "SECRET_KEY_NAME"
	noNames       = "none"
)

// names uses the names that other frameworks have for the settings.
type names struct{ r *reader }

// recognise looks for the names that other frameworks have for the settings.
func (n names) recognise() {
	r := n.r
	in := project.Input{
		Lookup: r.lookup, Profile: r.settings.Profile, Protected: r.settings.Protected, Named: n.named(),
		Decided: r.ignoreKey || n.secretName() == "" && (r.get(keyFile).set || commands{r}.given().set),
	}
	in.Assignments = r.assignments()
	if n.secretName() == noNames {
		in.Assignments = slices.DeleteFunc(in.Assignments, func(a project.Assignment) bool { return a.Name != secretKey })
	}
	if alg := r.get("ALGORITHM"); alg.set {
		in.Algorithm, _ = auth.ParseAlgorithm(strings.TrimSpace(alg.value))
	}
	r.settings.Recognised = project.Recognise(in)
	if found := &r.settings.Recognised; found.Chosen == nil && len(found.Ask) == 0 {
		r.settings.Misspelled = misspelled(in.Assignments)
	}
	if in.Decided && !r.ignoreKey { // by KEY_FILE
		in.Decided = false
		others := project.Recognise(in)
		r.passedOver = others.Signs()
	}
}

// facts uses what was recognised where our own settings are not set.
func (n names) facts() {
	r := n.r
	s, found := r.settings, &r.settings.Recognised
	use := func(name string, fact *project.Fact, into *string) {
		if r.get(name).set {
			*fact = project.Fact{}
		} else if n.printable(fact) {
			*into = fact.Value
		}
	}
	use("PROJECT_NAME", &found.Title, &s.ProjectName)
	use("PROJECT_VERSION", &found.Version, &s.ProjectVersion)
	use("ISSUER", &found.Issuer, &s.Issuer)
	if r.get("AUDIENCE").set {
		found.Audience = project.Fact{}
	} else if n.printable(&found.Audience) {
		s.Audience = found.Audience.Values
	}
	if r.get("KEY_ID").set || !n.printable(&found.KeyID) {
		found.KeyID = project.Fact{}
	}
	if alg := r.get("ALGORITHM"); alg.set && !n.foreign(alg) {
		found.Algorithm = project.Fact{}
	}
	if r.get("ACCESS_TOKEN_EXPIRE_MINUTES").set {
		found.Unused = slices.DeleteFunc(found.Unused, func(n project.Note) bool { return n.Lifetime })
		found.Lifetime = project.Lifetime{}
	}
}

// foreign reports whether ALGORITHM is about something else in a project that has another name
// for the secret, such as the encryption of its data.
func (n names) foreign(alg setting) bool {
	c := n.r.settings.Recognised.Chosen
	_, err := auth.ParseAlgorithm(strings.TrimSpace(alg.value))
	return alg.set && alg.file != environment && err != nil && c != nil && c.Name != secretKey
}

// printable reports whether a fact can be shown and signed. Otherwise it empties it.
func (n names) printable(fact *project.Fact) bool {
	if !utf8.ValidString(fact.Value) || strings.ContainsFunc(fact.Value, unicode.IsControl) {
		*fact = project.Fact{}
	}
	return fact.Name != ""
}

// notices says what was recognised and used, unless the user has named the secret.
func (n names) notices() {
	s := n.r.settings
	if s.Key == nil || n.secretName() != "" {
		return
	}
	c := s.Recognised.Chosen
	if c != nil && c.Name != secretKey && !s.Key.CanSign() {
		n.notice(c.Name, c.Name+" of "+n.source()+" verifies, and nothing here signs", "")
		return
	}
	lifetime := auth.FormatDuration(s.Lifetime)
	if by := s.Recognised.Lifetime.Name; by != "" {
		lifetime += " by " + by
	}
	n.signs(lifetime)
	unused := s.Recognised.Unused
	if i := slices.IndexFunc(unused, func(n project.Note) bool { return n.Lifetime }); i >= 0 {
		n.notice(unused[i].Name, unused[i].Text+" and tokens are valid for "+lifetime, unused[i].Do)
	}
	if c != nil && c.Name != secretKey && c.Value.MaybeBase64 && !n.r.get("SECRET_KEY_ENCODING").set {
		n.notice(c.Name, c.Name+" could be base64, and its text is what signs", "set SECRET_KEY_ENCODING=base64 if the API decodes it")
	}
}

// signs says which name signs and for how long, unless it is the usual one.
func (n names) signs(lifetime string) {
	r := n.r
	s, file := r.settings, filepath.Base(r.file)
	switch c := s.Recognised.Chosen; {
	case s.KeyName == keyFile && r.passedOver != "":
		n.notice(keyFile, "KEY_FILE signs, and not "+r.passedOver+" of "+file,
			"set SECRET_KEY_NAME there to "+r.passedOver+", or to none to keep KEY_FILE")
	case c != nil && c.Name != secretKey:
		n.notice(c.Name, c.Name+" of "+n.source()+" signs, for "+lifetime, secretKeyName+"="+c.Name+" in "+file+" makes this a setting")
	case c != nil && s.KeySource == environment && n.rival() != "":
		n.notice(c.Name, c.Name+" of "+n.source()+" signs, and not "+n.rival()+" of "+file,
			"unset "+c.Name+", or name the other with --secret-from")
	case s.Recognised.Lifetime.Name != "":
		n.notice(s.Recognised.Lifetime.Name, "tokens are valid for "+lifetime+" of "+file, "ACCESS_TOKEN_EXPIRE_MINUTES there replaces it")
	}
}

func (n names) notice(name, text, do string) {
	n.r.settings.Notices = append(n.r.settings.Notices, Notice{name, text, do})
}

// source says where the key is from.
func (n names) source() string {
	if n.r.settings.KeySource == environment {
		return "the environment"
	}
	return filepath.Base(n.r.file)
}
