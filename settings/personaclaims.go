package settings

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// claim reads a claim of a persona.
func (r *personaReader) claim(p *Persona, e entry) {
	before := len(r.problems)
	v := claimReader{yamlReader: &r.yamlReader, parse: parseText}
	v.value(e.at, e.value, 0)
	if len(r.problems) > before {
		return
	}
	if err := checkClaim(e.name, v.filled, auth.CheckExtraClaim); err != nil {
		r.problem(e.at, "the claim "+quoteName(e.name)+" cannot be used: "+err.Error(), cmp.Or(advice.Of(err), "change it, or leave it out"))
		return
	}
	set(p, claim{e.name, v.filled, p.Name}, v.written)
}

// claimReader turns a YAML value into JSON.
type claimReader struct {
	*yamlReader
	parse   func(string) (text, error)
	written []byte   // with the placeholders as text
	filled  jsonText // with the placeholders found
}

func (r *claimReader) raw(json string) {
	r.written = append(r.written, json...)
	r.filled = r.filled.appendRaw(json)
}

// value reads a value of any kind, nested that deep in others.
func (r *claimReader) value(at *token.Token, node ast.Node, depth int) {
	if tk := firstToken(node); tk != nil {
		at = tk
	}
	if depth > maxNesting {
		r.problem(at, "values are nested more than "+strconv.Itoa(maxNesting)+" levels deep", "flatten them")
		return
	}
	switch node := node.(type) {
	case *ast.MappingNode:
		r.mapping(node, depth)
	case *ast.SequenceNode:
		r.raw("[")
		for i, item := range node.Values {
			if i > 0 {
				r.raw(",")
			}
			r.value(at, item, depth+1)
		}
		r.raw("]")
	case *ast.StringNode:
		if node.Token.Type == token.StringType && isJSONNumber(node.Value) { // too large for the YAML package
			r.raw(node.Value)
			return
		}
		r.text(at, node.Value)
	case *ast.LiteralNode:
		r.text(at, node.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode:
		r.number(node.GetToken())
	case *ast.BoolNode:
		r.raw(strconv.FormatBool(node.Value))
	case *ast.NullNode:
		if node.Token.Type == token.ImplicitNullType {
			r.problem(at, "the value is missing", "write null if you mean that")
			return
		}
		r.raw("null")
	default:
		r.problem(at, "a claim cannot have this kind of value", "write text, a number, true, false, null, a list or a mapping")
	}
}

func (r *claimReader) mapping(node *ast.MappingNode, depth int) {
	r.raw("{")
	for i, e := range r.entries(nil, node, "", "") {
		if i > 0 {
			r.raw(",")
		}
		if strings.Contains(e.name, "{{") {
			r.problem(e.at, placeholderInName, valuesOnly)
		}
		r.raw(string(jsontext.Quote(e.name)) + ":")
		r.value(e.at, e.value, depth+1)
	}
	r.raw("}")
}

func (r *claimReader) number(tk *token.Token) {
	if !isJSONNumber(tk.Value) {
		r.problem(tk, "this is a number in YAML but not in JSON", "put it in quotes if it is text, or write it in decimal digits")
		return
	}
	r.raw(tk.Value)
}

func isJSONNumber(literal string) bool {
	_, ok := auth.ParseNumericDate([]byte(literal))
	return ok
}

func (r *claimReader) text(at *token.Token, value string) {
	if !utf8.ValidString(value) {
		r.problem(at, "this text is not valid UTF-8", "check its escape sequences")
		return
	}
	parts, err := r.parse(value)
	if err != nil {
		r.problem(at, err.Error(), advice.Of(err))
		return
	}
	quoted := string(jsontext.Quote(value))
	r.written = append(r.written, quoted...)
	r.filled = r.filled.appendText(parts, quoted)
}
