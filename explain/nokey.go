package explain

import (
	"strings"

	"tokendesk/internal/shell"
	"tokendesk/settings"
)

// Several are lines that belong together, as an error.
type Several []Line

// Error returns the lines, one below the other.
func (s Several) Error() string {
	texts := make([]string, len(s))
	for i, line := range s {
		texts[i] = line.String()
	}
	return strings.Join(texts, "\n")
}

// NoKey says why there is no key in the settings.
func NoKey(set *settings.Settings) Line {
	if !set.Found {
		return Line{Tone: Bad, Label: set.File, Text: "there is no key: the file does not exist", Do: "run tokendesk init to create it"}
	}
	if unusable := set.Recognised.Unusable; len(unusable) > 0 {
		n := unusable[0]
		return Line{Tone: Bad, Label: at(set, n.Line), Text: "there is no key: " + n.Text, Do: n.Do}
	}
	if len(set.Misspelled) > 0 {
		m := set.Misspelled[0]
		return Line{
			Tone: Bad, Label: at(set, m.Line), Text: "there is no key: " + m.Name + " is not the name of a secret",
			Do: "did you mean " + m.Near + "? If not, name it with --secret-from " + shell.Word(m.Name),
		}
	}
	return Line{
		Tone: Bad, Label: set.File, Text: "there is no key: neither SECRET_KEY nor KEY_FILE is set",
		Do: "set SECRET_KEY to the output of " + set.Algorithm.SecretCommand() + ", or set KEY_FILE",
	}
}

// Instead says what the settings have instead of a key, and where else there is one.
func Instead(set *settings.Settings, near []settings.Near) []Line {
	var lines []Line
	for _, n := range set.Recognised.Explained {
		lines = append(lines, Line{Label: at(set, n.Line), Text: n.Text})
	}
	return append(lines, Elsewhere(set, near)...)
}

// Elsewhere says where there are other keys: at the issuers that the settings name, and in
// other env files.
func Elsewhere(set *settings.Settings, near []settings.Near) []Line {
	var lines []Line
	if set.JWKSURL == "" {
		for _, p := range set.Recognised.Published {
			lines = append(lines, Line{
				Label: at(set, p.Line), Text: p.Name + " names keys that verify tokens and cannot sign them",
				Do: "to verify with them, add --jwks-url " + shell.Word(p.URL),
			})
		}
	}
	for _, n := range near {
		lines = append(lines, Near(n))
	}
	return lines
}

// Near says that another env file has a secret, and how to use it.
func Near(n settings.Near) Line {
	line := Line{Label: n.File, Text: "it has " + n.Name, Do: "to use it, add --env-file " + shell.Word(n.File)}
	if n.Example {
		line.Text = "this example has " + n.Name + ", which may not be the secret of the API"
	}
	return line
}

// Notice says what was recognised in the settings and used.
func Notice(n settings.Notice) Line { return Line{Text: n.Text, Do: n.Do} }

// at returns the place of a line of the settings file.
func at(set *settings.Settings, line int) string {
	return settings.Warning{File: set.File, Line: line}.Place()
}
