package settings

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/internal/file"
)

// PersonasFile is a personas file as it was at one moment. It never changes: an edit writes
// the file and returns it as it is then. An edit changes only the lines that it must:
// the rest, comments included, stays byte for byte.
//
// The errors of edits have advice, see [advice.Of]. They are a *[PersonasChanged] if the file is
// not as it was, [ErrNotWritten] if the text would not read back as the intended personas,
// or else say what is wrong with the edit. After an error the file is unchanged.
type PersonasFile struct {
	Path string
	// Problem is what is wrong with the file, which then has no personas and cannot be
	// edited, or nil.
	Problem error

	text     []byte // nil if there is no file
	personas []*Persona
}

// PersonasChanged says that the file was not written, because another program has changed it
// since it was read.
type PersonasChanged struct {
	Now *PersonasFile // as it is now
}

func (e *PersonasChanged) Error() string {
	return e.Now.Path + " has been changed by another program, and was not written"
}

// Advice returns what to do about it.
func (e *PersonasChanged) Advice() string { return "look at it, and make the change again" }

// ReadPersonasFile reads a personas file. If there is none, it has no personas and an edit creates
// it. The error is that of the file, if it cannot be read at all; see Problem otherwise.
func ReadPersonasFile(path string) (*PersonasFile, error) {
	text, problem := readFile(path, personasFileName)
	switch {
	case problem != nil && problem.missing:
		return &PersonasFile{Path: path}, nil
	case problem != nil:
		return nil, Problems{problem}
	}
	if text == nil {
		text = []byte{}
	}
	f := &PersonasFile{Path: path, text: text}
	f.personas, f.Problem = ParsePersonas(path, text)
	return f, nil
}

// Text returns the text of the file.
func (f *PersonasFile) Text() string { return string(f.text) }

// Personas returns the personas in the order of the file.
func (f *PersonasFile) Personas() []*Persona { return f.personas }

// Add adds a persona at the end. It creates the file if there is none.
func (f *PersonasFile) Add(p Own) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.add(p) })
}

// Change gives a persona other members, and another name if that differs; the
// personas that extend it then extend the new name. Members that stay the same keep their text.
func (f *PersonasFile) Change(name string, p Own) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.change(name, p) })
}

// Put adds personas, and changes those whose names already exist, in one edit.
func (f *PersonasFile) Put(personas []Own) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.put(personas) })
}

// Plan returns what [PersonasFile.Put] would make of the file. Nothing is written.
func (f *PersonasFile) Plan(personas []Own) (*PersonasFile, error) {
	e, err := f.begin()
	if err == nil {
		err = e.put(personas)
	}
	if err != nil {
		return nil, err
	}
	return e.finish()
}

// Copy writes a persona once more under another name, with its comments, below the first.
func (f *PersonasFile) Copy(name, as string) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.copy(name, as) })
}

// Rename gives a persona another name, also where others extend it.
func (f *PersonasFile) Rename(name, to string) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.rename(name, to) })
}

// Disable disables or enables a persona.
func (f *PersonasFile) Disable(name string, disabled bool) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.disable(name, disabled) })
}

// Remove removes personas. The error names those that extend one of them and would stay.
func (f *PersonasFile) Remove(names ...string) (*PersonasFile, *RemovedPersonas, error) {
	var removed *RemovedPersonas
	out, err := f.edit(func(e *personasEdit) (err error) {
		removed, err = e.remove(names)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	removed.before, removed.after = f.text, out.text
	return out, removed, nil
}

// PutBack undoes a removal. If nothing else was changed since, the file becomes what it
// was; otherwise the personas are written where they were, as far as that place can be
// found.
func (f *PersonasFile) PutBack(r *RemovedPersonas) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.putBack(r) })
}

// Revert undoes edits: it writes the text of an earlier moment.
func (f *PersonasFile) Revert(to *PersonasFile) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.replaceAll(to) })
}

// YAML returns the text of one persona with its name and the comments that belong to it.
func (f *PersonasFile) YAML(name string) (string, error) {
	e, err := f.begin()
	if err != nil {
		return "", err
	}
	return e.yaml(name)
}

// SetYAML replaces the text of one persona, which may rename it. The lines and columns of the
// [Problems] it returns are those of that text. A name that the file does not have adds
// the persona at the end.
func (f *PersonasFile) SetYAML(name, text string) (*PersonasFile, error) {
	return f.edit(func(e *personasEdit) error { return e.setYAML(name, text) })
}

// CheckYAML returns what [PersonasFile.SetYAML] would say about the text, and the persona
// with what it would inherit, without writing it.
func (f *PersonasFile) CheckYAML(name, text string) (*Persona, error) {
	e, err := f.begin()
	if err == nil {
		err = e.setYAML(name, text)
	}
	if err != nil {
		return nil, err
	}
	out, err := e.finish()
	if err != nil {
		return nil, err
	}
	return FindPersona(out.personas, e.edited), nil
}

// Check returns what [PersonasFile.Change] would say about the persona, or [PersonasFile.Add]
// if the name is empty, and the persona with what it would inherit, without writing it.
func (f *PersonasFile) Check(name string, p Own) (*Persona, error) {
	e, err := f.begin()
	switch {
	case err != nil:
		return nil, err
	case name == "":
		err = e.add(p)
	default:
		err = e.change(name, p)
	}
	if err != nil {
		return nil, err
	}
	out, err := e.finish()
	if err != nil {
		return nil, err
	}
	return FindPersona(out.personas, p.Name), nil
}

// Extending returns the names of the personas that extend the named one, directly.
func (f *PersonasFile) Extending(name string) []string {
	var all []string
	for _, p := range f.personas {
		if p.Extends == name {
			all = append(all, p.Name)
		}
	}
	return all
}

// begin starts an edit.
func (f *PersonasFile) begin() (*personasEdit, error) {
	if f.Problem != nil {
		return nil, f.Problem
	}
	return newPersonasEdit(f)
}

// edit makes an edit and writes the file.
func (f *PersonasFile) edit(change func(*personasEdit) error) (*PersonasFile, error) {
	e, err := f.begin()
	if err == nil {
		err = change(e)
	}
	if err != nil {
		return nil, err
	}
	out, err := e.finish()
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(f.Path); err == nil && info.Mode().Perm()&0o222 == 0 {
		return nil, advice.New(f.Path+" is read-only", "allow writing to it, for example with chmod u+w")
	}
	err = file.Edit(f.Path, 0o600, func() (before, after []byte, err error) {
		now, err := ReadPersonasFile(f.Path)
		switch {
		case err != nil:
			return nil, nil, err
		case (now.text == nil) != (f.text == nil) || !bytes.Equal(now.text, f.text):
			return nil, nil, &PersonasChanged{now}
		}
		return f.text, out.text, nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

var errNoPersona = errors.New("there is no such persona")

// checkNew returns why a persona cannot get the name, or nil.
func (f *PersonasFile) checkNew(name string) error {
	switch {
	case !isPersonaName(name):
		return advice.New("this cannot be the name of a persona", personaNameAdvice)
	case FindPersona(f.personas, name) != nil:
		return advice.New("there is already a persona with that name", "choose another name, or change the persona in "+f.Path)
	}
	return nil
}

// listed writes names for a sentence.
func listed(names []string) string { return strings.Join(slices.Compact(names), ", ") }
