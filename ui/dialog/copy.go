package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"tokendesk/auth"
	"tokendesk/internal/copyas"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// copyMenu asks for the form in which to copy a token.
type copyMenu struct {
	picker
	token copyas.Token
	forms []copyas.Form
}

// CopyAs asks for the form in which a token goes to the clipboard, or to a file.
func CopyAs(c *frame.Ctx, t *auth.Token) tea.Cmd {
	m := &copyMenu{token: copyas.Of(t, c.Now, ""), forms: copyas.Forms()}
	m.picker = picker{
		title: "Copy as", group: "Copy as", verb: "copy", rows: len(m.forms), most: len(m.forms),
		row: m.form, below: m.preview, choose: m.copy,
		close: func(c *frame.Ctx) tea.Cmd { return c.Close(m) },
		more:  []frame.Action{frame.On(frame.Bind("w", "write to file", "w"), true, m.write)},
	}
	return c.Push(m)
}

func (m *copyMenu) form(c *frame.Ctx, i, width int, sign string, style lipgloss.Style) string {
	line := sign + style.Render(widget.Fit(m.forms[i].Title(), 21))
	if width >= 56 {
		line += " " + c.Env.Theme.Faint.Render(m.forms[i].About())
	}
	return line
}

// preview draws the start of the selected form, if there is room.
func (m *copyMenu) preview(c *frame.Ctx, width, room int) []string {
	const most = 3
	if room < len(m.forms)+1+most {
		return nil
	}
	lines := make([]string, most)
	text, err := m.forms[m.list.Cursor()].Render(m.token)
	if err != nil {
		return lines
	}
	for i, line := range widget.Chop(visible.Text(strings.ReplaceAll(text, "\n", " ⏎ ")), width) {
		if i < most {
			lines[i] = c.Env.Theme.Faint.Render(line)
		}
	}
	return lines
}

// copy sends the chosen form to the clipboard.
func (m *copyMenu) copy(c *frame.Ctx, i int) tea.Cmd {
	m.token.Now = c.Now
	text, err := m.forms[i].Render(m.token)
	return tea.Batch(c.Close(m), copied(c, text, err, m.forms[i].Title()))
}

// write asks where to write the selected form.
func (m *copyMenu) write(c *frame.Ctx) tea.Cmd {
	form := m.forms[m.list.Cursor()]
	text, err := form.Render(m.token)
	if err != nil {
		return frame.Fail(c, err)
	}
	return tea.Batch(c.Close(m), Write(c, text+"\n", form.Title(), "token."+form.Extension()))
}
