package settings

import (
	"errors"
	"strings"

	"tokendesk/auth/advice"
)

// yaml returns the text of one persona.
func (e *personasEdit) yaml(name string) (string, error) {
	i, err := e.at(name)
	if err != nil {
		return "", err
	}
	from, to := e.place(i)
	text := unixLines(string(e.doc.text[from:to]))
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text, nil
}

// setYAML replaces the text of one persona.
func (e *personasEdit) setYAML(name, text string) error {
	own, err := e.readOne(text)
	if err != nil {
		return err
	}
	i, err := e.at(name)
	if err != nil { // it is new
		if err := e.file.checkNew(own.Name); err != nil {
			return err
		}
		e.want, e.edited = append(e.want, own), own.Name
		if err := e.check(&own); err != nil {
			return err
		}
		e.append(e.lineEnds(text))
		return nil
	}
	if own.Name != name {
		if err := e.file.checkNew(own.Name); err != nil {
			return err
		}
	}
	e.want[i], e.edited = own, own.Name
	if own.Name != name {
		e.follow(name, own.Name)
	}
	if err := e.check(&own); err != nil {
		return err
	}
	from, to := e.place(i)
	if e.root.flow {
		text = strings.TrimSpace(text)
	}
	e.splice(from, to, []byte(e.lineEnds(text)))
	return nil
}

// lineEnds returns a text with the line ends of the file.
func (e *personasEdit) lineEnds(text string) string {
	text = unixLines(text)
	if !strings.HasSuffix(text, "\n") && (e.root == nil || !e.root.flow) {
		text += "\n"
	}
	return strings.ReplaceAll(text, "\n", e.doc.end)
}

// readOne reads the text of one persona. What it extends is not looked up.
func (e *personasEdit) readOne(text string) (Own, error) {
	if strings.TrimSpace(text) == "" {
		return Own{}, advice.New("the text is empty", "write a name and a colon, and the members below it, or remove the persona")
	}
	personas, err := parsePersonas(e.file.Path, []byte(text), false)
	if problems, ok := errors.AsType[Problems](err); ok {
		for _, p := range problems {
			p.File = "" // its lines are those of the text
		}
	}
	switch {
	case err != nil:
		return Own{}, err
	case len(personas) != 1:
		return Own{}, advice.New("the text must hold one persona", "write a name and a colon, and the members below it")
	}
	return personas[0].Own(), nil
}
