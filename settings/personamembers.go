package settings

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/auth/input"
)

// The members of a persona.
const (
	subjectMember   = "subject"
	lifetimeMember  = "lifetime"
	algorithmMember = "algorithm"
	keyMember       = "key"
	claimsMember    = "claims"
	extendsMember   = "extends"
	disabledMember  = "disabled"
	shapeMember     = "shape"
)

const writePersona = "write subject, lifetime, algorithm, key, shape, claims, extends or disabled"

// personas reads all personas.
func (r *personaReader) personas(body ast.Node) {
	for _, e := range r.entries(nil, body, "the file does not list personas by name",
		"start with a name and a colon, such as customer:, and indent the lines below it") {
		if !isPersonaName(e.name) {
			r.problem(e.at, quoteName(e.name)+" cannot be the name of a persona", personaNameAdvice)
			continue
		}
		p := &Persona{Name: e.name, File: r.file, Line: e.at.Position.Line, Column: e.at.Position.Column}
		for _, member := range r.entries(e.at, e.value, quoteName(e.name)+" has no members", writePersona+" below it, indented") {
			r.member(p, member)
		}
		p.own = Own{p.Name, p.Extends, p.Subject, p.Lifetime, p.Algorithm, p.Key, p.Shape, p.Disabled, slices.Clone(p.Claims)}
		r.list = append(r.list, p)
		r.found[p.Name] = p
	}
}

// member reads a member of a persona.
func (r *personaReader) member(p *Persona, e entry) {
	read, known := memberReaders[e.name]
	value := scalar(e.value)
	switch {
	case e.name == claimsMember:
		for _, c := range r.entries(e.at, e.value, "claims does not list claims by name",
			"write one claim per line below it, such as role: admin") {
			r.claim(p, c)
		}
	case e.name == disabledMember:
		r.disabled(p, e)
	case !known:
		r.problem(e.at, "a persona has no member "+quoteName(e.name), writePersona+", and put claims below claims")
	case value == "":
		r.problem(cmp.Or(firstToken(e.value), e.at), e.name+" has no value", "give it one, or remove it")
	default:
		read(r, p, firstToken(e.value), value)
	}
}

// memberReaders read the members of a persona that have a text.
var memberReaders = map[string]func(r *personaReader, p *Persona, at *token.Token, value string){
	subjectMember:   (*personaReader).subject,
	lifetimeMember:  (*personaReader).lifetime,
	algorithmMember: (*personaReader).algorithm,
	keyMember:       func(_ *personaReader, p *Persona, _ *token.Token, value string) { p.Key = value },
	extendsMember:   (*personaReader).extend,
	shapeMember:     (*personaReader).shape,
}

// disabled reads whether a persona is disabled.
func (r *personaReader) disabled(p *Persona, e entry) {
	value, ok := e.value.(*ast.BoolNode)
	if !ok {
		r.problem(cmp.Or(firstToken(e.value), e.at), "disabled is neither true nor false", "write disabled: true, or remove it")
		return
	}
	p.Disabled = value.Value
}

// scalar returns the text of a value, or nothing if it has none.
func scalar(node ast.Node) string {
	switch node := node.(type) {
	case *ast.StringNode:
		return node.Value
	case *ast.LiteralNode:
		return strings.TrimSuffix(node.Value.Value, "\n")
	case *ast.IntegerNode, *ast.FloatNode:
		return node.GetToken().Value
	}
	return ""
}

// subject reads the subject of a persona.
func (r *personaReader) subject(p *Persona, at *token.Token, value string) {
	parts, err := parseText(value)
	if err != nil {
		r.placeholder(at, err)
		return
	}
	if err := checkSubject(parts); err != nil {
		r.problem(at, "the subject cannot be used: "+err.Error(), cmp.Or(advice.Of(err), "use an email address or a user name"))
	}
	p.Subject, p.subject, p.from.subject = value, parts, p.Name
}

// lifetime reads the lifetime of a persona. One that ends in the past is reported when a
// token is issued.
func (r *personaReader) lifetime(p *Persona, at *token.Token, value string) {
	if _, err := input.ParseLifetime(value, time.Unix(0, 0).UTC()); err != nil {
		r.problem(at, "the lifetime cannot be used: "+err.Error(), cmp.Or(advice.Of(err), "write a lifetime such as 30m, 8h or until 18:00"))
	}
	p.Lifetime, p.from.lifetime = value, p.Name
}

// algorithm reads the algorithm of the key of a persona.
func (r *personaReader) algorithm(p *Persona, at *token.Token, value string) {
	alg, err := auth.ParseAlgorithm(value)
	if err != nil {
		r.problem(at, "the algorithm is not supported", "use one of "+strings.Join(auth.AlgorithmNames(), ", "))
	}
	p.Algorithm = alg
}

// extend reads the name of the persona that a persona extends.
func (r *personaReader) extend(p *Persona, at *token.Token, value string) {
	p.Extends = value
	r.extends[p.Name] = at
}

// shape reads the name of the shape of a persona. The shape itself is read when a token
// is issued.
func (r *personaReader) shape(p *Persona, at *token.Token, value string) {
	folder := filepath.Dir(r.file)
	if !slices.Contains(ShapeNames(folder), value) {
		err := noShape(folder, value)
		r.problem(at, err.Error(), advice.Of(err))
		return
	}
	if r.shapes[value] == nil {
		r.shapes[value] = lazyShape(folder, value)
	}
	p.Shape, p.shape, p.from.shape = value, r.shapes[value], p.Name
}

func (r *personaReader) placeholder(at *token.Token, err error) {
	r.problem(at, err.Error(), advice.Of(err))
}
