package settings

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
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
)

const writePlaceholder = "write {{uuid}}, {{now}}, {{now+1h}}, {{now-5m}} or {{n}}"

const writePersona = "write subject, lifetime, algorithm, key, claims or extends"

// maxNesting is how deep values may be nested in a personas file.
const maxNesting = 32

// ParsePersonas reads a personas file: a YAML mapping from their names to their
// members. Numbers keep their digits and claims their order. The error is
// [Problems], each with its line and column; they quote nothing but names.
func ParsePersonas(file string, data []byte) ([]*Persona, error) {
	if problem := checkBytes(file, data); problem != nil {
		return nil, Problems{problem}
	}
	r := personaReader{
		file: file, lines: strings.Count(string(data), "\n") + 1, found: map[string]*Persona{}, extends: map[string]*token.Token{},
	}
	body := r.parse(string(data))
	if body != nil && len(r.problems) == 0 {
		r.personas(body)
		r.inherit()
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
	file     string
	lines    int
	list     []*Persona
	found    map[string]*Persona
	extends  map[string]*token.Token // where each persona names the one that it extends
	problems Problems
}

// problem reports a problem at a token.
func (r *personaReader) problem(at *token.Token, text, do string) {
	p := &Problem{File: r.file, Line: 1, Column: 1, Text: text, Do: do}
	if at != nil && at.Position != nil {
		p.Line, p.Column = min(max(at.Position.Line, 1), r.lines), max(at.Position.Column, 1)
	}
	r.problems = append(r.problems, p)
}

const quoteIt = "put text with special characters in quotes, and check the indentation"

// parse returns the one document of the file, or nil if it is empty or after it has
// reported a problem. A panic in the YAML package is a problem of the file and does
// not end the program.
func (r *personaReader) parse(data string) (body ast.Node) {
	defer func() {
		if recover() != nil {
			r.problem(nil, "it cannot be read as YAML", quoteIt)
			body = nil
		}
	}()
	tokens := lexer.Tokenize(data)
	if !r.checkTokens(tokens) {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // entries reports duplicates by name
	if syntax, ok := errors.AsType[yaml.Error](err); ok {
		// The messages quote at most single characters of the text.
		r.problem(syntax.GetToken(), "it cannot be read as YAML: "+syntax.GetMessage(), quoteIt)
		return nil
	}
	if err != nil {
		r.problem(nil, "it cannot be read as YAML", quoteIt)
		return nil
	}
	for _, document := range file.Docs {
		switch {
		case document.Body == nil:
		case body != nil:
			r.problem(firstToken(document.Body), "a second document starts here", "keep all personas in one document, without --- between them")
			return nil
		default:
			body = document.Body
		}
	}
	return body
}

// checkTokens refuses the parts of YAML that a personas file does not need or that
// could make it grow, before it is parsed.
func (r *personaReader) checkTokens(tokens token.Tokens) bool {
	depth := 0
	for i, tk := range tokens {
		next := &token.Token{Position: &token.Position{}}
		if i+1 < len(tokens) {
			next = tokens[i+1]
		}
		switch tk.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			r.problem(tk, "anchors and aliases are not supported", "write the value out, or let one persona extend another")
		case token.TagType, token.DirectiveType:
			r.problem(tk, "tags and directives are not supported", "remove them, and put text in quotes")
		case token.StringType, token.SingleQuoteType, token.DoubleQuoteType:
			// The YAML package loses the tab, or miscounts the lines below it.
			if strings.Contains(strings.TrimSpace(tk.Origin), "\t") {
				r.problem(tk, "this text contains a tab", `put the text in double quotes, and write the tab as \t`)
			}
		case token.MappingKeyType:
			r.problem(tk, "names that start with ? are not supported", "write name: value")
		case token.InvalidType:
			r.problem(tk, "it cannot be read as YAML: "+tk.Error, quoteIt)
		case token.MappingStartType:
			depth++
			if next.Type == token.MappingStartType && next.Position.Line == tk.Position.Line && next.Position.Column == tk.Position.Column+1 {
				r.problem(tk, "this placeholder is not in quotes", `write it as "{{uuid}}"`)
			}
		case token.SequenceStartType:
			depth++
		case token.SequenceEntryType:
			// The entries of a block list are on lines of their own, unless lists are nested.
			if next.Type == token.SequenceEntryType && next.Position.Line == tk.Position.Line {
				r.problem(next, "lists are nested on one line", "give each list a line of its own")
			}
		case token.MappingEndType, token.SequenceEndType:
			depth--
		default:
		}
		if depth > maxNesting {
			r.problem(tk, "values are nested more than "+strconv.Itoa(maxNesting)+" levels deep", "flatten them")
		}
		if len(r.problems) > 0 {
			return false
		}
	}
	return true
}

// entry is a name and its value.
type entry struct {
	name  string
	at    *token.Token // of the name
	value ast.Node
}

// entries returns the entries of a mapping. If the value is not a mapping it reports
// that with the given text and advice, at the value or else at the name before it.
func (r *personaReader) entries(at *token.Token, node ast.Node, text, do string) []entry {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		r.problem(cmp.Or(firstToken(node), at), text, do)
		return nil
	}
	var all []entry
	for _, value := range mapping.Values {
		name, ok := keyName(value.Key)
		at := value.Key.GetToken()
		switch {
		case !ok:
			r.problem(at, "this name is not text", "put it in quotes")
			continue
		case slices.ContainsFunc(all, func(e entry) bool { return e.name == name }):
			r.problem(at, quoteName(name)+" is set a second time", "keep one of the two")
			continue
		}
		all = append(all, entry{name, at, value.Value})
	}
	return all
}

