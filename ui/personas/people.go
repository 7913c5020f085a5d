package personas

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// people holds the personas, and those of them that are listed.
type people struct {
	file   *settings.PersonasFile // as it was read last, or nil
	err    error                  // why there are none
	tokens []*settings.Persona    // of tokens in the settings
	shapes []widget.Option        // that tokens can have
	secret []settings.Warning     // about secrets in the file
	all    []*settings.Persona    // those of the file, then those of tokens in the settings
	listed []*settings.Persona    // those that the filter finds
	sought string                 // the text that they were found by
	filter widget.Filter
	rows   widget.List
	job    frame.Job
	latest latest
}

// latest is when tokens of personas were issued last, by what the ledger knows.
type latest struct {
	of  map[string]time.Time // by the name of the persona
	job frame.Job
}

// read reads it off the loop. A ledger may have a million rows.
func (l *latest) read(c *frame.Ctx, personas []*settings.Persona) tea.Cmd {
	if desk.LedgerOf(c.Desk) == nil {
		l.of = nil
		return nil
	}
	work := func(_ context.Context, d *desk.Desk) (map[string]time.Time, error) {
		return desk.LatestOf(d, personas), nil
	}
	return frame.Do(c, &l.job, work, func(_ *frame.Ctx, of map[string]time.Time, _ error) tea.Cmd {
		l.of = of
		return nil
	})
}

// reading is what was read of personas.
type reading struct {
	file   *settings.PersonasFile
	tokens []*settings.Persona
	shapes []widget.Option
	secret []settings.Warning
}

// read reads the file and the personas of tokens in the settings.
func (s *Screen) read(c *frame.Ctx) tea.Cmd {
	work := func(_ context.Context, d *desk.Desk) (reading, error) {
		set := d.Settings()
		if set.PersonasFile == "" {
			return reading{}, nil
		}
		file, err := settings.ReadPersonasFile(set.PersonasFile)
		if err != nil {
			return reading{}, err
		}
		all, _ := d.Personas() // the file says what is wrong with it
		tokens := slices.DeleteFunc(all, func(p *settings.Persona) bool { return !isOfToken(&set, p) })
		return reading{file, tokens, shapesOf(d), file.Warnings(&set)}, nil
	}
	return frame.Do(c, &s.people.job, work, func(c *frame.Ctx, got reading, err error) tea.Cmd {
		return s.take(c, got, err)
	})
}

// shapesOf returns the shapes that the tokens of a persona can have.
func shapesOf(d *desk.Desk) []widget.Option {
	set := d.Settings()
	names := settings.ShapeNames(settings.ShapeFolder(&set))
	all := make([]widget.Option, 0, len(names))
	for _, name := range names {
		about := "the file has an error"
		if shape, err := desk.FindShape(d, name); err == nil {
			about = shape.Description
		}
		all = append(all, widget.Option{Value: name, Label: name, About: about})
	}
	return all
}

// isOfToken reports whether a persona comes from a token in the settings file.
func isOfToken(set *settings.Settings, p *settings.Persona) bool { return p.File == set.File }

// take takes what was read, and says what somebody else has changed.
func (s *Screen) take(c *frame.Ctx, got reading, err error) tea.Cmd {
	l := &s.people
	before := l.file
	l.err = err
	if err != nil || got.file == nil {
		l.file, l.all, l.secret = nil, nil, nil
		l.narrow()
		return nil
	}
	l.shapes = got.shapes
	l.set(got.file, got.tokens, got.secret)
	c.Env.Personas = l.all
	return tea.Batch(writer{s}.compare(c, before), l.latest.read(c, slices.Clone(l.all)))
}

// set puts other personas into the list.
func (l *people) set(file *settings.PersonasFile, tokens []*settings.Persona, secret []settings.Warning) {
	l.file, l.err, l.tokens, l.secret, l.all = file, file.Problem, tokens, secret, nil
	if l.err == nil {
		l.all = slices.Clone(file.Personas())
		for _, p := range tokens {
			if settings.FindPersona(l.all, p.Name) == nil {
				l.all = append(l.all, p)
			}
		}
	}
	l.narrow()
}

// selected returns the selected persona, or nil.
func (l *people) selected() *settings.Persona {
	if at := l.rows.Cursor(); at < len(l.listed) {
		return l.listed[at]
	}
	return nil
}

// choose selects a persona by its name, if it is listed.
func (l *people) choose(name string) {
	if at := slices.IndexFunc(l.listed, func(p *settings.Persona) bool { return p.Name == name }); at >= 0 {
		l.rows.Select(at)
	}
}

// narrow lists the personas that the filter finds. The selected one stays selected as long
// as it is listed.
func (l *people) narrow() {
	name := ""
	if p := l.selected(); p != nil {
		name = p.Name
	}
	l.sought = l.filter.Text()
	words := strings.Fields(strings.ToLower(l.sought))
	l.listed = nil
	for _, p := range l.all {
		text := searched(p)
		if l.holdsSecret(p) {
			text += "\n" + secretWord
		}
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
			l.listed = append(l.listed, p)
		}
	}
	l.rows.Select(min(l.rows.Cursor(), max(0, len(l.listed)-1)))
	l.choose(name)
}

// searched returns the text that the filter searches.
func searched(p *settings.Persona) string {
	facts := explain.Persona(p)
	parts := []string{p.Name, p.Subject, p.Extends, facts.Holds()}
	parts = append(parts, explain.Roles(p.Claims)...)
	if p.Disabled {
		parts = append(parts, disabledWord)
	}
	return strings.ToLower(strings.Join(parts, "\n"))
}

// holdsSecret reports whether the text of a persona has a secret or a signed token.
func (l *people) holdsSecret(p *settings.Persona) bool {
	return slices.ContainsFunc(l.secret, func(w settings.Warning) bool { return w.Persona == p.Name })
}

const disabledWord, secretWord = "disabled", "secret"
