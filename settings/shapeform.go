package settings

import (
	"strings"

	"tokendesk/auth/advice"
)

// form is what a text must look like, such as https://{host}/realms/{realm}. A name in
// braces stands for one or more characters other than a slash; {name...} stands for
// anything, and only at the end.
type form []formPart

// formPart is a literal text, or a name that stands for a text.
type formPart struct {
	literal, name string
	rest          bool // name may stand for anything
}

var errForm = advice.New("the form cannot be read", "write it as https://{host}/realms/{realm}, with text between two names in braces")

// parseForm reads a form.
func parseForm(s string) (form, error) {
	var parts form
	for s != "" {
		literal, after, found := strings.Cut(s, "{")
		if literal != "" {
			parts = append(parts, formPart{literal: literal})
		}
		if !found {
			break
		}
		name, rest, closed := strings.Cut(after, "}")
		name, open := strings.CutSuffix(name, "...")
		switch {
		case !closed, !isFormName(name), parts.has(name), open && rest != "":
			return nil, errForm
		case len(parts) > 0 && parts[len(parts)-1].name != "":
			return nil, errForm
		}
		parts = append(parts, formPart{name: name, rest: open})
		s = rest
	}
	if len(parts) == 0 {
		return nil, errForm
	}
	return parts, nil
}

func isFormName(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-_") == ""
}

// has reports whether the form has the name.
func (f form) has(name string) bool {
	for _, p := range f {
		if p.name == name {
			return true
		}
	}
	return false
}

// match returns what the names of the form stand for in a text, and whether the text
// has the form.
func (f form) match(s string) (map[string]string, bool) {
	found := map[string]string{}
	for i, p := range f {
		switch {
		case p.name == "":
			if !strings.HasPrefix(s, p.literal) {
				return nil, false
			}
			s = s[len(p.literal):]
			continue
		case i == len(f)-1:
			found[p.name], s = s, ""
		default:
			end := strings.Index(s, f[i+1].literal)
			if end < 0 {
				return nil, false
			}
			found[p.name], s = s[:end], s[end:]
		}
		if value := found[p.name]; value == "" || !p.rest && strings.Contains(value, "/") {
			return nil, false
		}
	}
	return found, s == ""
}