// keyName returns the name of a member, and whether it is text.
func keyName(key ast.MapKeyNode) (string, bool) {
	switch key := key.(type) {
	case *ast.StringNode:
		return key.Value, utf8.ValidString(key.Value)
	case *ast.IntegerNode:
		return key.Token.Value, true // with its digits
	}
	return "", false
}

// quoteName quotes a name for a sentence, and shortens a long one.
func quoteName(name string) string {
	if runes := []rune(name); len(runes) > maxPersonaName {
		name = string(runes[:maxPersonaName]) + "…"
	}
	return strconv.Quote(name)
}

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
		r.list = append(r.list, p)
		r.found[p.Name] = p
	}
}

// member reads a member of a persona.
func (r *personaReader) member(p *Persona, e entry) {
	if e.name == claimsMember {
		for _, c := range r.entries(e.at, e.value, "claims does not list claims by name",
			"write one claim per line below it, such as role: admin") {
			r.claim(p, c)
		}
		return
	}
	value, ok := r.plain(e)
	switch e.name {
	case subjectMember:
		if ok {
			r.subject(p, e, value)
		}
	case lifetimeMember:
		// A lifetime that ends in the past is reported when a token is issued.
		if _, err := input.ParseLifetime(value, time.Unix(0, 0).UTC()); ok && err != nil {
			r.problem(firstToken(e.value), "the lifetime cannot be used: "+err.Error(),
				cmp.Or(advice.Of(err), "write a lifetime such as 30m, 8h or until 18:00"))
		}
		p.Lifetime = value
	case algorithmMember:
		alg, err := auth.ParseAlgorithm(value)
		if ok && err != nil {
			r.problem(firstToken(e.value), "the algorithm is not supported", "use one of "+strings.Join(auth.AlgorithmNames(), ", "))
		}
		p.Algorithm = alg
	case keyMember:
		p.Key = value
	case extendsMember:
		p.Extends = value
		r.extends[p.Name] = firstToken(e.value)
	default:
		r.problem(e.at, "a persona has no member "+quoteName(e.name), writePersona+", and put claims below claims")
	}
}

// plain returns the text of a member, and whether it has any. It reports a known
// member without text.
func (r *personaReader) plain(e entry) (string, bool) {
	value := ""
	switch node := e.value.(type) {
	case *ast.StringNode:
		value = node.Value
	case *ast.LiteralNode:
		value = strings.TrimSuffix(node.Value.Value, "\n")
	case *ast.IntegerNode:
		value = node.Token.Value
	case *ast.FloatNode:
		value = node.Token.Value
	}
	if value != "" {
		return value, true
	}
	if slices.Contains([]string{subjectMember, lifetimeMember, algorithmMember, keyMember, extendsMember}, e.name) {
		r.problem(cmp.Or(firstToken(e.value), e.at), e.name+" has no value", "give it one, or remove it")
	}
	return "", false
}

// subject reads the subject of a persona.
func (r *personaReader) subject(p *Persona, e entry, value string) {
	parts, err := parseText(value)
	if err != nil {
		r.placeholder(firstToken(e.value), err)
		return
	}
	if err := checkSubject(parts); err != nil {
		r.problem(firstToken(e.value), "the subject cannot be used: "+err.Error(),
			cmp.Or(advice.Of(err), "use an email address or a user name"))
	}
	p.Subject, p.subject = value, parts
}

func (r *personaReader) placeholder(at *token.Token, err error) {
	r.problem(at, err.Error(), advice.Of(err))
}

// inherit merges into each persona the one that it extends.
func (r *personaReader) inherit() {
	done := map[string]bool{}
	for _, p := range r.list {
		r.resolve(p, nil, done)
	}
}

// resolve merges into a persona the one that it extends. Above holds the personas
// that are being resolved and extend this one.
func (r *personaReader) resolve(p *Persona, above []*Persona, done map[string]bool) {
	if p.Extends == "" || done[p.Name] {
		return
	}
	done[p.Name] = true
	parent, ok := r.found[p.Extends]
	above = append(above, p)
	switch {
	case !ok:
		r.problem(r.extends[p.Name], "there is no persona "+quoteName(p.Extends)+" to extend", "name a persona in this file")
		return
	case slices.Contains(above, parent):
		r.problem(r.extends[p.Name], quoteName(p.Name)+" extends itself through "+quoteName(p.Extends), "remove one of the extends")
		return
	}
	r.resolve(parent, above, done)
	if p.Subject == "" {
		p.Subject, p.subject = parent.Subject, parent.subject
	}
	p.Lifetime = cmp.Or(p.Lifetime, parent.Lifetime)
	p.Algorithm = cmp.Or(p.Algorithm, parent.Algorithm)
	p.Key = cmp.Or(p.Key, parent.Key)
	own, written := p.claims, p.Claims
	p.claims, p.Claims = slices.Clone(parent.claims), slices.Clone(parent.Claims)
	for i, c := range own {
		p.set(c, written[i].Value)
	}
}

// firstToken returns the token at which a value starts, or nil if the value is
// missing.
func firstToken(node ast.Node) *token.Token {
	switch node := node.(type) {
	case nil:
		return nil
	case *ast.MappingNode:
		if len(node.Values) > 0 && !node.IsFlowStyle {
			return node.Values[0].Key.GetToken()
		}
	case *ast.NullNode:
		if node.Token.Type == token.ImplicitNullType {
			return nil
		}
	}
	return node.GetToken()
}
