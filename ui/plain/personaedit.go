package plain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tokendesk/auth"
	"tokendesk/auth/advice"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// personaVerbs are the first words that change the personas file instead of naming a persona.
func personaVerbs() map[string]func(c *console, rest string) {
	return map[string]func(*console, string){
		"new": savePersona, "edit": editPersona, "copy": copyPersona, "rename": renamePersona, "remove": removePersona,
		"disable": func(c *console, name string) { disablePersona(c, name, true) },
		"enable":  func(c *console, name string) { disablePersona(c, name, false) },
		"undo":    undoPersona,
	}
}

// changePersonas does what the words after /persona say about the file, and reports whether they
// do. A persona with the name of a verb is issued by its name alone.
func changePersonas(c *console, words string) bool {
	verb, rest, _ := strings.Cut(words, " ")
	do, is := personaVerbs()[verb]
	rest = strings.TrimSpace(rest)
	if !is {
		return false
	}
	if rest == "" {
		personas, _ := c.desk.Personas()
		if settings.FindPersona(personas, verb) != nil {
			return false
		}
	}
	do(c, rest)
	return true
}

// personaEdit is a change of the personas file, which can be undone.
type personaEdit struct {
	what          string
	before, after *settings.PersonasFile
	removed       *settings.RemovedPersonas // or nil
}

// writePersonas changes the file, says what was done in which file, and keeps it for /persona
// undo.
func writePersonas(c *console, said string, edit func(f *settings.PersonasFile, made *personaEdit) error) {
	path := cmp.Or(c.desk.Settings().PersonasFile, settings.DefaultPersonas)
	made := personaEdit{what: said[:strings.LastIndexByte(said, ' ')]}
	err := settings.EditPersonas(path, func(f *settings.PersonasFile) error {
		made.before = f
		return edit(f, &made)
	})
	if c.refused(err) {
		return
	}
	c.files.wrote(c.desk, path)
	if made.before.Text() == made.after.Text() {
		c.sayf("Nothing was changed: it is like that already.")
		return
	}
	c.files.edits = append(c.files.edits, made)
	c.sayf("%s %s. /persona undo undoes it.", said, path)
	sayPersonaWarnings(c)
}

// sayPersonaWarnings warns about the secrets in the personas file.
func sayPersonaWarnings(c *console) {
	set := c.desk.Settings()
	for _, w := range settings.PersonaWarnings(&set) {
		c.tell("Warning", explain.Warning(w))
	}
}

// twoNames reads two names from the words after a verb, or says what to type.
func twoNames(c *console, verb, words string) (first, second string, ok bool) {
	names := strings.Fields(words)
	if len(names) != 2 {
		c.fail(explain.Line{Text: "two names are needed", Do: "type /persona " + verb + ", the name and the new name"})
		return "", "", false
	}
	return names[0], names[1], true
}

// oneName reads one name from the words after a verb, or says what to type.
func oneName(c *console, verb, words string) (name string, ok bool) {
	names := strings.Fields(words)
	if len(names) != 1 {
		c.fail(explain.Line{Text: "one name is needed", Do: "type /persona " + verb + " and the name of a persona"})
		return "", false
	}
	return names[0], true
}

func copyPersona(c *console, words string) {
	name, as, ok := twoNames(c, "copy", words)
	if !ok {
		return
	}
	writePersonas(c, "The persona "+name+" was copied to "+as+" in", func(f *settings.PersonasFile, made *personaEdit) (err error) {
		made.after, err = f.Copy(name, as)
		return err
	})
}

func renamePersona(c *console, words string) {
	name, to, ok := twoNames(c, "rename", words)
	if !ok {
		return
	}
	writePersonas(c, "The persona "+name+" was renamed to "+to+" in", func(f *settings.PersonasFile, made *personaEdit) (err error) {
		made.after, err = f.Rename(name, to)
		return err
	})
}

func removePersona(c *console, words string) {
	name, ok := oneName(c, "remove", words)
	if !ok {
		return
	}
	writePersonas(c, "The persona "+name+" was removed from", func(f *settings.PersonasFile, made *personaEdit) (err error) {
		made.after, made.removed, err = f.Remove(name)
		return err
	})
}

