package settings

import (
	"cmp"
	"errors"
	"strings"

	"tokendesk/auth"
	"tokendesk/settings/project"
)

// secretName returns the value of --secret-from, else that of SECRET_KEY_NAME.
func (n names) secretName() string {
	r := n.r
	if r.secretFrom != "" {
		return r.secretFrom
	}
	return strings.TrimSpace(r.get(secretKeyName).value)
}

// named returns the name that the user chose for the secret, or nothing.
func (n names) named() string {
	if name := n.secretName(); name != noNames {
		return name
	}
	return ""
}

// key makes the key of the name that was chosen.
func (n names) key(c *project.Candidate) {
	r := n.r
	s := r.settings
	given := r.get(c.Name)
	given.set = true
	if c.Name != secretKey {
		signing{r}.warnTwice(given)
	}
	s.KeyName = c.Name
	switch c.Value.Form {
	case project.Keys:
		n.parseKeys(given, c.Value.Data.Reveal())
	case project.Path:
		n.keyAt(given, c.Value.Paths)
	case project.Secret:
		s.KeySource = given.file
		if c.Value.Decoded != "" || c.Value.Algorithm != "" {
			s.Key = signing{r}.keyOf(given, c.Value.Data.Reveal())
		} else {
			s.Key = signing{r}.makeKey(given)
		}
	case project.Empty, project.KeyURL:
		why := c.Value.Problem(c.Name)
		r.problem(given, why.Text, why.Do)
	case project.Reference:
		if given.value != "" {
			n.notSecret(given, c.Value)
			break
		}
		why := c.Value.Problem(c.Name)
		r.problem(given, why.Text, why.Do)
	default:
		n.notSecret(given, c.Value)
	}
	if s.Key == nil {
		s.KeyName = ""
	}
}

// notSecret says that a value is something else than a key.
func (n names) notSecret(given setting, is project.Value) {
	r := n.r
	alg := cmp.Or(r.settings.Algorithm, auth.HS256)
	refused := &auth.SecretError{Kind: auth.SecretWrongKind, What: is.What, Algorithm: alg}
	r.problem(given, given.name+" cannot be used with "+string(alg)+": "+refused.Error(), insteadOf([]byte(given.value), given.name, refused))
}

// parseKeys makes the keys of a value that is a key itself, in PEM or JSON.
func (n names) parseKeys(given setting, data []byte) {
	r := n.r
	s := r.settings
	if s.Algorithm == "" {
		return // already reported
	}
	keys, err := s.readKeys(data, false)
	if err != nil {
		r.problem(given, given.name+": "+err.Error(), s.keyAdvice(data, err))
		problem := r.problems[len(r.problems)-1]
		problem.cause, problem.Encrypted = err, n.encrypted(err)
		return
	}
	s.use(keys, given.file)
	s.warnWeak(Warning{File: given.file, Line: given.line, Name: given.name, Text: given.name}, keys...)
}

// keyAt reads the key in the first file that exists.
func (n names) keyAt(given setting, paths []string) {
	r := n.r
	at := 0
	for i, path := range paths {
		if isFile(beside(r.file, setting{statement{value: path}, given.file, true})) {
			at = i
			break
		}
	}
	path := given
	path.value = paths[at]
	if given.file == environment {
		path.file = r.file // a name of the file is relative to it wherever its value is from
	}
	signing{r}.keyFile(path)
}

// ask has the user choose the name of the secret.
func (n names) ask() {
	r := n.r
	found := &r.settings.Recognised
	add := func(line int, name, text, do string) {
		r.choices = append(r.choices, &Problem{File: r.file, Line: line, Name: name, Text: text, Do: do, Choice: true})
	}
	add(0, secretKeyName, found.Why, "choose one with --secret-from NAME, or set SECRET_KEY_NAME there")
	for _, c := range found.Ask {
		add(c.Line, c.Name, c.Name+" could be it: "+c.Reason, "")
	}
}

// unknown says that nothing has the name that the user chose for the secret.
func (n names) unknown(name string) {
	r := n.r
	if r.secretFrom != "" {
		r.problems = append(r.problems, &Problem{
			File: r.file, Name: secretKeyName, Text: "--secret-from names " + name + ", which neither this file nor the environment sets",
			Do: n.orNear(name),
		})
		return
	}
	r.problem(r.get(secretKeyName), "SECRET_KEY_NAME names "+name+", which neither this file nor the environment sets", n.orNear(name))
}

// rival returns a name that says that it signs tokens and was not chosen, or nothing.
func (n names) rival() string {
	for _, c := range n.r.settings.Recognised.Others {
		if c.Class == project.Signs {
			return c.Name
		}
	}
	return ""
}

// passphrase returns a function that asks the user for the passphrase, and takes the
// recognised one when there is nobody to ask.
func (n names) passphrase() func() ([]byte, error) {
	r := n.r
	known := r.settings.Recognised.Passphrase
	if known.Name == "" {
		return n.r.passphrase
	}
	return func() ([]byte, error) {
		if r.passphrase != nil {
			if typed, err := r.passphrase(); err == nil {
				return typed, nil
			}
		}
		return n.r.settings.Recognised.Unlock.Reveal(), nil
	}
}

// encrypted reports whether the user can be asked for the passphrase that is missing.
func (n names) encrypted(err error) bool {
	r := n.r
	return !r.get("KEY_PASSPHRASE_FILE").set && (errors.Is(err, auth.ErrEncrypted) || errors.Is(err, auth.ErrWrongPassphrase))
}
