package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Label asks for a label of the token that is selected on the board. There must be one.
func Label(c *frame.Ctx) tea.Cmd {
	text := c.Board.Selected().Label
	return c.Push(NewPrompt(Question{
		Title: "Label", Verb: "keep it", Placeholder: "what this token is for", Text: &text,
		Hint: widget.Note{Text: "a name to tell this token from the others"},
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			c.Board.Label(strings.TrimSpace(text))
			return c.Close(p)
		},
	}))
}
