package settings

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
)

// ErrNotWritten says that the personas would not have survived being written and read
// back, or that another would have changed. The file was not changed.
var ErrNotWritten = advice.New("the new file would not give the intended personas, so nothing was changed",
	"check the text between {{ and }}, or edit the file by hand")

// endOfDocument is the line after which YAML has no more of a document.
var endOfDocument = regexp.MustCompile(`(?m)^\.\.\.[ \t\r]*(#.*)?$`)

// personasEdit is an edit of a personas file: the changes of its text, and what the text must
// read back as.
type personasEdit struct {
	doc     *yamlEdit
	file    *PersonasFile
	root    *mapping // nil if the file has no persona
	want    []Own
	splices []splice
	edited  string // the name of the persona that is added or changed

	appended bool // something is written at the end
	imported bool // the personas come from another file
}

// splice replaces the text between two offsets.
type splice struct {
	from, to int
	text     []byte
}

// newPersonasEdit starts an edit.
func newPersonasEdit(f *PersonasFile) (*personasEdit, error) {
	l, root, ok := layoutOf(f.text)
	if !ok {
		return nil, ErrNotWritten
	}
	e := &personasEdit{doc: &yamlEdit{layout: l, end: "\n", step: 2}, file: f, root: root}
	if bytes.Contains(f.text, []byte("\r\n")) {
		e.doc.end = "\r\n"
	}
	if root != nil && !root.flow {
		for _, s := range root.entries {
			if s.child != nil && !s.child.flow {
				e.doc.step = max(1, e.doc.column(s.child.entries[0].key)-e.doc.column(s.key))
				break
			}
		}
	}
	for _, p := range f.personas {
		e.want = append(e.want, p.Own())
	}
	return e, nil
}

// splice has the text between two offsets replaced.
func (e *personasEdit) splice(from, to int, text []byte) {
	e.splices = append(e.splices, splice{from, to, text})
}

