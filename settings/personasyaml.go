package settings

import (
	"cmp"
	"slices"

	"github.com/goccy/go-yaml/token"
)

// ParsePersonas reads a personas file: a YAML mapping from their names to their
// members. Numbers keep their digits and claims their order. The error is
// [Problems], each with its line and column; they quote nothing but names.
func ParsePersonas(file string, data []byte) ([]*Persona, error) {
	return parsePersonas(file, data, true)
}

// parsePersonas is [ParsePersonas], which also merges into each persona the one that it extends.
func parsePersonas(file string, data []byte, inherit bool) ([]*Persona, error) {
	if problem := checkBytes(file, data); problem != nil {
		return nil, Problems{problem}
	}
	r := personaReader{
		yamlReader: newYAMLReader(file, data), found: map[string]*Persona{}, extends: map[string]*token.Token{}, shapes: map[string]shapeOf{},
	}
	body := r.parse(string(data))
	if body != nil && len(r.problems) == 0 {
		r.personas(body)
		if inherit {
			r.inherit()
		}
	}
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b *Problem) int {
			return cmp.Or(a.Line-b.Line, a.Column-b.Column)
		})
		return nil, r.problems
	}
	return r.list, nil
}

// personaReader turns the text of a file into personas.
type personaReader struct {
	yamlReader

	list    []*Persona
	found   map[string]*Persona
	extends map[string]*token.Token // where each persona names the one that it extends
	shapes  map[string]shapeOf      // those that were named, by name
}
