package start

import (
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/settings"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// parts are the lines of the screen: why nothing can be signed, the choices, and a note about the
// selected one unless that stands beside them.
type parts struct {
	heading string
	reasons []string
	note    []string
	gap     int // blank lines between the reasons and the choices
	choices int // how many lines the choices have
	room    int // how many lines of the reasons are visible at once
}

// plan divides the room: the choices, and what the selected one does.
func plan(width int) frame.Plan { return frame.Plan{Left: max(min(58, width/2), width/3)} }

// Layout makes the lines and leaves out those that have no room.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.room = frame.Divide(r, plan(r.W))
	in := s.room.Inner(s.room.First)
	s.choices = s.choose(c)
	s.parts = parts{note: c.Env.Theme.Sentence(s.note(), in.W, 0)}
	if s.room.Shape == frame.Sided && s.err == nil && !s.job.Busy() {
		s.parts.note = nil
	}
	s.parts.heading, s.parts.reasons = reasons(c, in.W)
	s.parts.fit(in.H, len(s.choices), s.err != nil)
	s.list.Layout(len(s.choices), s.parts.choices)
	s.scroll.Layout(len(s.parts.reasons), s.parts.room)
}

// reasons returns why nothing can be signed.
func reasons(c *frame.Ctx, width int) (heading string, lines []string) {
	t, set, problem := c.Env.Theme, c.Desk.Settings(), c.Desk.Problem()
	_, broken := errors.AsType[settings.Problems](problem)
	switch {
	case settings.Undecided(problem):
		return "No secret is chosen yet", t.Sentence(widget.Note{Text: severalNames(problem)}, width, 0)
	case broken:
		heading = "The settings need fixing"
	case problem != nil:
		heading = "The settings could not be read"
	case c.Desk.Key() != nil:
		heading = "The key verifies and cannot sign"
		lines = t.Sentence(frame.Note(verifies(c.Desk)), width, 0)
	default:
		heading = "You need a key to sign tokens"
		why := explain.NoKey(&set)
		why.Tone = explain.Quiet // it is no mistake
		if near := c.Desk.Nearby(); !set.Found || len(near) > 0 {
			why.Do = "" // the first choice is better
		}
		lines = t.Sentence(frame.Note(why), width, 0)
		for _, line := range explain.Instead(&set, nil) {
			line.Do = "" // a choice does it
			lines = append(lines, t.Sentence(frame.Note(line), width, 0)...)
		}
	}
	lines = append(lines, frame.Problems(t, problem, width)...)
	return heading, append(lines, frame.Warnings(t, set.Warnings, width)...)
}

// verifies says which key cannot sign.
func verifies(d *desk.Desk) explain.Line {
	set := d.Settings()
	line := explain.Line{Label: set.KeySource, Text: "it is a public key, so tokens are read and verified with it"}
	if form := d.Key().Form(); form != "" {
		line.Text = "it is " + form + ", so tokens are read and verified with it"
	}
	return line
}

// severalNames says which names could be the secret's.
func severalNames(problem error) string {
	locked, ok := errors.AsType[*desk.Locked](problem)
	if !ok {
		return ""
	}
	names := make([]string, len(locked.Choices))
	for i, choice := range locked.Choices {
		names[i] = choice.Name
	}
	return "Names that could be the secret's: " + strings.Join(names, ", ") + ". Until you choose, each of them verifies."
}

// note says what went wrong, or what the selected choice will do.
func (s *Screen) note() widget.Note {
	switch {
	case s.err != nil:
		return frame.Fault(s.err)
	case s.job.Busy():
		return widget.Note{Text: "Working…"}
	case s.list.Cursor() < len(s.choices):
		return widget.Note{Text: s.choices[s.list.Cursor()].note}
	}
	return widget.Note{}
}

// fit leaves out the blank lines and then the note, unless that is an error, until the reasons
// and the choices have room.
func (p *parts) fit(height, choices int, failed bool) {
	p.gap, p.choices = 1, choices
	if len(p.note) > 0 {
		p.note = append([]string{""}, p.note...)
	}
	left := func() int { return height - 1 - p.gap - p.choices - len(p.note) }
	if left() < len(p.reasons) {
		p.gap = 0
		p.note = p.note[min(1, len(p.note)):]
	}
	if left() < len(p.reasons) && !failed {
		p.note = nil
	}
	if left() > len(p.reasons) {
		p.gap = 1
	}
	if left() < 1 { // scroll the choices
		p.note = p.note[:min(len(p.note), 1)]
		p.choices = max(1, min(choices, height-2-p.gap-len(p.note)))
	}
	p.room = max(1, left())
}

// View draws the reasons and the choices, and beside them what the selected one does.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, r := c.Env.Theme, s.room
	d := s.viewChoices(c)
	if r.Shape == frame.Sided {
		d.Lines = r.Join(d.Lines, r.Pane(t, r.Second, t.Strong.Render("What it does"), "", s.explained(c), false), nil)
	}
	return d
}

// viewChoices draws the reasons and the choices.
func (s *Screen) viewChoices(c *frame.Ctx) frame.Drawing {
	t, p, r := c.Env.Theme, s.parts, s.room
	in := r.Inner(r.First)
	more := ""
	switch {
	case s.scroll.Below() > 0:
		more = "pgdn " + strconv.Itoa(s.scroll.Below()) + " more ↓"
	case s.scroll.Above() > 0:
		more = "pgup ↑"
	}
	if widget.Width(p.heading)+widget.Width(more) >= in.W {
		more = "pgdn ↓"
	}
	first, end := s.scroll.Window()
	lines := []string{widget.Spread(t.Strong.Render(p.heading), t.Faint.Render(more), in.W)}
	lines = append(lines, p.reasons[first:end]...)
	for range p.gap {
		lines = append(lines, "")
	}
	d := frame.Drawing{}
	top := widget.Rect{X: in.X, Y: in.Y + len(lines), W: in.W}
	for i, at := range s.list.Places(top) {
		if i == s.list.Cursor() {
			d.Cursor = at.Cursor()
		}
		d.Zones = append(d.Zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			s.list.Select(i)
			return s.choices[i].run(c)
		}})
	}
	lines = append(lines, s.list.View(t, in.W, func(i int) string { return t.Plain.Render(widget.Clip(s.choices[i].text, in.W-2)) }, nil)...)
	lines = append(lines, p.note...)
	if paste := t.Sentence(widget.Note{Text: pasteHint}, in.W, 0); len(lines)+1+len(paste) <= in.H {
		lines = append(append(lines, ""), paste...)
	}
	d.Lines = r.Pane(t, r.First, "", "", lines, true)
	return d
}

// pasteHint says that reading needs no key.
const pasteHint = "Paste a token at any time: it is read, and verified with the keys that there are."
