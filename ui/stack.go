package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/board"
	"tokendesk/ui/edit"
	"tokendesk/ui/faults"
	"tokendesk/ui/frame"
	"tokendesk/ui/inspect"
	"tokendesk/ui/issue"
	"tokendesk/ui/personas"
	"tokendesk/ui/start"
	"tokendesk/ui/widget"
)

// row is a screen of the console. One without a tab comes to the front when it accepts
// an intent, and closes when it is done.
type row struct {
	name   string // the word in the tab
	screen frame.Screen
	tab    bool
	start  frame.Screen // takes its place while nothing can be signed; nil for most
}

// stack holds the screens, of which one is in front, and the dialogs over it.
type stack struct {
	rows      []row
	signs     bool // the desk can sign
	front     int
	before    int // the screen with a tab that was in front before, or -1
	dialogs   []frame.Dialog
	help      frame.Part  // that was opened last, or nil
	questions []*question // that are asked, and some that were closed
}

// question is a dialog that asks for what the desk needs first, with the jobs that
// continue when it has the answer.
type question struct {
	about  *desk.Locked
	dialog frame.Dialog
	then   []func(*frame.Ctx) tea.Cmd
	answer func(*frame.Ctx, *desk.Desk) tea.Cmd // continues with the desk that has the answer
}

// question returns the open dialog that asks the same, or nil.
func (s *stack) question(l *desk.Locked) *question {
	s.questions = slices.DeleteFunc(s.questions, func(q *question) bool { return !slices.Contains(s.dialogs, q.dialog) })
	for _, q := range s.questions {
		if q.about.Asks == l.Asks && q.about.Profile == l.Profile {
			return q
		}
	}
	return nil
}

// newStack returns the table of the screens. A new one is a row; its place among
// those with a tab is that of the tab.
func newStack(d *desk.Desk, cfg Config) stack {
	s := stack{before: -1, signs: desk.Signs(d), rows: []row{
		{"Issue", issue.New(d), true, start.New()},
		{"Board", board.New(), true, nil},
		{"Inspect", inspect.New(d), true, nil},
		{"Faults", faults.New(cfg.Probe), true, nil},
		{"Personas", personas.New(), true, nil},
		{"Edit", edit.New(), false, nil},
	}}
	s.back()
	return s
}

// screen returns the screen in front, and tabbed reports whether it has a tab. While
// nothing can be signed, the first one offers what can be done about that.
func (s *stack) screen() frame.Screen { return s.at(s.front) }

// at returns the screen of a row.
func (s *stack) at(n int) frame.Screen {
	r := s.rows[n]
	if r.start != nil && !s.signs {
		return r.start
	}
	return r.screen
}
func (s *stack) tabbed() bool { return s.rows[s.front].tab }

// parts returns the screen in front and the dialogs over it.
func (s *stack) parts() []frame.Part {
	parts := append(make([]frame.Part, 0, 1+len(s.dialogs)), s.screen())
	for _, d := range s.dialogs {
		parts = append(parts, d)
	}
	return parts
}

// layout fits the parts to the size of the terminal.
func (s *stack) layout(c *frame.Ctx, size widget.Rect) {
	if !roomy(size) {
		return
	}
	body := newLayout(size).body
	for _, part := range s.parts() {
		part.Layout(c, body)
	}
}

// draw draws the screen, and the dialog on top in the middle of it. It returns where the
// dialog is, if there is one.
func (s *stack) draw(c *frame.Ctx, body widget.Rect) (frame.Drawing, widget.Rect) {
	screen := s.screen().View(c)
	n := len(s.dialogs)
	if n == 0 {
		return screen, widget.Rect{}
	}
	top := s.dialogs[n-1].View(c)
	lines, at := widget.Over(screen.Lines, top.Lines, body.W)
	at.X, at.Y = at.X+body.X, at.Y+body.Y
	d := frame.Drawing{Lines: lines, Cursor: at.Shift(top.Cursor), Short: top.Short}
	for _, zone := range top.Zones {
		zone.X, zone.Y = zone.X+at.X, zone.Y+at.Y
		d.Zones = append(d.Zones, zone)
	}
	return d, at
}

// top returns the part that has the focus, and helping reports whether that is the
// help.
func (s *stack) top() frame.Part {
	parts := s.parts()
	return parts[len(parts)-1]
}

func (s *stack) helping() bool {
	return s.help != nil && s.top() == s.help
}

// show brings a screen to the front.
func (s *stack) show(n int) {
	if s.tabbed() {
		s.before = s.front
	}
	s.front = n
}

// back leaves a screen without a tab for the one before it, or for the first one that
// has a tab.
func (s *stack) back() {
	s.front = s.before
	if s.front < 0 {
		s.front = slices.IndexFunc(s.rows, func(r row) bool { return r.tab })
	}
}

// tab returns the row whose tab is drawn as the one in front, or -1.
func (s *stack) tab() int {
	if s.tabbed() {
		return s.front
	}
	return s.before
}

// closeDialog closes a dialog and what lies over it, and reports whether it was
// open.
func (s *stack) closeDialog(p frame.Part) bool {
	at := slices.IndexFunc(s.dialogs, func(d frame.Dialog) bool { return frame.Part(d) == p })
	if at < 0 {
		return false
	}
	s.dialogs = s.dialogs[:at]
	return true
}