// spliced returns the text after the edit.
func (e *personasEdit) spliced() []byte {
	slices.SortStableFunc(e.splices, func(a, b splice) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	out, at := []byte{}, 0
	for _, s := range e.splices {
		out = append(append(out, e.doc.text[at:s.from]...), s.text...)
		at = s.to
	}
	return append(out, e.doc.text[at:]...)
}

// finish returns the file as the edit makes it, if it reads back as intended.
func (e *personasEdit) finish() (*PersonasFile, error) { return e.written(e.spliced()) }

// written returns the file with that text, if it reads back as intended.
func (e *personasEdit) written(text []byte) (*PersonasFile, error) {
	if len(text) > maxFile {
		do := "remove a persona that you no longer need"
		if e.imported {
			do = "import fewer personas, for example a part of the users"
		}
		return nil, advice.New("the file would be larger than 64 KiB", do)
	}
	personas, err := ParsePersonas(e.file.Path, text)
	if err != nil || !slices.EqualFunc(personas, e.want, func(p *Persona, want Own) bool { return p.own.same(&want) }) {
		if endOfDocument.Match(e.doc.text) {
			return nil, advice.Add(ErrNotWritten, "remove the line ... from "+e.file.Path)
		}
		return nil, ErrNotWritten
	}
	return &PersonasFile{Path: e.file.Path, text: text, personas: personas}, nil
}

// at returns the index of a persona in the file.
func (e *personasEdit) at(name string) (int, error) {
	i := slices.IndexFunc(e.want, func(o Own) bool { return o.Name == name })
	if i < 0 {
		return 0, advice.Add(errNoPersona, "choose one of those in "+e.file.Path)
	}
	return i, nil
}

// add writes a persona after the others, with an empty line between them.
func (e *personasEdit) add(p Own) error {
	if err := e.write(p); err != nil {
		return err
	}
	return e.check(&p)
}

// put adds or changes personas, which may extend each other.
func (e *personasEdit) put(personas []Own) error {
	e.imported = true
	for _, p := range personas {
		var err error
		if FindPersona(e.file.personas, p.Name) == nil {
			err = e.write(p)
		} else {
			err = e.rewrite(p.Name, p)
		}
		if err != nil {
			return err
		}
	}
	for _, p := range personas {
		if err := e.check(&p); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	return nil
}

// write is add without the check.
func (e *personasEdit) write(p Own) error {
	if err := e.file.checkNew(p.Name); err != nil {
		return err
	}
	e.want, e.edited = append(e.want, p), p.Name
	members, err := p.members().MarshalJSON()
	if err != nil {
		return ErrNotWritten
	}
	if e.root != nil && e.root.flow {
		e.splice(e.root.from, e.root.to, e.doc.flow(e.root, nil, auth.Object{{Name: p.Name, Value: members}}))
		return nil
	}
	text, indent := yamlText(p.Name)+": {}"+e.doc.end, strings.Repeat(" ", e.indent())
	if own := p.members(); len(own) > 0 {
		text = yamlText(p.Name) + ":" + e.doc.end + e.doc.entries(indent+strings.Repeat(" ", e.doc.step), own)
	}
	e.append(indent + text)
	return nil
}

// indent returns how far the personas are indented.
func (e *personasEdit) indent() int {
	if e.root == nil || e.root.flow {
		return 0
	}
	return e.doc.column(e.root.entries[0].key)
}

// append writes a text after the others, with an empty line between them.
func (e *personasEdit) append(text string) {
	gap := e.gap(e.doc.text)
	if e.appended {
		gap = e.doc.end
	}
	e.appended = true
	e.splice(len(e.doc.text), len(e.doc.text), []byte(gap+text))
}

// gap returns the line ends that make an empty line after a text.
func (e *personasEdit) gap(text []byte) string {
	lines := unixLines(string(text))
	switch {
	case strings.TrimSpace(lines) == "" && (lines == "" || strings.HasSuffix(lines, "\n")), strings.HasSuffix(lines, "\n\n"):
		return ""
	case strings.HasSuffix(lines, "\n"):
		return e.doc.end
	}
	return e.doc.end + e.doc.end
}

// change gives a persona other members.
func (e *personasEdit) change(name string, p Own) error {
	if err := e.rewrite(name, p); err != nil {
		return err
	}
	return e.check(&p)
}

// rewrite is change without the check.
func (e *personasEdit) rewrite(name string, p Own) error {
	i, err := e.at(name)
	if err != nil {
		return err
	}
	if p.Name != name {
		if err := e.rename(name, p.Name); err != nil {
			return err
		}
	}
	was := e.want[i]
	e.want[i], e.edited = p, p.Name
	s := &e.root.entries[i]
	before, err := was.members().MarshalJSON()
	after, afterErr := inOrder(p.members(), s.child).MarshalJSON()
	if err != nil || afterErr != nil {
		return ErrNotWritten
	}
	to := s.valueEnd
	if !e.root.flow {
		to = e.doc.lineEnd(to)
	}
	e.splice(s.keyEnd, to, e.doc.slot(s, s.keyEnd, to, &change{before, after}, !e.root.flow))
	return nil
}

// inOrder returns the members in the order in which the file has them. Those that it does not
// have come after the last that is usually before them.
func inOrder(members auth.Object, m *mapping) auth.Object {
	var all auth.Object
	for _, s := range m.entries {
		if i := members.Index(s.name); i >= 0 {
			all = append(all, members[i])
		}
	}
	for i, member := range members {
		if all.Index(member.Name) >= 0 {
			continue
		}
		at := 0
		for n, other := range all {
			if members.Index(other.Name) < i {
				at = n + 1
			}
		}
		all = slices.Insert(all, at, member)
	}
	return all
}

// disable disables or enables a persona.
func (e *personasEdit) disable(name string, disabled bool) error {
	i, err := e.at(name)
	if err != nil {
		return err
	}
	p := e.want[i]
	p.Disabled = disabled
	return e.change(name, p)
}

// place returns where the text of a persona is: its comments and its lines, without the
// empty lines below; in brackets its name and its value.
func (e *personasEdit) place(i int) (from, to int) {
	s := &e.root.entries[i]
	if e.root.flow {
		return s.key, s.valueEnd
	}
	from, _ = e.doc.chunk(e.root, i)
	return from, e.doc.lineEnd(s.valueEnd)
}

// check returns why a persona cannot be written, or nil.
func (e *personasEdit) check(p *Own) error {
	if err := p.Check(); err != nil {
		return err
	}
	if folder := filepath.Dir(e.file.Path); p.Shape != "" && !slices.Contains(ShapeNames(folder), p.Shape) {
		return noShape(folder, p.Shape)
	}
	if p.Extends == "" {
		return nil
	}
	seen := map[string]bool{p.Name: true}
	for name := p.Extends; name != ""; {
		if seen[name] {
			return advice.New(p.Name+" would extend itself", "extend another persona")
		}
		seen[name] = true
		i, err := e.at(name)
		if err != nil {
			return advice.New("there is no persona "+quoteName(name)+" to extend", "name a persona in "+e.file.Path)
		}
		name = e.want[i].Extends
	}
	return nil
}
