// Package frame holds the interfaces between the console and its screens and dialogs.
// It imports package desk, package explain and the widgets, and nothing above it.
package frame

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/widget"
)

// Part is anything that can have the keyboard focus.
type Part interface {
	// Actions returns the current key table, the nearest group first. An action whose
	// binding is disabled does nothing and is not in the help.
	Actions(c *Ctx) []Group
	// Typing reports whether a text field has the cursor: then no bare letter is an
	// action.
	Typing() bool
	// Update takes the keys that no action took, pastes and the wheel.
	Update(c *Ctx, msg tea.Msg) tea.Cmd
	// Layout settles every size, after each Update. Screens and dialogs get the rectangle
	// between tabs and help; a dialog uses as much of it as it needs.
	Layout(c *Ctx, r widget.Rect)
	// View draws the part. It changes nothing.
	View(c *Ctx) Drawing
}

// Screen is what fills the room between tabs and help.
type Screen interface {
	Part
	// Badge follows the name of the screen in the tab row; it may be empty.
	Badge(c *Ctx) Badge
	// Enter is called when the screen comes to the front, and when the desk is replaced
	// while it is there.
	Enter(c *Ctx) tea.Cmd
	// Renew is called when the desk is replaced, wherever the screen is.
	Renew(c *Ctx) tea.Cmd
	// Noticed is called while the screen is in front when files of the desk have changed.
	Noticed(c *Ctx) tea.Cmd
	// Accept takes the intent of another screen, or reports that it does not. The
	// command runs in both cases: it may say why not.
	Accept(c *Ctx, i Intent) (tea.Cmd, bool)
}

// Badge is what a tab says behind the name of its screen.
type Badge struct {
	Text string      // such as how many things are on the screen
	News widget.Note // what has changed, such as "1 expired"
}

// Passive answers the console for a screen that has nothing to do. Screens embed it and
// have their own methods where they do something.
type Passive struct{}

// Badge is empty.
func (Passive) Badge(*Ctx) Badge { return Badge{} }

// Enter does nothing.
func (Passive) Enter(*Ctx) tea.Cmd { return nil }

// Renew does nothing.
func (Passive) Renew(*Ctx) tea.Cmd { return nil }

// Noticed does nothing.
func (Passive) Noticed(*Ctx) tea.Cmd { return nil }

// Accept takes nothing.
func (Passive) Accept(*Ctx, Intent) (tea.Cmd, bool) { return nil, false }

// Dialog lies over the middle of a screen, and answers by calling the functions that
// it was made with. Its drawing may have any size that fits. Cursor and zones are
// relative to the top left corner of the drawing.
type Dialog interface {
	Part
}

// Question is a dialog that asks something, so that a click beside it does not close it.
type Question interface {
	Dialog
	// Asks does nothing.
	Asks()
}

// Zone is a part of the drawing that does something when it is clicked.
type Zone struct {
	widget.Rect
	Do func(c *Ctx) tea.Cmd
	At func(x, y int) // is called before Do with the cell of the zone that was clicked, or nil
	// Text is the text that the zone shows: a click puts its cursor before Do is called,
	// dragging selects, and a double click selects a word. It may be nil.
	Text Text
}

// Text is a text whose parts can be selected with the mouse. The cells are relative to it,
// and those of Drag may lie outside.
type Text interface {
	Click(x, y int)
	Drag(x, y int)
	Word(x, y int)
}

// Click does what a click on a cell of the screen means in the zone.
func (z Zone) Click(c *Ctx, x, y int) tea.Cmd {
	if z.At != nil {
		z.At(x-z.X, y-z.Y)
	}
	if z.Text != nil {
		z.Text.Click(x-z.X, y-z.Y)
	}
	if z.Do == nil {
		return nil
	}
	return z.Do(c)
}

// Drawing is the result of View. The zones belong to these lines.
type Drawing struct {
	Lines  []string
	Cursor *tea.Cursor // of the field that has the focus, or nil
	Zones  []Zone
	// Short are the sentences that have no room: help shows them whole.
	Short []widget.Note
}

// Filter adds the zone of a filter that is drawn at a rectangle, and the cursor if the
// filter has it.
func (d *Drawing) Filter(at widget.Rect, f *widget.Filter) {
	d.Zones = append(d.Zones, Zone{Rect: at, Text: f.Field(), Do: Just(f.Open)})
	if f.Typing() {
		d.Cursor = at.Shift(f.Field().Cursor())
	}
}

// Intent is a request from one screen to another that it does not know. There are
// four: Read, Show, Edit and Fill.
type Intent interface{ intent() }

type (
	// Read asks for the tokens in a text. Inspect takes it.
	Read struct{ Text string }
	// Show asks for a token that was just made, on the board and beside the form.
	// Issue takes it.
	Show struct{ Entry *desk.Entry }
	// Edit asks for the token's claims to be changed. The editor takes it.
	Edit struct{ Entry *desk.Entry }
	// Fill asks for the form to be filled from a persona, or to make tokens of a shape. Issue
	// takes it.
	Fill struct {
		Persona *settings.Persona
		Shape   *settings.Shape
	}
)

func (Read) intent() {}
func (Show) intent() {}
func (Edit) intent() {}
func (Fill) intent() {}

// Wheel returns how many lines a turn of the wheel moves, downwards, or 0 when
// the message is another one.
func Wheel(msg tea.Msg) int {
	wheel, _ := msg.(tea.MouseWheelMsg)
	return map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[wheel.Button]
}
