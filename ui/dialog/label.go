package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Label asks for a label of the token that is selected on the board.
func Label(c *frame.Ctx) tea.Cmd {
	e := c.Board.Selected()
	if e == nil {
		return nil
	}
	text := e.Label
	return c.Push(NewPrompt(Question{
		Title: "Label", Verb: "keep it", Placeholder: "what this token is for", Text: &text,
		Hint: widget.Note{Text: "a name to tell this token from the others"},
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			c.Board.Label(strings.TrimSpace(text))
			return c.Close(p)
		},
	}))
}
