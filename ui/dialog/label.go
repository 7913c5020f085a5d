package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/ledger"
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
			before := c.Board.Selected().Label
			c.Board.Label(strings.TrimSpace(text))
			if c.Board.Selected() == nil || c.Board.Selected().Label == before {
				return c.Close(p)
			}
			return tea.Batch(c.Close(p), frame.Record(c, ledger.Labelled, c.Board.Selected()))
		},
	}))
}
