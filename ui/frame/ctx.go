package frame

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/trace"
	"tokendesk/settings"
	"tokendesk/ui/widget"
)

// Shell is the interface through which a part uses the console. Only package ui
// implements it, besides tests.
type Shell interface {
	// Push opens a dialog over the part that has the focus. It returns no command: it can
	// end a function.
	Push(d Dialog) tea.Cmd
	// Close closes a dialog and what lies over it. A screen without a tab gives way
	// to the one before it, or to the first. A part that is closed stays closed.
	Close(p Part) tea.Cmd
	// Top returns the part that has the focus.
	Top() Part
	// Hand gives something to the screen that accepts it, which comes to the front.
	// Dialogs are closed.
	Hand(i Intent) tea.Cmd
	// Replace gives every screen another desk: another profile, another key.
	Replace(d *desk.Desk) tea.Cmd
	// Learn replaces the desk by the same one that knows more: keys that were fetched, or
	// the answer to a question. The screens stay as they are.
	Learn(d *desk.Desk)
	// Ask asks the user for what the desk needs first, and continues with the desk that
	// has the answer.
	Ask(l *desk.Locked, again func(c *Ctx) tea.Cmd) tea.Cmd
	// Show shows a sentence while a screen is in front, or on every screen if that is nil.
	Show(on Screen, n widget.Note)
}

// Ctx is an argument of every call. Nobody keeps it.
type Ctx struct {
	Shell
	Desk  *desk.Desk
	Board *desk.Board
	Env   *Env
	Now   time.Time
	// Screen is the one on whose behalf something is done.
	Screen Screen
}

// Say shows a sentence on the screen for a while; what failed stays until a key is
// pressed. It returns no command: it can end a function.
func (c *Ctx) Say(t widget.Tone, text string) tea.Cmd {
	c.Show(c.Screen, widget.Note{Tone: t, Text: text})
	return nil
}

// Env holds the surroundings of the parts. It outlives their calls.
type Env struct {
	Theme    *widget.Theme
	Local    bool       // times are shown in the local zone
	Form     desk.Draft // of the form; zero if no token can be issued from it
	Environ  []string   // of the process
	Copying  Copying
	Profiles []settings.Profile  // those that were found last
	Personas []*settings.Persona // those that were read last
	Shapes   []*settings.Shape   // and the shapes
	// Changed are the files of the desk that somebody has changed since they were read, and
	// Wrote are those that the console itself was about to change.
	Changed []desk.Changed
	Wrote   []string
	Clock   func() time.Time
	Trace   *trace.Log // nil when nothing is written
}

// Context returns the context of work off the loop. Nothing cancels it; it carries
// the trace to the code that recovers there.
func (e *Env) Context() context.Context { return trace.Into(context.Background(), e.Trace) }

// Zone returns the zone that times are shown in.
func (e *Env) Zone(now time.Time) *time.Location {
	if e.Local {
		return now.Location()
	}
	return time.UTC
}

// Copy sends a text to the clipboard of the terminal (OSC 52). The terminal does not
// answer, so the console cannot say that it arrived.
func Copy(c *Ctx, text, what string) tea.Cmd {
	return tea.Batch(tea.SetClipboard(text), c.Say(widget.Good, what+" was sent to the clipboard"))
}

// Lookup returns a variable of an environment, or nothing.
func Lookup(environ []string, name string) string {
	for _, variable := range environ {
		if value, ok := strings.CutPrefix(variable, name+"="); ok {
			return value
		}
	}
	return ""
}
