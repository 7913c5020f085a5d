package settings

import (
	"bytes"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// yamlEdit writes another text for the entries of a mapping and copies what stays.
type yamlEdit struct {
	*layout

	end  string // a line end
	step int    // how far a nested mapping is indented
}

// change is what an entry becomes.
type change struct {
	was, is []byte // JSON; the same if it stays
}

// chunk is the text of an entry in a block: its comments, its lines, and the empty lines below.
func (e *yamlEdit) chunk(m *mapping, i int) (from, to int) {
	from, to = m.from, e.lineEnd(m.entries[i].valueEnd)
	if i > 0 {
		from = e.lead(m.entries[i].key, e.lineEnd(m.entries[i-1].valueEnd))
	}
	if i+1 < len(m.entries) {
		to = e.lead(m.entries[i+1].key, to)
	}
	return from, to
}

// block returns the text of a block, from its first comments to the end of its last line, whose
// entries had some values and get others, in the order of those. Entries that were not
// among the values stay.
func (e *yamlEdit) block(m *mapping, was, is auth.Object) []byte {
	indent := strings.Repeat(" ", e.column(m.entries[0].key))
	pieces := e.order(m, was, is, func(i int, value *change) []byte {
		from, to := e.chunk(m, i)
		return e.slot(&m.entries[i], from, to, value, true)
	}, func(added auth.Member) []byte { return []byte(e.lines(indent, added)) })
	var out []byte
	for _, piece := range pieces {
		if len(out) > 0 && out[len(out)-1] != '\n' {
			out = append(out, e.end...)
		}
		out = append(out, piece...)
	}
	return out
}

// order returns the pieces of a mapping in their new order, as the functions write them.
func (e *yamlEdit) order(m *mapping, was, is auth.Object, kept func(int, *change) []byte, added func(auth.Member) []byte) [][]byte {
	var pieces [][]byte
	strays := func(i int) { // entries that the edit knows nothing of
		for ; i < len(m.entries) && was.Index(m.entries[i].name) < 0 && is.Index(m.entries[i].name) < 0; i++ {
			pieces = append(pieces, kept(i, nil))
		}
	}
	strays(0)
	for _, member := range is {
		i := slices.IndexFunc(m.entries, func(s slot) bool { return s.name == member.Name })
		if i < 0 {
			pieces = append(pieces, added(member))
			continue
		}
		before, _ := was.Get(member.Name)
		pieces = append(pieces, kept(i, &change{before, member.Value}))
		strays(i + 1)
	}
	return pieces
}

// slot returns the text between two offsets, which holds an entry, with another value.
func (e *yamlEdit) slot(s *slot, from, to int, value *change, inBlock bool) []byte {
	if value == nil || jsontext.Plain(value.was) == jsontext.Plain(value.is) {
		return slices.Clone(e.text[from:to])
	}
	was, wasErr := jsontext.ParseObject(value.was)
	is, isErr := jsontext.ParseObject(value.is)
	tail := e.text[s.valueEnd:to]
	switch nested := wasErr == nil && isErr == nil && s.child != nil && len(is) > 0; {
	case nested && len(s.child.entries) == 0 && inBlock:
		indent := strings.Repeat(" ", e.column(s.key)+e.step)
		line, below, _ := bytes.Cut(tail, []byte("\n"))
		return slices.Concat(e.text[from:s.keyEnd], []byte(":"), bytes.TrimRight(line, "\r"), []byte(e.end+e.entries(indent, is)), below)
	case nested && s.child.flow:
		return slices.Concat(e.text[from:s.child.from], e.flow(s.child, was, is), tail)
	case nested:
		return slices.Concat(e.text[from:s.child.from], e.block(s.child, was, is), e.text[min(to, e.lineEnd(s.valueEnd)):to])
	}
	between := e.text[s.keyEnd:s.value]
	if line, _, more := bytes.Cut(between, []byte("\n")); more { // the value was on lines of its own
		between = []byte(": ")
		if note := bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(line), []byte(":"))); len(note) > 0 {
			tail = slices.Concat([]byte(" "), note, tail)
		}
	}
	return slices.Concat(e.text[from:s.keyEnd], between, []byte(yamlValue(auth.Member{Value: value.is})), tail)
}

// flow is block for a mapping in brackets.
func (e *yamlEdit) flow(m *mapping, was, is auth.Object) []byte {
	last := -1 // the entry of the last piece, if it is one
	var out []byte
	join := func(i int) {
		switch {
		case len(out) == 0:
		case i > 0 && i == last+1:
			out = append(out, e.text[m.entries[last].valueEnd:m.entries[i].key]...)
		default:
			out = append(out, ", "...)
		}
		last = i
	}
	e.order(m, was, is, func(i int, value *change) []byte {
		join(i)
		s := &m.entries[i]
		out = append(out, e.slot(s, s.key, s.valueEnd, value, false)...)
		return nil
	}, func(added auth.Member) []byte {
		join(-2)
		out = append(out, yamlText(added.Name)+": "+yamlValue(added)...)
		return nil
	})
	if len(m.entries) == 0 {
		return slices.Concat([]byte("{"), out, []byte("}"))
	}
	end := m.entries[len(m.entries)-1].valueEnd
	return slices.Concat(e.text[m.from:m.entries[0].key], out, e.text[end:m.to])
}

// lines writes an entry of a block, whose value is on lines of its own if it is the claims.
func (e *yamlEdit) lines(indent string, m auth.Member) string {
	claims, err := jsontext.ParseObject(m.Value)
	if m.Name != claimsMember || err != nil || len(claims) == 0 {
		return indent + yamlText(m.Name) + ": " + yamlValue(m) + e.end
	}
	return indent + m.Name + ":" + e.end + e.entries(indent+strings.Repeat(" ", e.step), claims)
}

// entries writes the entries of a block.
func (e *yamlEdit) entries(indent string, of auth.Object) string {
	var b strings.Builder
	for _, m := range of {
		b.WriteString(e.lines(indent, m))
	}
	return b.String()
}