func disablePersona(c *console, words string, off bool) {
	verb, said := "enable", " was enabled in"
	if off {
		verb, said = "disable", " was disabled in"
	}
	name, ok := oneName(c, verb, words)
	if !ok {
		return
	}
	writePersonas(c, "The persona "+name+said, func(f *settings.PersonasFile, made *personaEdit) (err error) {
		made.after, err = f.Disable(name, off)
		return err
	})
}

// editPersona sets one member or one claim of a persona. The name alone prints its text.
func editPersona(c *console, words string) {
	name, change, _ := strings.Cut(words, " ")
	change = strings.TrimSpace(change)
	switch {
	case name == "":
		c.fail(explain.Line{Text: "one name is needed", Do: "type /persona edit, the name of a persona and what to change, such as role=admin"})
		return
	case change == "":
		showPersona(c, name)
		return
	}
	writePersonas(c, "The persona "+name+" was changed in", func(f *settings.PersonasFile, made *personaEdit) error {
		own := settings.Own{Name: name} // if there is none, the file says so
		if p := settings.FindPersona(f.Personas(), name); p != nil {
			own = p.Own()
			if err := setMember(&own, change); err != nil {
				return err
			}
		}
		after, err := f.Change(name, own)
		made.after = after
		return err
	})
}

// showPersona prints the text of a persona in the file.
func showPersona(c *console, name string) {
	f, err := settings.ReadPersonasFile(cmp.Or(c.desk.Settings().PersonasFile, settings.DefaultPersonas))
	if c.refused(err) {
		return
	}
	text, err := f.YAML(name)
	if !c.refused(err) {
		fmt.Fprintln(c.out, visible.Block(strings.TrimRight(text, "\r\n")))
	}
}

// setMember changes a persona as a user types it: a member and its value, of which none removes
// it, or a claim.
func setMember(own *settings.Own, change string) error {
	member, value, _ := strings.Cut(change, " ")
	members := map[string]*string{
		"subject": &own.Subject, "lifetime": &own.Lifetime, "extends": &own.Extends, "key": &own.Key, "shape": &own.Shape,
		"algorithm": (*string)(&own.Algorithm),
	}
	set, is := members[member]
	value = strings.TrimSpace(value)
	switch {
	case is && value == "":
		return advice.New("the value of "+member+" is missing", "type it after "+member+", or none to remove it")
	case is && value == noValue:
		*set = ""
		return nil
	case is:
		*set = value
		return nil
	case !strings.ContainsAny(change, "=") && !strings.HasPrefix(change, "-"):
		return advice.New("this is neither a claim nor a member of a persona",
			"type role=admin, age:=5 or -role, or a value after subject, lifetime, extends, algorithm, key or shape")
	}
	claims, without, err := withRow(own.Claims, nil, change, settings.CheckClaim)
	if err != nil {
		return err
	}
	for _, name := range without {
		if !slices.ContainsFunc(own.Claims, func(m auth.Member) bool { return m.Name == name }) {
			return advice.New("the persona "+own.Name+" has no claim "+name+" of its own", "type /persona edit "+own.Name+" to see what it has")
		}
	}
	own.Claims = claims
	return nil
}

// noValue takes a member out of a persona.
const noValue = "none"

// undoPersona undoes the last change of the file. If somebody else has changed it since, only a
// removal can be undone.
func undoPersona(c *console, _ string) {
	n := len(c.files.edits)
	if n == 0 {
		c.fail(explain.Line{Text: "nothing was changed in the personas file", Do: "/undo undoes changes of the board"})
		return
	}
	last := c.files.edits[n-1]
	path := last.before.Path
	err := settings.EditPersonas(path, func(f *settings.PersonasFile) error {
		if last.removed != nil {
			_, err := f.PutBack(last.removed)
			return err
		}
		if f.Text() != last.after.Text() {
			return errors.New("another program has changed " + path + " since, so it is left as it is")
		}
		_, err := f.Revert(last.before)
		return err
	})
	if c.refused(err) {
		return
	}
	c.files.edits = c.files.edits[:n-1]
	c.files.wrote(c.desk, path)
	c.sayf("Undone: %s.", strings.ToLower(last.what[:1])+last.what[1:])
}
