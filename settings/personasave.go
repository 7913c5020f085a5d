package settings

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/internal/file"
)

// ErrNotWritten is returned when what was written would be read as something
// else: the file is then as it was.
var ErrNotWritten = errors.New("it would be read as something else from there, or change what is above it: " +
	"check what is between {{ and }}, or write it into the file by hand")

// SavePersona adds a persona at the end of the file, which is made when it is not
// there. Whatever is in the file stays as it is, comments and all. Of the persona
// everything but what it extends is written.
func SavePersona(path string, p *Persona) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	before, problem := readFile(path)
	if problem != nil && !problem.missing {
		return Problems{problem}
	}
	personas, err := ParsePersonas(path, before)
	switch {
	case err != nil:
		return err
	case !isPersonaName(p.Name):
		return errors.New("a persona's name has letters and digits, and - _ . @ + behind the first, 64 at most")
	case FindPersona(personas, p.Name) != nil:
		return errors.New("there is a persona of that name already: choose another, or change it in " + path)
	}
	after := appendPersona(before, p)
	if len(after) > maxFile {
		return errors.New("the file would be larger than 64 KiB")
	}
	if !addsOnly(path, after, personas, p) {
		return ErrNotWritten
	}
	if file.Rewrite(path, after, 0o600) != nil {
		return fmt.Errorf("%s could not be written: check the permissions of its folder, and the room on the disk", path)
	}
	return nil
}

// addsOnly reports whether the text has those personas as they were, and behind
// them p.
func addsOnly(path string, text []byte, before []*Persona, p *Persona) bool {
	personas, err := ParsePersonas(path, text)
	return err == nil && slices.EqualFunc(personas, append(before, p), same)
}

// same reports whether two personas make the same tokens.
func same(a, b *Persona) bool {
	claims, err := a.Claims.MarshalJSON()
	others, otherErr := b.Claims.MarshalJSON()
	return err == nil && otherErr == nil && a.Name == b.Name && a.Subject == b.Subject && a.Lifetime == b.Lifetime &&
		a.Algorithm == b.Algorithm && a.Key == b.Key && bytes.Equal(compactStrings(claims), compactStrings(others))
}

// compactStrings writes the strings of a JSON object in one way.
func compactStrings(text []byte) []byte {
	var out bytes.Buffer
	eachString(text, func(raw string) { out.WriteString(raw) }, func(quoted string) {
		value, _ := auth.Object{{Name: "x", Value: []byte(quoted)}}.String("x")
		out.Write(jsontext.Quote(value))
	})
	return out.Bytes()
}

// appendPersona writes a persona below the others, with an empty line between.
func appendPersona(text []byte, p *Persona) []byte {
	end := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		end = "\r\n"
	}
	var b strings.Builder
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		b.WriteString(end)
	}
	if len(bytes.TrimSpace(text)) > 0 {
		b.WriteString(end)
	}
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + end) }
	line(yamlText(p.Name), ":")
	members := []struct{ name, text string }{
		{subjectMember, p.Subject}, {lifetimeMember, p.Lifetime}, {algorithmMember, string(p.Algorithm)}, {keyMember, p.Key},
	}
	empty := len(p.Claims) == 0
	for _, m := range members {
		if m.text != "" {
			line("  ", m.name, ": ", yamlText(m.text))
			empty = false
		}
	}
	if empty {
		line("  {}")
	}
	if len(p.Claims) > 0 {
		line("  claims:")
	}
	for _, m := range p.Claims {
		line("    ", yamlText(m.Name), ": ", yamlValue(m))
	}
	return append(bytes.Clone(text), b.String()...)
}

// simple is text that YAML reads as it stands, but for a few words.
var simple = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.@/-]*$`)

// yamlText writes a text, in quotes unless it is a simple one.
func yamlText(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n": // to other readers too
	default:
		if simple.MatchString(text) {
			return text
		}
	}
	return string(jsontext.Quote(text))
}

// yamlValue writes the value of a claim: JSON with spaces in it is YAML.
func yamlValue(m auth.Member) string {
	if text, ok := (auth.Object{m}).String(m.Name); ok {
		return yamlText(text)
	}
	var b strings.Builder
	eachString(m.Value, func(raw string) {
		raw = strings.Join(strings.Fields(raw), "")
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(raw, ",", ", "), ":", ": "))
	}, func(quoted string) { b.WriteString(quoted) })
	return b.String()
}

// eachString cuts JSON into its strings, with their quotes, and what is between.
func eachString(text []byte, between, quoted func(string)) {
	jsonString := regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	at := 0
	for _, span := range jsonString.FindAllIndex(text, -1) {
		between(string(text[at:span[0]]))
		quoted(string(text[span[0]:span[1]]))
		at = span[1]
	}
	between(string(text[at:]))
}
