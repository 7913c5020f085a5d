package settings

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxNesting is how deep values may be nested in a YAML file.
const maxNesting = 32

// yamlReader reads a YAML file and collects what is wrong with it. Its problems quote
// nothing but names.
type yamlReader struct {
	file     string
	lines    int
	problems Problems
	tokens   token.Tokens // of the whole text, comments included
}

func newYAMLReader(file string, data []byte) yamlReader {
	return yamlReader{file: file, lines: strings.Count(string(data), "\n") + 1}
}

// problem reports a problem at a token.
func (r *yamlReader) problem(at *token.Token, text, do string) {
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
func (r *yamlReader) parse(data string) (body ast.Node) {
	defer func() {
		if recover() != nil {
			r.problem(nil, "it cannot be read as YAML", quoteIt)
			body = nil
		}
	}()
	r.tokens = lexer.Tokenize(unixLines(data))
	if !r.checkTokens(r.tokens) {
		return nil
	}
	file, err := parser.Parse(r.tokens, 0, parser.AllowDuplicateMapKey()) // entries reports duplicates by name
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
			r.problem(firstToken(document.Body), "a second document starts here", "keep everything in one document, without --- between its parts")
			return nil
		default:
			body = document.Body
		}
	}
	return body
}

// unixLines returns the text with the line ends of Unix: the YAML package counts some of
// the others twice.
func unixLines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// refusedTokens are the parts of YAML that a personas file does not need, and most of
// those that could make it grow.
var refusedTokens = map[token.Type]struct{ text, do string }{
	token.AnchorType:     {noAliases, "write the value out, or let one persona extend another"},
	token.AliasType:      {noAliases, "write the value out, or let one persona extend another"},
	token.MergeKeyType:   {noAliases, "write the value out, or let one persona extend another"},
	token.TagType:        {noTags, "remove them, and put text in quotes"},
	token.DirectiveType:  {noTags, "remove them, and put text in quotes"},
	token.MappingKeyType: {"names that start with ? are not supported", "write name: value"},
}

const (
	noAliases = "anchors and aliases are not supported"
	noTags    = "tags and directives are not supported"
)

// checkTokens refuses what is not to be parsed at all.
func (r *yamlReader) checkTokens(tokens token.Tokens) bool {
	depth := 0
	for _, tk := range tokens {
		if refused, ok := refusedTokens[tk.Type]; ok {
			r.problem(tk, refused.text, refused.do)
		}
		switch tk.Type {
		case token.StringType, token.SingleQuoteType, token.DoubleQuoteType:
			// The YAML package loses the tab, or miscounts the lines below it.
			if strings.Contains(strings.TrimSpace(tk.Origin), "\t") {
				r.problem(tk, "this text contains a tab", `put the text in double quotes, and write the tab as \t`)
			}
		case token.InvalidType:
			r.problem(tk, "it cannot be read as YAML: "+tk.Error, quoteIt)
		case token.MappingStartType:
			depth++
			if onOneLine(tk, token.MappingStartType) && tk.Next.Position.Column == tk.Position.Column+1 {
				r.problem(tk, "this placeholder is not in quotes", `write it as "{{uuid}}"`)
			}
		case token.SequenceStartType:
			depth++
		case token.SequenceEntryType:
			// The entries of a block list are on lines of their own, unless lists are nested.
			if onOneLine(tk, token.SequenceEntryType) {
				r.problem(tk.Next, "lists are nested on one line", "give each list a line of its own")
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

// onOneLine reports whether a token is followed by one of that type on the same line.
func onOneLine(tk *token.Token, next token.Type) bool {
	return tk.NextType() == next && tk.Next.Position.Line == tk.Position.Line
}

// entry is a name and its value.
type entry struct {
	name  string
	at    *token.Token // of the name
	value ast.Node
}

// entries returns the entries of a mapping. If the value is not a mapping it reports
// that with the given text and advice, at the value or else at the name before it.
func (r *yamlReader) entries(at *token.Token, node ast.Node, text, do string) []entry {
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
