package widget

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// Option is one of the values of a choice.
type Option struct {
	Value string
	Label string // as it is shown
	About string // behind the label, quiet
}

// Choice is a field with one of several values: the arrow keys turn it, and a letter goes to
// the next value that begins with it.
type Choice struct {
	options []Option
	at      int
	focused bool
	theme   *Theme
	width   int
}

// NewChoice returns a choice of at least one option. The first is chosen.
func NewChoice(options ...Option) Choice { return Choice{options: options} }

// Value returns the value that is chosen.
func (c *Choice) Value() string { return c.options[c.at].Value }

// Set chooses a value. One that is not among the options is added with the text behind it.
func (c *Choice) Set(value, about string) {
	for i := range c.options {
		if c.options[i].Value == value {
			c.at = i
			return
		}
	}
	c.options = append(c.options, Option{value, value, about})
	c.at = len(c.options) - 1
}

// Turn chooses the option that many places further, and goes on at the other end.
func (c *Choice) Turn(step int) {
	n := len(c.options)
	c.at = ((c.at+step)%n + n) % n
}

// Focus gives the field the cursor.
func (c *Choice) Focus() { c.focused = true }

// Blur takes the cursor away.
func (c *Choice) Blur() { c.focused = false }

// Update takes a key.
func (c *Choice) Update(msg tea.Msg) {
	k, isKey := msg.(tea.KeyPressMsg)
	if !c.focused || !isKey {
		return
	}
	switch k.String() {
	case "left", "up", "shift+space":
		c.Turn(-1)
	case "right", "down", "space":
		c.Turn(1)
	case "home":
		c.at = 0
	case "end":
		c.at = len(c.options) - 1
	default:
		c.jump(k.Text)
	}
}

// jump chooses the next option whose label begins with a letter.
func (c *Choice) jump(letter string) {
	if utf8.RuneCountInString(letter) != 1 {
		return
	}
	for step := range c.options {
		at := (c.at + 1 + step) % len(c.options)
		if strings.HasPrefix(strings.ToLower(c.options[at].Label), strings.ToLower(letter)) {
			c.at = at
			return
		}
	}
}

// Layout sets the styles and the width.
func (c *Choice) Layout(t *Theme, width int) { c.theme, c.width = t, width }

// View draws the chosen option, between arrows while the field has the cursor.
func (c *Choice) View() string {
	t, o := c.theme, c.options[c.at]
	line := t.Plain.Render(o.Label)
	if c.focused {
		line = t.Accent.Render("‹ ") + t.Marked.Render(o.Label) + t.Accent.Render(" ›")
	}
	if o.About != "" {
		line += "  " + t.Faint.Render(o.About)
	}
	return Fit(line, c.width)
}

// Cursor returns where the cursor stands in the field, or nil when it has none.
func (c *Choice) Cursor() *tea.Cursor {
	if !c.focused {
		return nil
	}
	return steady(2, 0)
}

// Click chooses the next option, if the field has the cursor already.
func (c *Choice) Click(_, _ int) {
	if c.focused {
		c.Turn(1)
	}
}

// Drag does nothing.
func (c *Choice) Drag(_, _ int) {}

// Word does nothing more than the click before it.
func (c *Choice) Word(_, _ int) {}

// Note is empty: a choice refuses nothing.
func (c *Choice) Note() string { return "" }
