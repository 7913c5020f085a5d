package settings

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
)

// writer makes up personas files in every style of YAML that is read.
type writer struct {
	*rand.Rand
	strings.Builder

	comments int
	end      string
}

func (w *writer) one(of ...string) string { return of[w.IntN(len(of))] }

// line writes a line, perhaps with a comment.
func (w *writer) line(text string) {
	w.WriteString(text)
	if w.IntN(4) == 0 {
		w.WriteString(w.one(" ", "   ", "\t") + w.comment())
	}
	w.WriteString(w.one("", "", " ") + w.end)
}

func (w *writer) comment() string {
	w.comments++
	return fmt.Sprintf("# note %d%s", w.comments, w.one("", ": x", "\ttab", " é {", " - \"a"))
}

// between writes what may be between two entries.
func (w *writer) between(indent string) {
	for w.IntN(4) == 0 {
		switch w.IntN(3) {
		case 0:
			w.WriteString(w.one("", indent) + w.end)
		default:
			w.WriteString(w.one(indent, indent, indent+"  ", "") + w.comment() + w.end)
		}
	}
}

// scalar returns a value on one line.
func (w *writer) scalar() string {
	return w.one("plain", "two words", `"a, b"`, `'it''s: x'`, `"{{uuid}}"`, "1.50", "9007199254740993", "true", "null", "~", "é", `"\u00e9"`,
		"https://a.example/x#y", `"x" `, "-1e5", "[a, \"b\", {c: 1}]", "{}", "[]")
}

// value writes the value of a name in a block.
func (w *writer) value(name, indent string, depth int) {
	switch n := w.IntN(12); {
	case n == 0:
		w.WriteString(indent + name + ": " + w.one("|", ">", "|-", ">-") + w.one("", " "+w.comment()) + w.end)
		for range 1 + w.IntN(3) {
			w.WriteString(indent + "   " + w.one("text", "# no comment", "a: b") + w.end)
		}
	case n == 1 && depth < 3:
		w.line(indent + name + ":")
		w.block(indent+w.one(" ", "  ", "    "), depth+1)
	case n == 2:
		w.line(indent + name + ":")
		for range 1 + w.IntN(2) {
			w.line(indent + "  - " + w.one("x", `"y"`, "3"))
		}
	case n == 3:
		w.line(indent + name + ":" + w.one(" ", "  ") + w.flow(depth))
	case n == 4:
		w.line(indent + name + ": many\n" + indent + "    words")
	default:
		w.line(indent + name + w.one(": ", ":   ") + w.scalar())
	}
}

func (w *writer) names() []string {
	all := []string{"role", "'scopes'", `"a b"`, "é", "x-1", "7", `"tr\u0075e"`, "n"}
	w.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+w.IntN(5)]
}

func (w *writer) block(indent string, depth int) {
	for _, name := range w.names() {
		w.between(indent)
		w.value(name, indent, depth)
	}
}

func (w *writer) flow(depth int) string {
	var parts []string
	for _, name := range w.names() {
		if depth < 3 && w.IntN(4) == 0 {
			parts = append(parts, name+": "+w.flow(depth+1))
		} else {
			parts = append(parts, name+": "+w.one("plain", `"a, b"`, "'x'", "1.50", "[1, 2]"))
		}
	}
	return w.one("{", "{ ") + strings.Join(parts, w.one(", ", " , ", ",\n            ")) + w.one("}", " }")
}

// persona writes a persona.
func (w *writer) persona(name string, above []string) {
	for range w.IntN(3) {
		w.WriteString(w.comment() + w.end)
	}
	if w.IntN(5) == 0 {
		w.line(name + ": " + w.one("{}", "{subject: x}", "{claims: "+w.flow(1)+", lifetime: 1h}", "{ 'key': \"k\" }"))
		return
	}
	w.line(name + ":")
	members := []string{"subject", "lifetime", "key", "claims", "extends", "disabled", "algorithm"}
	w.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	indent := w.one(" ", "  ", "    ")
	for _, member := range members[:1+w.IntN(len(members))] {
		if member == "extends" && len(above) == 0 {
			member = "subject"
			if strings.Contains(strings.Join(members, " "), "subject") {
				continue
			}
		}
		w.between(indent)
		switch member {
		case "claims":
			if w.IntN(4) == 0 {
				w.line(indent + "claims: " + w.flow(1))
				break
			}
			w.line(indent + "claims:")
			w.block(indent+w.one(" ", "  ", "    "), 1)
		case "subject":
			w.line(indent + "subject: " + w.one("ada", `"ada@a.example"`, "'x-{{n}}'", `>-`+w.end+indent+"  folded"))
		default:
			w.line(indent + member + ": " + map[string]string{
				"lifetime": w.one("8h", `"1h 30m"`), "key": w.one("k1", "'k2'"), "disabled": w.one("true", "false"),
				"algorithm": "HS256", "extends": w.one(append(above, "")[:max(1, len(above))]...),
			}[member])
		}
	}
}

