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

// parts are the lines of the screen: why there is no key, the choices, and a note
// about the selected one.
type parts struct {
	heading string
	reasons []string
	choices []string
	note    []string
	gap     int // blank lines between the reasons and the choices
	room    int // how many lines of the reasons are visible at once
}

// Layout makes the lines and leaves out those that have no room.
func (s *Screen) Layout(c *frame.Ctx, r widget.Rect) {
	s.room = frame.Divide(r, frame.Plan{Left: r.W})
	in := s.room.Inner(s.room.Body)
	s.choices = s.choose(c)
	s.list.Layout(len(s.choices), len(s.choices))
	s.parts = parts{choices: s.drawChoices(c), note: c.Env.Theme.Sentence(s.note(), in.W, 0)}
	s.parts.heading, s.parts.reasons = reasons(c, in.W)
	s.parts.fit(in.H, s.err != nil)
	s.scroll.Layout(len(s.parts.reasons), s.parts.room)
}

// reasons returns why there is no key.
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
	default:
		heading = "You need a key to sign tokens"
		why := explain.NoKey(&set)
		why.Tone = explain.Quiet // it is no mistake
		if near := c.Desk.Nearby(); !set.Found || len(near) > 0 {
			why.Do = "" // the first choice is better
		}
		lines = t.Sentence(frame.Note(why), width, 0)
		for _, line := range explain.Instead(&set, nil) {
			lines = append(lines, t.Sentence(frame.Note(line), width, 0)...)
		}
	}
	lines = append(lines, frame.Problems(t, problem, width)...)
	return heading, append(lines, frame.Warnings(t, set.Warnings, width)...)
}

// severalNames says which names could be the secret's. The question itself says why each
// of them is likely or not.
func severalNames(problem error) string {
	locked, ok := errors.AsType[*desk.Locked](problem)
	if !ok {
		return ""
	}
	names := make([]string, len(locked.Choices))
	for i, choice := range locked.Choices {
		names[i] = choice.Name
	}
	return "Names that could be the secret's: " + strings.Join(names, ", ") + "."
}

func (s *Screen) drawChoices(c *frame.Ctx) []string {
	t := c.Env.Theme
	return s.list.View(t, s.room.Inner(s.room.Body).W, func(i int) string { return t.Plain.Render(s.choices[i].text) }, nil)
}

// note says what went wrong, or what the selected choice will do.
func (s *Screen) note() widget.Note {
	switch {
	case s.err != nil:
		return frame.Fault(s.err)
	case s.job.Busy():
		return widget.Note{Text: "Working…"}
	default:
		return widget.Note{Text: s.choices[s.list.Cursor()].note}
	}
}

// fit leaves out the blank lines and then the note, unless that is an error, until
// the reasons have room.
func (p *parts) fit(height int, failed bool) {
	p.gap = 1
	p.note = append([]string{""}, p.note...)
	left := func() int { return height - 1 - p.gap - len(p.choices) - len(p.note) }
	if left() < len(p.reasons) {
		p.gap = 0
		p.note = p.note[1:]
	}
	if left() < len(p.reasons) && !failed {
		p.note = nil
	}
	if left() > len(p.reasons) {
		p.gap = 1
	}
	p.note = p.note[:max(0, min(len(p.note), height-2-p.gap-len(p.choices)))]
	p.room = max(1, left())
}

// View draws the reasons and the choices.
func (s *Screen) View(c *frame.Ctx) frame.Drawing {
	t, p := c.Env.Theme, s.parts
	in := s.room.Inner(s.room.Body)
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
	top := widget.Rect{X: s.room.Body.X, Y: in.Y + len(lines), W: s.room.Body.W}
	for i, at := range s.list.Places(top) {
		d.Zones = append(d.Zones, frame.Zone{Rect: at, Do: func(c *frame.Ctx) tea.Cmd {
			s.list.Select(i)
			return s.choices[i].run(c)
		}})
	}
	lines = append(append(lines, p.choices...), p.note...)
	d.Lines = s.room.Pane(t, s.room.Body, "", "", lines, true)
	return d
}
