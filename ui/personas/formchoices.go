package personas

import (
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// parents returns the personas that the named one can extend: not itself, nor those that
// extend it.
func parents(file *settings.PersonasFile, name string) []widget.Option {
	all := []widget.Option{{Label: "nobody"}}
	for _, p := range file.Personas() {
		if !inherits(file, p, name) {
			all = append(all, widget.Option{Value: p.Name, Label: p.Name, About: p.Subject})
		}
	}
	return all
}

// shapes returns the shapes that the tokens of a persona can have.
func shapes(of *people) []widget.Option {
	return append([]widget.Option{{Label: "none"}}, of.shapes...)
}

// inherits reports whether a persona is the named one or extends it, also through others.
func inherits(file *settings.PersonasFile, p *settings.Persona, name string) bool {
	for ; p != nil; p = settings.FindPersona(file.Personas(), p.Extends) {
		if p.Name == name {
			return true
		}
	}
	return false
}

// keysOf returns the keys that a persona can sign with: those that are configured, by their
// IDs or else by their algorithms.
func keysOf(c *frame.Ctx) []widget.Option {
	all := []widget.Option{{Label: "the usual one"}}
	if key := c.Desk.Key(); key != nil {
		all[0].About = string(key.Algorithm()) + " " + key.Fingerprint()
	}
	for _, key := range c.Desk.Settings().Keys {
		if !key.CanSign() {
			continue
		}
		o := widget.Option{
			Value: keyChoice("", key.ID()), Label: string(key.Algorithm()) + " " + key.Fingerprint(), About: "key " + key.ID(),
		}
		if key.ID() == "" {
			o.Value, o.About = keyChoice(key.Algorithm(), ""), ""
		}
		if !slices.ContainsFunc(all, func(have widget.Option) bool { return have.Value == o.Value }) {
			all = append(all, o)
		}
	}
	return all
}

// keyChoice is the value of the choice for an algorithm, an ID of a key, or both.
func keyChoice(alg auth.Algorithm, id string) string {
	return strings.TrimSpace(string(alg) + " " + id)
}
