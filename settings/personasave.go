package settings

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
	"tokendesk/internal/file"
)

// ErrNotWritten says that the persona would not have survived being written and read
// back, or would have changed another. The file was not changed.
var ErrNotWritten = advice.New("the file would not read back with the same personas, so it was not changed",
	"check the text between {{ and }}, or edit the file by hand")

// SavePersona adds a persona at the end of the file, which it creates if necessary.
// Everything in the file stays as it is, comments included, and so does what another
// program writes there at the same moment. Of the persona it writes everything but the
// name of the one that it extends. Its errors have advice, see [advice.Of].
func SavePersona(path string, p *Persona) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	return file.Edit(path, 0o600, func() (before, after []byte, err error) {
		before, problem := readFile(path, personasFileName)
		if problem != nil && !problem.missing {
			return nil, nil, Problems{problem}
		}
		after, err = withPersona(path, before, p)
		return before, after, err
	})
}

// withPersona returns the text of a personas file with another persona.
func withPersona(path string, before []byte, p *Persona) ([]byte, error) {
	personas, err := ParsePersonas(path, before)
	switch {
	case err != nil:
		return nil, err
	case !isPersonaName(p.Name):
		return nil, advice.New("this cannot be the name of a persona", personaNameAdvice)
	case FindPersona(personas, p.Name) != nil:
		return nil, advice.New("there is already a persona with that name", "choose another name, or change the persona in "+path)
	}
	after := appendPersona(before, p)
	if len(after) > maxFile {
		return nil, advice.New("the file would be larger than 64 KiB", "remove a persona that you no longer need")
	}
	if !addsOnly(path, after, personas, p) {
		return nil, ErrNotWritten
	}
	return after, nil
}

// addsOnly reports whether the text holds those personas unchanged, followed by p.
func addsOnly(path string, text []byte, before []*Persona, p *Persona) bool {
	personas, err := ParsePersonas(path, text)
	return err == nil && slices.EqualFunc(personas, append(before, p), same)
}

// same reports whether two personas make the same tokens.
func same(a, b *Persona) bool {
	claims, err := a.Claims.MarshalJSON()
	others, otherErr := b.Claims.MarshalJSON()
	return err == nil && otherErr == nil && a.Name == b.Name && a.Subject == b.Subject && a.Lifetime == b.Lifetime &&
		a.Algorithm == b.Algorithm && a.Key == b.Key && a.Shape == b.Shape && jsontext.Plain(claims) == jsontext.Plain(others)
}

// appendPersona writes a persona after the others, with an empty line between them.
func appendPersona(text []byte, p *Persona) []byte {
	end := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		end = "\r\n"
	}
	var members []string
	for _, m := range []struct{ name, text string }{
		{subjectMember, p.Subject},
		{lifetimeMember, p.Lifetime},
		{algorithmMember, string(p.Algorithm)},
		{keyMember, p.Key},
		{shapeMember, p.Shape},
	} {
		if m.text != "" {
			members = append(members, "  "+m.name+": "+yamlText(m.text))
		}
	}
	if len(p.Claims) > 0 {
		members = append(members, "  "+claimsMember+":")
	}
	for _, m := range p.Claims {
		members = append(members, "    "+yamlText(m.Name)+": "+yamlValue(m))
	}
	if members == nil {
		members = []string{"  {}"}
	}
	after := bytes.Clone(text)
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		after = append(after, end...)
	}
	if len(bytes.TrimSpace(text)) > 0 {
		after = append(after, end...)
	}
	return append(after, yamlText(p.Name)+":"+end+strings.Join(members, end)+end...)
}

// isSimple reports whether YAML reads a text as text without quotes, unless it is one
// of a few words.
func isSimple(text string) bool {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	return text != "" && strings.Contains(letters, text[:1]) && strings.Trim(text, letters+"0123456789_.@/-") == ""
}

// yamlText writes a text, in quotes unless it is simple.
func yamlText(text string) string {
	special := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"} // some only to other YAML readers
	if isSimple(text) && !slices.Contains(special, strings.ToLower(text)) {
		return text
	}
	return string(jsontext.Quote(text))
}

// yamlValue writes the value of a claim: JSON with spaces between its tokens is YAML.
func yamlValue(m auth.Member) string {
	if text, ok := (auth.Object{m}).String(m.Name); ok {
		return yamlText(text)
	}
	spaced := func(raw []byte) string {
		return strings.NewReplacer(",", ", ", ":", ": ").Replace(strings.Join(strings.Fields(string(raw)), ""))
	}
	var b strings.Builder
	rest := jsontext.EachString(m.Value, func(between, quoted []byte, _ bool) { b.WriteString(spaced(between) + string(quoted)) })
	return b.String() + spaced(rest)
}
