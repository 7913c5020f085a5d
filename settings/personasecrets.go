package settings

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/token"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/jsontext"
	"tokendesk/auth/kind"
	"tokendesk/auth/weak"
)

// Warnings returns a warning for every secret and every signed token in the file, with its
// line: the file is shared, and everything in a token can be read. They quote no value.
func (f *PersonasFile) Warnings(s *Settings) []Warning {
	l, root, ok := layoutOf(f.text)
	if !ok || f.Problem != nil || root == nil {
		return nil
	}
	var all []Warning
	warn := func(offset int, persona, name, text string) {
		line, _ := jsontext.Position(f.text, offset)
		all = append(all, Warning{File: f.Path, Line: line, Name: name, Text: text, Severe: true, Do: removeSecret, Persona: persona})
	}
	for i, p := range f.personas {
		place := root.entries[i]
		if what := secretKind("", p.own.Subject, s); what != "" {
			warn(place.key, p.Name, subjectMember, "the subject of "+p.Name+" is "+what)
		}
		for _, claim := range p.own.Claims {
			walkSecrets(claim, s, func(path []string, what string) {
				name := strings.Join(path, ".")
				at := place.find(append([]string{claimsMember}, path...))
				warn(at, p.Name, name, "the claim "+quoteName(name)+" of "+p.Name+" is "+what)
			})
		}
	}
	for _, tk := range l.tokens {
		if tk.Type == token.CommentType && holdsToken(tk.Value) {
			warn(l.offset(tk), "", "", "a comment contains a signed token")
		}
	}
	slices.SortStableFunc(all, func(a, b Warning) int { return a.Line - b.Line })
	return all
}

const removeSecret = "remove it: the file is shared, and anyone can read the claims of a token"

// find returns where the value at a path is, or the innermost that is around it.
func (s *slot) find(path []string) int {
	if len(path) > 0 && s.child != nil {
		for i := range s.child.entries {
			if s.child.entries[i].name == path[0] {
				return s.child.entries[i].find(path[1:])
			}
		}
	}
	return s.key
}

// walkSecrets calls found for the secrets in a claim.
func walkSecrets(claim auth.Member, s *Settings, found func(path []string, what string)) {
	auth.Object{claim}.Walk(func(n jsontext.Node) {
		var path []string
		for p := n.Path; p != nil; p = p.Object {
			path = append(path, p.Name)
		}
		slices.Reverse(path)
		if isPrivateJWK(n.Raw) {
			found(path, "a private key")
		} else if text, ok := jsontext.Unquote(n.Raw); ok {
			if what := secretKind(path[len(path)-1], text, s); what != "" {
				found(path, what)
			}
		}
	})
}

// secretKind names the secret that a text is, or returns nothing.
func secretKind(name, text string, s *Settings) string {
	if isSecret(s, text) {
		return "the secret that signs the tokens"
	}
	if is := kind.Of([]byte(text)); isPrivateKey(&is) {
		return "a private key"
	}
	switch {
	case holdsToken(text):
		return "a signed token"
	case isSecretName(name) && isRandom(text):
		return "probably a secret, going by its name and value"
	}
	return ""
}

// isPrivateKey reports whether a text is a private key in some form.
func isPrivateKey(is *kind.Found) bool {
	switch is.Kind { //nolint:exhaustive // the others have no private key
	case kind.PEM, kind.DER:
		return bytes.Contains(is.Bytes, []byte("PRIVATE KEY"))
	case kind.JWK:
		return isPrivateJWK(is.Bytes)
	case kind.SSHPrivate, kind.PuTTY, kind.PKCS12, kind.Keystore, kind.ServiceAccount:
		return true
	}
	return false
}

// isPrivateJWK reports whether a JSON object is a JWK with a private or secret member, or
// has one.
func isPrivateJWK(raw json.RawMessage) bool {
	o, err := jsontext.ParseObject(raw)
	if err != nil || o.Index("kty") < 0 {
		return false
	}
	return o.Index("d") >= 0 || o.Index("k") >= 0
}

// holdsToken reports whether a text has a token with a signature in it.
func holdsToken(text string) bool {
	if !strings.Contains(text, "ey") {
		return false
	}
	matches, err := find.Tokens(text, maxFile)
	return err == nil && slices.ContainsFunc(matches, func(m find.Match) bool {
		if !m.IsToken() {
			return false
		}
		parts := strings.Split(m.Compact, ".")
		return len(parts) == 5 || len(parts) == 3 && len(parts[2]) >= 16
	})
}

// isSecretName reports whether a claim is named like a secret.
func isSecretName(name string) bool {
	plain := strings.NewReplacer("_", "", "-", "", ".", "").Replace(strings.ToLower(name))
	return slices.ContainsFunc([]string{
		"password", "passwd", "passphrase", "passwort", "secret", "apikey", "privatekey", "accesskey", "accesstoken", "refreshtoken",
		"credential",
	}, func(mark string) bool { return strings.Contains(plain, mark) }) || plain == "pwd"
}

// minRandom is the length of the shortest text that looks random.
const minRandom = 8

// isRandom reports whether a text looks like something that nobody can guess: one word with
// letters and digits that is no placeholder.
func isRandom(text string) bool {
	letter, digit := false, false
	for _, r := range text {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return false
		}
		letter, digit = letter || unicode.IsLetter(r), digit || unicode.IsDigit(r)
	}
	return len(text) >= minRandom && letter && digit && !strings.Contains(text, "{{") && !strings.Contains(text, "://") &&
		weak.Placeholder(text) == ""
}

// rememberSecret keeps a hash of the secret in the settings, to find it elsewhere.
func rememberSecret(r *reader) {
	s := r.settings
	name := secretKey
	if chosen := s.Recognised.Chosen; chosen != nil {
		name = chosen.Name
	}
	if value := strings.TrimSpace(r.get(name).value); value != "" {
		s.secret = sha256.Sum256([]byte(value))
	}
}

// isSecret reports whether a text is the secret in the settings.
func isSecret(s *Settings, text string) bool {
	return s != nil && s.secret != [sha256.Size]byte{} && sha256.Sum256([]byte(strings.TrimSpace(text))) == s.secret
}

// PersonaWarnings reads the personas file and returns its [PersonasFile.Warnings]. Errors in
// the file are not among them.
func PersonaWarnings(s *Settings) []Warning {
	if s.PersonasFile == "" {
		return nil
	}
	f, err := ReadPersonasFile(s.PersonasFile)
	if err != nil {
		return nil
	}
	f.Path = s.PersonasFile
	return f.Warnings(s)
}