// file writes a file and returns it with its comments.
func (w *writer) file() string {
	if w.IntN(3) == 0 {
		w.WriteString(w.comment() + w.end + w.end)
	}
	if w.IntN(8) == 0 {
		w.WriteString("---" + w.end)
	}
	var above []string
	names := []string{"a", "'b'", `"c"`, "d-e", "f.g", "é", "7x"}
	for _, name := range names[:1+w.IntN(len(names))] {
		w.persona(name, above)
		if w.IntN(3) > 0 {
			w.WriteString(w.end)
		}
		above = append(above, name)
	}
	if w.IntN(4) == 0 {
		w.WriteString(w.comment() + w.end)
	}
	text := w.String()
	if w.IntN(6) == 0 {
		text = strings.TrimRight(text, "\r\n")
	}
	return text
}

// some edits a persona in some way and says how.
func (w *writer) some(p *Own) string {
	value := func() []byte {
		return []byte(w.one(`"new"`, `"a: b # c"`, `""`, `{"x":{"y":[1,2]}}`, `[]`, `1.5`, `null`, `"two\nlines"`, `{}`, `"{{now}}"`, `"on"`))
	}
	var names []string
	for _, m := range p.Claims {
		names = append(names, m.Name)
	}
	switch n := w.IntN(9); {
	case n == 0:
		p.Subject = w.one("", "new", "n@x.example")
	case n == 1:
		p.Lifetime = w.one("", "15m", "1h 1m")
	case n == 2:
		p.Disabled = !p.Disabled
	case n == 3:
		p.Claims = p.Claims.Set(w.one("new", "1", "k: v", ""), value())
	case n == 4 && len(names) > 0:
		p.Claims = p.Claims.Without(w.one(names...))
	case n == 5 && len(names) > 1:
		p.Claims = slices.Clone(p.Claims)
		w.Shuffle(len(p.Claims), func(i, j int) { p.Claims[i], p.Claims[j] = p.Claims[j], p.Claims[i] })
		return "shuffle"
	case n == 6:
		p.Claims = nil
		return "no claims"
	case n == 7 && len(names) > 0: // something inside a claim
		name := w.one(names...)
		raw, _ := p.Claims.Get(name)
		if inner, err := jsontext.ParseObject(raw); err == nil {
			raw, _ = inner.Set(w.one("new", "role"), value()).MarshalJSON()
			p.Claims = p.Claims.Set(name, raw)
		}
	case len(names) > 0:
		p.Claims = p.Claims.Set(w.one(names...), value())
	}
	return fmt.Sprint(*p)
}

// TestEditPersonasProperty: whatever a file looks like, a persona gets its new members, and
// the text of the others stays byte for byte.
func TestEditPersonasProperty(t *testing.T) {
	t.Parallel()
	refused := 0
	const rounds = 60
	for seed := range uint64(rounds) {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 14)), end: "\n"}
		text := w.file()
		if w.IntN(3) == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		personas, err := ParsePersonas("p.yaml", []byte(text))
		if err != nil {
			refused++
			continue
		}
		f := &PersonasFile{Path: "p.yaml", text: []byte(text), personas: personas}
		checkEdits(t, w, f)
		if t.Failed() {
			t.Fatalf("seed %d, the file is\n%s", seed, text)
		}
	}
	if refused > rounds/10 {
		t.Errorf("%d of the files were not read", refused)
	}
}

