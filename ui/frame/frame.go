// Package frame is what a screen asks of the console, and what the console asks
// of a screen or a dialog. It imports package desk and the widgets, and nothing
// above it.
package frame

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/ui/widget"
)

// Part is anything that has the keys for a while.
type Part interface {
	// Actions returns the key table of the moment, what is nearest first. An action
	// whose binding is disabled does nothing and is not in the help.
	Actions(c *Ctx) []Group
	// Typing reports whether a text field has the cursor: then no bare letter is an
	// action.
	Typing() bool
	// Update takes the keys that no action took, pastes and the wheel.
	Update(c *Ctx, msg tea.Msg) tea.Cmd
	// Layout settles every size, after each Update. A screen is given the rectangle
	// between tabs and help, a dialog the same one, of which it uses what it needs.
	Layout(c *Ctx, r widget.Rect)
	// View draws the part. It changes nothing.
	View(c *Ctx) Drawing
}

// Screen is what fills the room between tabs and help.
type Screen interface {
	Part
	// Name is the word in the tab row.
	Name() string
	// Badge stands behind the name there; it may be empty.
	Badge(c *Ctx) string
	// Enter is called when the screen comes to the front, and when the desk was
	// replaced while it is there.
	Enter(c *Ctx) tea.Cmd
	// Renew is called when the desk was replaced, wherever the screen is.
	Renew(c *Ctx) tea.Cmd
	// Accept takes what another screen hands over, or reports that it does not. The
	// command is run in both cases: it may say why not.
	Accept(c *Ctx, i Intent) (tea.Cmd, bool)
}

// Dialog lies over a screen, in the middle of it, and answers by the functions it
// was made with. Its drawing may be of any size that the room has: cursor and
// zones are those of the drawing's own top left corner.
type Dialog interface {
	Part
}

// Zone is a part of what was drawn that does something when it is clicked.
type Zone struct {
	widget.Rect
	Do func(c *Ctx) tea.Cmd
}

// Drawing is what View returns. The zones are those of these very lines.
type Drawing struct {
	Lines  []string
	Cursor *tea.Cursor // of the field that has the keys, or nil
	Zones  []Zone
	// Short are the sentences that have no room: help shows them whole.
	Short []widget.Note
}

// Intent is what one screen may hand to another without knowing it. These are
// all: Read, Show and Edit.
type Intent interface{ intent() }

type (
	// Read asks for the tokens in a text. Inspect takes it.
	Read struct{ Text string }
	// Show asks for a token that was just made, on the board and beside the form.
	// Issue takes it.
	Show struct{ Entry *desk.Entry }
	// Edit asks for the token's claims to be changed. The editor takes it.
	Edit struct{ Entry *desk.Entry }
)

func (Read) intent() {}
func (Show) intent() {}
func (Edit) intent() {}

// Wheel returns how many lines a turn of the wheel moves, downwards, or 0 when
// the message is another one.
func Wheel(msg tea.Msg) int {
	const step = 3
	wheel, ok := msg.(tea.MouseWheelMsg)
	switch {
	case ok && wheel.Button == tea.MouseWheelUp:
		return -step
	case ok && wheel.Button == tea.MouseWheelDown:
		return step
	default:
		return 0
	}
}
