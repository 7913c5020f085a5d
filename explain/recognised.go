package explain

import (
	"strings"

	"tokendesk/settings"
	"tokendesk/settings/project"
)

// Recognised says which names of the settings file were read as what, which could be chosen
// instead, and which were passed over and why. It is empty if no name of another framework is
// in the file.
func Recognised(set *settings.Settings) []Line {
	found := &set.Recognised
	var lines []Line
	add := func(tone Tone, text, do string) {
		lines = append(lines, Line{Tone: tone, Label: set.File, Text: text, Do: do})
	}
	if read := readAs(set); len(read) > 0 {
		add(Good, "it reads "+strings.Join(read, ", "), "")
	}
	for _, n := range found.Unused {
		add(Warn, n.Text, n.Do)
	}
	if found.Chosen != nil && len(found.Others) > 0 {
		names := make([]string, len(found.Others))
		for i, c := range found.Others {
			names[i] = c.Name
		}
		add(Good, "--secret-from could name "+strings.Join(names, ", ")+" instead", "")
	}
	for _, n := range found.Explained {
		add(Good, n.Text, "")
	}
	for _, text := range passedOver(found.Passed) {
		add(Good, text, "")
	}
	return lines
}

// passedOver says of names that they were passed over, those with the same reason together.
func passedOver(notes []project.Note) []string {
	var texts []string
	at := map[string]int{}
	for _, n := range notes {
		switch i, again := at[n.Why]; {
		case n.Why == "":
			texts = append(texts, n.Text)
		case again:
			texts[i] += ", " + n.Name
		default:
			at[n.Why] = len(texts)
			texts = append(texts, "passed over, because "+n.Why+": "+n.Name)
		}
	}
	return texts
}

// readAs lists the names that were read, each with what it was read as.
func readAs(set *settings.Settings) []string {
	found := &set.Recognised
	var read []string
	add := func(name, what string) {
		if name != "" && (found.Chosen == nil || name != found.Chosen.Name || len(read) == 0) { // once for Hasura's JSON
			read = append(read, name+" as "+what)
		}
	}
	if c := found.Chosen; c != nil && c.Name != "SECRET_KEY" {
		add(c.Name, chosenAs(c))
		for _, other := range c.Also {
			add(other, "the same")
		}
	}
	lifetime := "the lifetime"
	if found.Lifetime.Unit != "" {
		lifetime += " (" + found.Lifetime.Unit + ")"
	}
	add(found.Lifetime.Name, lifetime)
	add(found.Algorithm.Name, "the algorithm")
	add(found.Issuer.Name, "iss")
	add(found.Audience.Name, "aud")
	add(found.KeyID.Name, "kid")
	add(found.Passphrase.Name, "the passphrase of the key")
	add(found.Title.Name, "the name of the project")
	add(found.Version.Name, "its version")
	for _, token := range found.Tokens {
		add(token.Name, "a persona")
	}
	return read
}

// chosenAs says as what a candidate was read and why.
func chosenAs(c *project.Candidate) string {
	what := "the secret"
	switch {
	case c.Class == project.Verifies:
		what = "the public key"
	case c.Value.Form == project.Path:
		what = "the path of the key"
	case c.Value.Decoded != "":
		what = "the secret in base64 by " + c.Value.Decoded
	case c.Value.What != "":
		what = "the key, " + c.Value.What
	}
	return what + " (" + c.Reason + ")"
}
