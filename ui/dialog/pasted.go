package dialog

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/find"
	"tokendesk/internal/phrase"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Pasted handles a paste on the screens other than Inspect: it offers to read a
// token in Inspect, and hands any other text to put while the user types into a field.
func Pasted(c *frame.Ctx, msg tea.PasteMsg, typing bool, put func(tea.Msg)) tea.Cmd {
	if !typing {
		put = nil
	}
	n := Tokens(msg.Content)
	switch {
	case n > 0:
		return c.Push(&offer{text: msg.Content, count: n, put: put})
	case put == nil && len(msg.Content) > find.MaxPasted:
		return TooLarge(c, len(msg.Content), find.MaxPasted)
	case put == nil:
		return c.Say(widget.Quiet, "no token was found in the pasted text")
	default:
		put(msg)
	}
	return nil
}

// TooLarge says that a pasted text has more bytes than can be read.
func TooLarge(c *frame.Ctx, bytes, most int) tea.Cmd {
	return c.Say(widget.Bad, fmt.Sprintf("the pasted text has %d bytes, more than the maximum of %d, so it was not read", bytes, most))
}

// Tokens returns how many tokens a pasted text holds.
func Tokens(text string) int {
	found, _ := find.Tokens(text, find.MaxPasted) // none in a text that is too large
	return len(slices.DeleteFunc(found, func(m find.Match) bool { return !m.IsToken() }))
}

// offer asks what to do with a pasted text that holds a token.
type offer struct {
	text  string
	count int
	put   func(tea.Msg) // inserts it anyway, or nil
	width int
}

// Actions returns the answers.
func (o *offer) Actions(*frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	put := frame.On(frame.Bind("p", "insert", "p"), o.put != nil, func(c *frame.Ctx) tea.Cmd {
		o.put(tea.PasteMsg{Content: o.text})
		return c.Close(o)
	})
	put.Bare = true
	return []frame.Group{{Title: "Question", Actions: []frame.Action{
		frame.On(frame.Described(k.Choose, "read it"), true, func(c *frame.Ctx) tea.Cmd { return c.Hand(frame.Read{Text: o.text}) }),
		frame.On(k.Back, true, func(c *frame.Ctx) tea.Cmd { return c.Close(o) }),
		put,
	}}}
}

// Typing reports whether a field under the question has the cursor.
func (o *offer) Typing() bool { return o.put != nil }

// Asks marks it as a question.
func (o *offer) Asks() {}

// Update ignores everything that is not an answer.
func (o *offer) Update(*frame.Ctx, tea.Msg) tea.Cmd { return nil }

// Layout sets the width.
func (o *offer) Layout(_ *frame.Ctx, r widget.Rect) { o.width = min(r.W, width) }

// View draws the question with its answers.
func (o *offer) View(c *frame.Ctx) frame.Drawing {
	t := c.Env.Theme
	lines := widget.Wrap("The pasted text holds "+phrase.Count(o.count, "token", "tokens")+".", o.width-4)
	first := len(lines) + 1
	lines = append(lines,
		t.HelpKey.Render("enter")+t.Faint.Render(" read it in Inspect"),
		t.HelpKey.Render("esc")+t.Faint.Render("   discard it"))
	if o.put != nil {
		lines = append(lines, t.HelpKey.Render("p")+t.Faint.Render("     insert it anyway"))
	}
	d := frame.Drawing{Lines: widget.Box(t.BorderFocus, t.Strong.Render("Pasted"), "", lines, o.width, len(lines)+2)}
	for i, answer := range o.Actions(c)[0].Actions {
		if answer.Enabled() {
			d.Zones = append(d.Zones, frame.Zone{Rect: widget.Rect{X: 1, Y: first + i, W: o.width - 2, H: 1}, Do: answer.Run})
		}
	}
	return d
}