// checkEdits edits each persona of a file.
func checkEdits(t *testing.T, w *writer, f *PersonasFile) {
	t.Helper()
	for i, p := range f.personas {
		e, err := f.begin()
		if err != nil {
			t.Errorf("it cannot be edited: %v", err)
			return
		}
		from, to := e.place(i)
		own := p.Own()
		what := w.some(&own)
		if err := e.change(p.Name, own); err != nil {
			t.Errorf("%s: %s: %v", p.Name, what, err)
			return
		}
		out, err := e.finish()
		if err != nil {
			t.Errorf("%s: %s: %v\n%s", p.Name, what, err, e.spliced())
			return
		}
		if !strings.HasPrefix(string(out.text), string(f.text[:from])) || !strings.HasSuffix(string(out.text), string(f.text[to:])) {
			t.Errorf("%s: %s: the rest was changed:\n%s", p.Name, what, out.text)
		}
		checkRemoval(t, f, p)
		checkDisable(t, f, e, i)
		if back, err := e.file.try(func(e *personasEdit) error { return e.setYAML(p.Name, must(e.yaml(p.Name))) }); err != nil ||
			string(back.text) != string(f.text) && strings.HasSuffix(string(f.text), "\n") {
			t.Errorf("%s: the same text: %v", p.Name, err)
		}
		if _, err := f.try(func(e *personasEdit) error { return e.copy(p.Name, "copied") }); err != nil {
			t.Errorf("%s: copy: %v", p.Name, err)
		}
		if _, err := f.try(func(e *personasEdit) error { return e.rename(p.Name, "renamed") }); err != nil {
			t.Errorf("%s: rename: %v", p.Name, err)
		}
	}
	if _, err := f.try(func(e *personasEdit) error {
		return e.add(Own{Name: "new", Claims: auth.Object{jsontext.Text("x", "y")}})
	}); err != nil {
		t.Errorf("add: %v", err)
	}
}

// checkDisable disables a persona, which adds one line to its block.
func checkDisable(t *testing.T, f *PersonasFile, e *personasEdit, i int) {
	t.Helper()
	s := e.root.entries[i]
	if s.child.flow || slices.ContainsFunc(s.child.entries, func(s slot) bool { return s.name == disabledMember }) {
		return
	}
	out, err := f.try(func(e *personasEdit) error { return e.disable(s.name, true) })
	if err != nil {
		t.Errorf("%s: disable: %v", s.name, err)
		return
	}
	line := strings.Repeat(" ", e.doc.column(s.child.entries[0].key)) + "disabled: true" + e.doc.end
	was, text := strings.TrimRight(string(f.text), "\r\n"), string(out.text)
	for at := range text {
		if strings.HasPrefix(text[at:], line) && strings.TrimRight(text[:at]+text[at+len(line):], "\r\n") == was {
			return
		}
	}
	t.Errorf("%s: disable: other lines were changed:\n%s", s.name, out.text)
}

// checkRemoval removes a persona and puts it back, also into a file that was changed.
func checkRemoval(t *testing.T, f *PersonasFile, p *Persona) {
	t.Helper()
	if len(f.Extending(p.Name)) > 0 {
		return
	}
	var removed *RemovedPersonas
	less, err := f.try(func(e *personasEdit) (err error) {
		removed, err = e.remove([]string{p.Name})
		return err
	})
	if err != nil {
		t.Errorf("%s: remove: %v", p.Name, err)
		return
	}
	removed.before, removed.after = f.text, less.text
	back, err := less.try(func(e *personasEdit) error { return e.putBack(removed) })
	if err != nil || string(back.text) != string(f.text) {
		t.Errorf("%s: put back: %v", p.Name, err)
	}
	removed.after = nil
	if _, err := less.try(func(e *personasEdit) error { return e.putBack(removed) }); err != nil {
		t.Errorf("%s: put back elsewhere: %v\n%s", p.Name, err, less.text)
	}
}

// try makes an edit without writing it.
func (f *PersonasFile) try(edit func(*personasEdit) error) (*PersonasFile, error) {
	e, err := f.begin()
	if err == nil {
		err = edit(e)
	}
	if err != nil {
		return nil, err
	}
	return e.finish()
}

func must(text string, err error) string {
	if err != nil {
		panic(err)
	}
	return text
}
