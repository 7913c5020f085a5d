package token

import (
	"bytes"
	"encoding/json"

	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/widget"
)

// newDocument writes the chosen part of a token as indented JSON.
func newDocument(of documentOf) document {
	doc := document{of: of}
	var parts []part
	for _, p := range ordered(of.report) {
		if p.Members != nil {
			parts = append(parts, p)
			doc.titles = append(doc.titles, p.Title)
		}
	}
	if len(parts) == 0 {
		return doc
	}
	doc.at = of.chosen % len(parts)
	doc.id = parts[doc.at].id
	doc.write(parts[doc.at].Members)
	return doc
}

// write writes the members of an object.
func (doc *document) write(members []explain.Member) {
	if len(members) == 0 {
		doc.lines = []string{"{}"}
		return
	}
	w := writer{width: doc.of.width, lines: []string{"{"}}
	for i := range members {
		doc.starts, doc.names = append(doc.starts, len(w.lines)), append(doc.names, members[i].Name)
		w.value("  ", string(jsontext.Quote(members[i].Name))+": ", members[i].Raw, comma(i, len(members)))
	}
	w.add("}")
	doc.lines, doc.carried = w.lines, w.carried
}

func comma(i, of int) string {
	if i < of-1 {
		return ","
	}
	return ""
}

// writer writes JSON values in lines of at most that many cells. An array of plain values
// takes one line if it fits.
type writer struct {
	width   int
	lines   []string
	carried map[int]int
}

// value writes a value after its name.
func (w *writer) value(indent, name string, raw json.RawMessage, end string) {
	m := explain.Member{Raw: raw}
	var compact bytes.Buffer
	plain := !m.Holds() || raw[0] == '[' && !bytes.ContainsAny(raw[1:], "{[")
	if plain && json.Compact(&compact, raw) == nil {
		line := indent + name + compact.String() + end
		if !m.Holds() || widget.Width(line) <= w.width {
			w.add(line)
			return
		}
	}
	inner := indent + "  "
	w.add(indent + name + string(raw[0]))
	inside := m.Inside()
	for i := range inside {
		name := ""
		if raw[0] == '{' {
			name = string(jsontext.Quote(inside[i].Name)) + ": "
		}
		w.value(inner, name, inside[i].Raw, comma(i, len(inside)))
	}
	w.add(indent + string(raw[len(raw)-1]) + end)
}

// add adds a line, or as many as it needs.
func (w *writer) add(line string) {
	line = visible.Text(line)
	if len(line) <= w.width || widget.Width(line) <= w.width {
		w.lines = append(w.lines, line)
		return
	}
	if w.carried == nil {
		w.carried = map[int]int{}
	}
	spans, at := stringSpans(line), 0
	for _, piece := range widget.Chop(line, w.width) {
		for len(spans) > 0 && spans[0].end <= at {
			spans = spans[1:]
		}
		if len(spans) > 0 && spans[0].first < at {
			w.carried[len(w.lines)] = min(spans[0].end-at, len(piece))
		}
		w.lines, at = append(w.lines, piece), at+len(piece)
	}
}

// stringSpans returns where the strings of a line of JSON are, in bytes.
func stringSpans(line string) []lineSpan {
	var spans []lineSpan
	at := 0
	for _, part := range JSONParts(&widget.Theme{}, line) {
		if line[at] == '"' {
			spans = append(spans, lineSpan{first: at, end: at + part.Length})
		}
		at += part.Length
	}
	return spans
}
