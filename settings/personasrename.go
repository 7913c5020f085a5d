package settings

import "slices"

// rename gives a persona another name, also where others extend it.
func (e *personasEdit) rename(name, to string) error {
	i, err := e.at(name)
	if err != nil {
		return err
	}
	if err := e.file.checkNew(to); err != nil {
		return err
	}
	s := &e.root.entries[i]
	e.splice(s.key, s.keyEnd, []byte(yamlText(to)))
	e.want[i].Name, e.edited = to, to
	e.follow(name, to)
	return nil
}

// follow gives the persona that others extend its new name there.
func (e *personasEdit) follow(name, to string) {
	for i := range e.want {
		if e.want[i].Extends != name {
			continue
		}
		e.want[i].Extends = to
		for _, s := range e.root.entries[i].child.entries {
			if s.name == extendsMember {
				e.splice(s.value, s.valueEnd, []byte(yamlText(to)))
			}
		}
	}
}

// copy writes a persona once more under another name, below the first.
func (e *personasEdit) copy(name, as string) error {
	i, err := e.at(name)
	if err != nil {
		return err
	}
	if err := e.file.checkNew(as); err != nil {
		return err
	}
	p := e.want[i]
	p.Name, e.edited = as, as
	e.want = slices.Insert(e.want, i+1, p)
	s := &e.root.entries[i]
	from, to := e.place(i)
	text := slices.Concat(e.doc.text[from:s.key], []byte(yamlText(as)), e.doc.text[s.keyEnd:to])
	if e.root.flow {
		e.splice(to, to, slices.Concat([]byte(", "), text))
	} else {
		e.splice(to, to, slices.Concat([]byte(e.gap(e.doc.text[:to])), text))
	}
	return nil
}
