package jsontext

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"
)

// maxDepth is how deep objects and arrays may be nested.
const maxDepth = 64

// ParseObject parses one complete JSON object (RFC 8259), followed by nothing. It
// refuses, with a *[SyntaxError], invalid UTF-8, a byte order mark, unpaired surrogates,
// duplicate names at any depth (even if one is written with escapes) and nesting deeper
// than 64. Numbers keep their digits.
func ParseObject(data []byte) (Object, error) {
	object, err := ReadObject(data)
	if err != nil {
		return nil, err
	}
	return object, nil
}

// ReadObject is [ParseObject], but if a duplicate name is the only error it returns the
// object together with the error.
func ReadObject(data []byte) (Object, error) {
	p := parser{data: data}
	if err := p.start(); err != nil {
		return nil, err
	}
	if p.peek() != '{' {
		return nil, p.fail("expected a JSON object, found %s", p.found())
	}
	object := Object{}
	if err := p.object(1, nil, &object); err != nil {
		return nil, err
	}
	if err := p.end("the object"); err != nil {
		return nil, err
	}
	if p.duplicate != nil {
		return object, p.duplicate
	}
	return object, nil
}

// ParseValue parses one complete JSON value of any kind, by the rules of [ParseObject].
func ParseValue(data []byte) (json.RawMessage, error) {
	p := parser{data: data}
	if err := p.start(); err != nil {
		return nil, err
	}
	start := p.pos
	if err := p.value(0, nil, noName); err != nil {
		return nil, err
	}
	value := json.RawMessage(data[start:p.pos])
	if err := p.end("the value"); err != nil {
		return nil, err
	}
	if p.duplicate != nil {
		return nil, p.duplicate
	}
	return value, nil
}

// parser checks a JSON text in one pass. Everything in this package that reads JSON uses
// it, with other work to do on the way.
type parser struct {
	data      []byte
	pos       int
	duplicate *SyntaxError // the first duplicate name; parsing continues after it
	visit     func(Node)   // called for every value, unless it is nil
	written   *compactor   // receives everything except white space, unless it is nil
	quoted    quotedFunc   // called after every string, unless it is nil
}

// start checks the text as a whole.
func (p *parser) start() error {
	if bytes.HasPrefix(p.data, []byte("\xef\xbb\xbf")) {
		return p.fail("unexpected byte order mark")
	}
	for i := 0; i < len(p.data); {
		if p.data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(p.data[i:])
		if r == utf8.RuneError && size == 1 {
			return p.failAt(i, "invalid UTF-8")
		}
		i += size
	}
	p.space()
	return nil
}

func (p *parser) end(what string) error {
	p.space()
	if p.pos < len(p.data) {
		return p.fail("unexpected %s after %s", p.found(), what)
	}
	return nil
}

// value checks the value at pos and moves past it. depth counts the objects and arrays
// around it.
func (p *parser) value(depth int, in *Path, name int) error {
	start := p.pos
	if err := p.anyValue(depth, in); err != nil {
		return err
	}
	if p.quoted != nil && p.data[start] == '"' {
		p.quoted(start, false)
	}
	if p.visit != nil {
		p.visit(Node{Path: in, Depth: depth, Name: name, Start: start, Raw: p.data[start:p.pos]})
	}
	return nil
}

func (p *parser) anyValue(depth int, in *Path) error {
	switch c := p.peek(); {
	case c == '{':
		return p.object(depth+1, in, nil)
	case c == '[':
		return p.array(depth+1, in)
	case c == '"':
		return p.str()
	case c == '-' || isDigit(c):
		return p.number()
	}
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(p.data[p.pos:], []byte(word)) {
			p.pos += len(word)
			return nil
		}
	}
	return p.fail("expected a JSON value, found %s", p.found())
}

// object checks an object, and appends its members to out unless that is nil.
func (p *parser) object(depth int, in *Path, out *Object) error {
	if depth > maxDepth {
		return p.fail("nested more than %d levels deep", maxDepth)
	}
	p.pos++
	var seen Names
	for first := true; ; first = false {
		p.space()
		if first && p.peek() == '}' {
			p.pos++
			return nil
		}
		nameStart := p.pos
		name, err := p.name(&seen)
		if err != nil {
			return err
		}
		member := in
		if p.visit != nil {
			member = &Path{in, name}
		}
		start := p.pos
		if err := p.value(depth, member, nameStart); err != nil {
			return err
		}
		if out != nil {
			*out = append(*out, Member{Name: name, Value: json.RawMessage(p.data[start:p.pos])})
		}
		if done, err := p.next('}'); done || err != nil {
			return err
		}
	}
}

// name checks a member's name and the colon after it.
func (p *parser) name(seen *Names) (string, error) {
	if p.peek() != '"' {
		return "", p.fail("expected a name in double quotes, found %s", p.found())
	}
	start := p.pos
	if err := p.str(); err != nil {
		return "", err
	}
	name, _ := Unquote(p.data[start:p.pos])
	if p.visit == nil && seen.Add(name) && p.duplicate == nil {
		p.duplicate = p.failAt(start, "duplicate name %q", Excerpt([]byte(name)))
	}
	if p.quoted != nil {
		p.quoted(start, true)
	}
	p.space()
	if p.peek() != ':' {
		return "", p.fail("expected a colon after the name, found %s", p.found())
	}
	p.pos++
	p.space()
	return name, nil
}

func (p *parser) array(depth int, in *Path) error {
	if depth > maxDepth {
		return p.fail("nested more than %d levels deep", maxDepth)
	}
	p.pos++
	p.space()
	if p.peek() == ']' {
		p.pos++
		return nil
	}
	for {
		p.space()
		if err := p.value(depth, in, noName); err != nil {
			return err
		}
		if done, err := p.next(']'); done || err != nil {
			return err
		}
	}
}

// next moves past a comma or the closing bracket, and reports whether it was the bracket.
func (p *parser) next(closing byte) (bool, error) {
	p.space()
	switch p.peek() {
	case closing:
		p.pos++
		return true, nil
	case ',':
		p.pos++
		return false, nil
	default:
		return false, p.fail("expected a comma or %q, found %s", closing, p.found())
	}
}

// space moves past white space.
func (p *parser) space() {
	start := p.pos
	for p.pos < len(p.data) {
		c := p.data[p.pos]
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			break
		}
		p.pos++
	}
	if p.written != nil && p.pos > start {
		p.written.skip(p.data, start, p.pos)
	}
}

// peek returns the byte at pos, or 0 at the end.
func (p *parser) peek() byte {
	if p.pos < len(p.data) {
		return p.data[p.pos]
	}
	return 0
}

// found names the character at pos.
func (p *parser) found() string {
	if p.pos >= len(p.data) {
		return "the end"
	}
	r, _ := utf8.DecodeRune(p.data[p.pos:])
	return strconv.QuoteRune(r)
}

func (p *parser) fail(format string, args ...any) *SyntaxError {
	return p.failAt(p.pos, format, args...)
}

// failAt returns an error at an offset: of the text that is being written if there is
// one, else of the parsed text.
func (p *parser) failAt(offset int, format string, args ...any) *SyntaxError {
	text := p.data
	if w := p.written; w != nil {
		text = slices.Concat(w.text, p.data[w.from:offset])
		offset = len(text)
	}
	return syntaxError(text, offset, format, args...)
}
