package personas

import (
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// side is what stands beside the list: what the next token of the selected persona would
// have, or the token that was issued for it last.
type side struct {
	pane  token.Pane
	away  bool        // it has the keys
	made  *desk.Entry // that was issued for the persona, until another one is selected
	of    sketched
	notes []explain.Line // about the persona
	text  text           // of the persona in its file
}

// sketched is everything that a preview depends on.
type sketched struct {
	persona *settings.Persona
	desk    *desk.Desk
	second  int64
	made    *desk.Entry
}

// follow shows the selected persona, and what is secret in the file of it.
func (v *side) follow(c *frame.Ctx, p *settings.Persona, secret []settings.Warning) {
	if p == nil {
		v.pane.Show(nil)
		v.of, v.notes, v.made, v.away = sketched{}, nil, nil, false
		return
	}
	if v.made != nil && v.made.Persona() != p.Name {
		v.made = nil
	}
	now := sketched{p, c.Desk, c.Now.Unix(), v.made}
	switch {
	case now == v.of:
		return
	case v.made != nil && v.of.made != v.made:
		v.pane.Show(v.made)
	case v.made == nil:
		v.preview(c, p, secret)
	}
	v.of = now
}

// preview previews the next token of a persona.
func (v *side) preview(c *frame.Ctx, p *settings.Persona, secret []settings.Warning) {
	preview, err := c.Desk.At(c.Now).Preview(desk.Draft{Persona: p})
	v.notes = about(c, p, secret)
	for _, why := range []error{err, preview.Refused} {
		if why != nil && !p.Disabled { // it says so already
			v.notes = append(v.notes, reason(why))
		}
	}
	if err != nil {
		v.pane.Show(nil)
		return
	}
	v.pane.Preview(explain.Preview(preview.Header, preview.Claims, preview.From, c.Now), preview.Notes...)
}

// reason says what is wrong with a persona. The file and the line stand beside it.
func reason(err error) explain.Line {
	problem, is := errors.AsType[*settings.Problem](err)
	if all, several := errors.AsType[settings.Problems](err); several && len(all) > 0 {
		problem, is = all[0], true
	}
	if is {
		return explain.Line{Tone: explain.Bad, Text: problem.Text, Do: problem.Do}
	}
	return explain.Lines(err)[0]
}

// about returns what there is to say about a persona besides its claims. A secret in a comment
// belongs to every persona.
func about(c *frame.Ctx, p *settings.Persona, secret []settings.Warning) []explain.Line {
	var lines []explain.Line
	for _, w := range secret {
		if w.Persona == p.Name || w.Persona == "" {
			line := explain.Warning(w)
			line.Label = filepath.Base(w.File) + ":" + strconv.Itoa(w.Line)
			lines = append(lines, line)
		}
	}
	set := c.Desk.Settings()
	if p.Disabled {
		lines = append(lines, explain.Line{Tone: explain.Warn, Label: disabledWord, Text: "no token is issued for it", Do: "z enables it"})
	}
	if isOfToken(&set, p) {
		lines = append(lines, explain.Line{
			Text: "read from a token in " + filepath.Base(p.File) + ", so it cannot be changed here", Do: "m makes it a persona",
		})
	}
	return lines
}

// where says in which line of which file a persona is.
func where(p *settings.Persona) string {
	return visible.Text(filepath.Base(p.File)) + ":" + strconv.Itoa(p.Line)
}

// text is the text of a persona in its file.
type text struct {
	file    *settings.PersonasFile
	persona *settings.Persona
	lines   []string
	line    int // the number of the first one
}

// follow takes the lines of a persona. One that is not in the file has none.
func (t *text) follow(file *settings.PersonasFile, p *settings.Persona) {
	if t.file == file && t.persona == p || file == nil || p == nil {
		return
	}
	*t = text{file: file, persona: p, line: p.Line}
	yaml, err := file.YAML(p.Name)
	if err != nil {
		return
	}
	t.lines = strings.Split(strings.TrimRight(yaml, "\n"), "\n")
	for _, line := range t.lines { // the comments above it
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			break
		}
		t.line--
	}
}
