package settings

import (
	"errors"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// SavePersona adds a persona at the end of the file, which it creates if necessary.
// Everything in the file stays as it is, comments included, and so does what another
// program writes there at the same moment. Of the persona it writes everything but the
// name of the one that it extends. Its errors have advice, see [advice.Of].
func SavePersona(path string, p *Persona) error {
	own := Own{Name: p.Name, Subject: p.Subject, Lifetime: p.Lifetime, Algorithm: p.Algorithm, Key: p.Key, Shape: p.Shape, Claims: p.Claims}
	return EditPersonas(path, func(f *PersonasFile) error {
		_, err := f.Add(own)
		return err
	})
}

// EditPersonas reads a personas file and edits it. If another program changes it meanwhile,
// it does both again, until even many programs at once have had their turn.
func EditPersonas(path string, edit func(*PersonasFile) error) error {
	const tries = 100
	for n := 1; ; n++ {
		f, err := ReadPersonasFile(path)
		if err != nil {
			return err
		}
		err = edit(f)
		if _, changed := errors.AsType[*PersonasChanged](err); !changed || n == tries {
			return err
		}
	}
}

// isSimple reports whether YAML reads a text as text without quotes, unless it is one
// of a few words.
func isSimple(text string) bool {
	const letters, digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "0123456789"
	if unit := strings.TrimLeft(text, digits); len(text) > 1 && slices.Contains([]string{"s", "m", "h", "d"}, unit) {
		return true // a lifetime
	}
	return text != "" && strings.Contains(letters, text[:1]) && strings.Trim(text, letters+digits+"_.@/- ") == "" &&
		text == strings.TrimSpace(text)
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
