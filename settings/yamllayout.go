package settings

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// layout says where the entries of a YAML file are in its text.
type layout struct {
	text   []byte
	lines  []int // where each line starts
	tokens token.Tokens
	index  map[*token.Token]int
	broken bool // a token was not found where it should be
}

// mapping is a mapping in the text: from the comments above its first name, or from the
// bracket, to the end of its last value.
type mapping struct {
	flow     bool
	from, to int
	entries  []slot
}

// slot is an entry of a mapping.
type slot struct {
	name            string
	key, keyEnd     int // the name as it is written, with its quotes
	value, valueEnd int
	child           *mapping // if the value is one
}

// layoutOf returns where everything is, and the mapping of the file or nil if there is
// none. It reports false if the text could not be followed.
func layoutOf(text []byte) (*layout, *mapping, bool) {
	r := newYAMLReader("", text)
	body := r.parse(string(text))
	if len(r.problems) > 0 {
		return nil, nil, false
	}
	l := &layout{text: text, lines: []int{0}, tokens: r.tokens, index: map[*token.Token]int{}}
	for i, c := range text {
		if c == '\n' {
			l.lines = append(l.lines, i+1)
		}
	}
	for i, tk := range l.tokens {
		l.index[tk] = i
	}
	if body == nil {
		return l, nil, true
	}
	node, ok := body.(*ast.MappingNode)
	if !ok {
		return nil, nil, false
	}
	m := l.mapping(node, len(l.tokens), 0)
	if m.from == 0 && !m.flow && len(m.entries) > 0 { // a comment at the very start is about the file
		m.from = l.lineStart(m.entries[0].key)
	}
	return l, m, !l.broken
}

// offset returns where a token starts in the text.
func (l *layout) offset(tk *token.Token) int {
	at := tk.Position
	if at.Line < 1 || at.Line > len(l.lines) || at.Column < 1 {
		l.broken = true
		return 0
	}
	offset := l.lines[at.Line-1]
	for range at.Column - 1 {
		_, size := utf8.DecodeRune(l.text[offset:])
		offset += size
	}
	return offset
}

// mapping follows a mapping that ends before the token with that index. Nothing above floor
// belongs to it.
func (l *layout) mapping(node *ast.MappingNode, limit, floor int) *mapping {
	m := &mapping{flow: node.IsFlowStyle}
	if m.flow {
		limit = l.position(node.End)
		m.from, m.to = l.offset(node.Start), l.offset(node.End)+1
		if !bytes.HasPrefix(l.text[m.from:], []byte("{")) || l.text[m.to-1] != '}' {
			l.broken = true
		}
	}
	for i, value := range node.Values {
		next := limit
		if i+1 < len(node.Values) {
			next = l.position(node.Values[i+1].Key.GetToken())
		}
		if !l.broken {
			m.entries = append(m.entries, l.slot(value, next))
		}
	}
	if n := len(m.entries); n > 0 && !m.flow && !l.broken {
		key := m.entries[0].key
		m.from, m.to = l.lead(key, floor), m.entries[n-1].valueEnd
		l.broken = len(bytes.Trim(l.text[l.lineStart(key):key], " ")) > 0
	}
	return m
}

// position returns the index of a token.
func (l *layout) position(tk *token.Token) int {
	i, ok := l.index[tk]
	if !ok {
		l.broken = true
	}
	return i
}

// slot follows an entry that ends before the token with that index.
func (l *layout) slot(node *ast.MappingValueNode, limit int) slot {
	key := node.Key.GetToken()
	name, _ := keyName(node.Key)
	s := slot{name: name, key: l.offset(key)}
	s.keyEnd = s.key + l.written(s.key, key)
	colon := s.keyEnd + len(l.text[s.keyEnd:]) - len(bytes.TrimLeft(l.text[s.keyEnd:], " \t"))
	if s.keyEnd == s.key || !bytes.HasPrefix(l.text[colon:], []byte(":")) {
		l.broken = true
		return s
	}
	s.value, s.valueEnd = l.content(colon+1), len(l.text)
	last := limit - 1
	for last > 0 && skipped(l.tokens[last]) {
		last--
	}
	if last+1 < len(l.tokens) {
		s.valueEnd = l.offset(l.tokens[last+1])
	}
	if s.valueEnd <= s.value { // the value is missing
		l.broken = true
		return s
	}
	s.valueEnd = s.value + len(bytes.TrimRight(l.text[s.value:s.valueEnd], " \t\r\n"))
	if child, ok := node.Value.(*ast.MappingNode); ok {
		s.child = l.mapping(child, last+1, l.lineEnd(s.keyEnd))
	}
	return s
}

// skipped reports whether a token between two entries belongs to neither value.
func skipped(tk *token.Token) bool {
	return slices.Contains([]token.Type{token.CollectEntryType, token.CommentType, token.DocumentEndType}, tk.Type)
}

// written returns the length of a name in the text, with its quotes, or 0 if it is not there.
func (l *layout) written(at int, key *token.Token) int {
	text := l.text[at:]
	switch key.Type { //nolint:exhaustive // the others have no quotes
	case token.DoubleQuoteType, token.SingleQuoteType: // the YAML package does not keep every escape sequence
		for i := 1; i < len(text); i++ {
			switch {
			case text[i] == '\\' && text[0] == '"', text[i] == '\'' && text[0] == '\'' && bytes.HasPrefix(text[i+1:], []byte("'")):
				i++
			case text[i] == text[0]:
				return i + 1
			}
		}
		return 0
	}
	name := strings.TrimSpace(key.Origin)
	if !bytes.HasPrefix(text, []byte(name)) {
		return 0
	}
	return len(name)
}

// content returns where the first text is that is neither space nor comment. The YAML
// package is wrong about the column of a text with spaces after it.
func (l *layout) content(at int) int {
	for at < len(l.text) {
		switch l.text[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			at = l.lineEnd(at)
		default:
			return at
		}
	}
	return at
}

// lineStart returns where the line of an offset starts.
func (l *layout) lineStart(offset int) int { return bytes.LastIndexByte(l.text[:offset], '\n') + 1 }

// lineEnd returns where the line of an offset ends, behind its line end.
func (l *layout) lineEnd(offset int) int {
	if n := bytes.IndexByte(l.text[offset:], '\n'); n >= 0 {
		return offset + n + 1
	}
	return len(l.text)
}

// column returns how far an offset is from the start of its line.
func (l *layout) column(offset int) int { return offset - l.lineStart(offset) }

// lead returns where the comments start that belong to the entry of a block: those directly
// above it, not below floor, that are not indented more than it.
func (l *layout) lead(key, floor int) int {
	start := l.lineStart(key)
	for start > floor {
		above := l.lineStart(start - 1)
		line := l.text[above:start]
		text := bytes.TrimLeft(line, " ")
		if above < floor || !bytes.HasPrefix(text, []byte("#")) || len(line)-len(text) > l.column(key) {
			break
		}
		start = above
	}
	return start
}
