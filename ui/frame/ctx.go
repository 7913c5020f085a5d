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

// Shell is what a part can ask of the console. Package ui implements it; nothing
// else does, but for tests.
type Shell interface {
	// Push opens a dialog over what has the keys.
	Push(d Dialog)
	// Close closes a dialog and what lies over it. A screen without a tab gives way
	// to the one before it, or to the first. What is closed already stays so.
	Close(p Part) tea.Cmd
	// Top returns the part that has the keys.
	Top() Part
	// Hand gives something to the screen that accepts it, which comes to the front.
	// Dialogs are closed.
	Hand(i Intent) tea.Cmd
	// Replace gives every screen another desk: another profile, another key.
	Replace(d *desk.Desk) tea.Cmd
	// Learn takes the same desk that knows more, keys that were fetched or a name that
	// was typed. The screens keep what they show.
	Learn(d *desk.Desk)
	// Ask asks for what the desk has to know first, and goes on with the desk that
	// knows it.
	Ask(l *desk.Locked, again func(c *Ctx) tea.Cmd) tea.Cmd
	// Say shows a sentence for a while. It returns no command: it can end a function.
	Say(t widget.Tone, text string) tea.Cmd
}

// Ctx is handed down with every call and kept by nobody.
type Ctx struct {
	Shell
	Desk  *desk.Desk
	Board *desk.Board
	Env   *Env
	Now   time.Time
}

// Env is what surrounds the parts and outlives their calls.
type Env struct {
	Theme   *widget.Theme
	Local   bool       // times are shown in the local zone
	Form    desk.Draft // what the form holds; zero when no token can be issued from it
	Environ []string   // of the process
	// Profiles are those that were there when they were last looked for.
	Profiles []settings.Profile
	Clock    func() time.Time
	Trace    *trace.Log // nil when nothing is written
}

// Context is that of work off the loop. Nothing cancels it; it carries the trace to
// what recovers there.
func (e *Env) Context() context.Context { return trace.Into(context.Background(), e.Trace) }

// Zone returns the zone that times are shown in.
func (e *Env) Zone(now time.Time) *time.Location {
	if e.Local {
		return now.Location()
	}
	return time.UTC
}

// Copy sends a text to the terminal's clipboard (OSC 52). There is no answer, so
// nothing says that it arrived.
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
