package jsontext

import "encoding/json"

// Path is the name of a member and the path of its object. The path of a member of the
// outermost object has no Object.
type Path struct {
	Object *Path
	Name   string
}

// String returns the names from the outermost to the innermost, joined by dots.
func (p *Path) String() string {
	if p.Object == nil {
		return p.Name
	}
	return p.Object.String() + "." + p.Name
}

// Node is a value somewhere in a JSON text.
type Node struct {
	// Path is the path of the member that has the value, or has it in an array. It is nil
	// outside all objects.
	Path *Path
	// Depth counts the objects and arrays around the value.
	Depth int
	// Name is the offset of the name before it, or -1 if there is none.
	Name int
	// Start is the offset of the value, and Raw its bytes.
	Start int
	Raw   json.RawMessage
}

const noName = -1

// Walk parses one JSON value and calls visit for it and for every value inside it, in the
// order in which they end. Duplicate names are allowed. On a *[SyntaxError], the values
// before the error have been visited.
func Walk(text []byte, visit func(Node)) error {
	p := parser{data: text, visit: visit}
	return p.walk(0, nil)
}

// Walk calls visit for the values of all members and every value inside them. Paths start
// at the object, and offsets count from the value of the outermost member. Invalid values
// are skipped.
func (o Object) Walk(visit func(Node)) {
	for _, m := range o {
		p := parser{data: m.Value, visit: visit}
		_ = p.walk(1, &Path{Name: m.Name}) // a value that was parsed before is valid
	}
}

func (p *parser) walk(depth int, in *Path) error {
	p.space()
	if err := p.value(depth, in, noName); err != nil {
		return err
	}
	return p.end("the value")
}

// Elements returns the elements of a JSON array, and whether raw is one.
func Elements(raw json.RawMessage) ([]json.RawMessage, bool) {
	if len(raw) == 0 || raw[0] != '[' {
		return nil, false
	}
	elements := []json.RawMessage{}
	err := Walk(raw, func(n Node) {
		if n.Depth == 1 {
			elements = append(elements, n.Raw)
		}
	})
	return elements, err == nil
}

// Strings returns the values of a JSON array of strings, and whether raw is one.
func Strings(raw json.RawMessage) ([]string, bool) {
	elements, ok := Elements(raw)
	if !ok {
		return nil, false
	}
	values := make([]string, 0, len(elements))
	for _, element := range elements {
		value, ok := Unquote(element)
		if !ok {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}
