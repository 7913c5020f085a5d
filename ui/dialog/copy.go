package dialog

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

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

// CopyAs asks for the form in which a token goes to the clipboard, or to a file. It
// starts with the form that was chosen last.
func CopyAs(c *frame.Ctx, t *auth.Token) tea.Cmd {
	m := &copyMenu{token: copyas.Of(t, c.Now, c.Env.Copying.Request(c.Desk)), forms: copyas.Forms()}
	m.picker = picker{
		title: "Copy as", group: "Copy as", verb: "copy", rows: len(m.forms), most: len(m.forms), wide: 84,
		row: m.row, below: m.preview, choose: m.copy,
		close: func(c *frame.Ctx) tea.Cmd { return c.Close(m) },
	}
	last := slices.IndexFunc(m.forms, func(f copyas.Form) bool { return f.Name() == c.Env.Copying.Form })
	m.list.Select(max(0, last))
	return c.Push(m)
}

// Actions returns the keys of a picker, and those that write to a file and change the
// URL of a request.
func (m *copyMenu) Actions(c *frame.Ctx) []frame.Group {
	m.more = []frame.Action{
		frame.Unless(frame.Bind("w", "write to file", "w"), "", m.write),
		frame.Unless(frame.Bind("u", "set URL", "u"), m.sendsNothing(), m.changeURL),
	}
	return m.picker.Actions(c)
}

// sendsNothing says why the selected form has no URL, or nothing.
func (m *copyMenu) sendsNothing() string {
	if m.form().Sends() {
		return ""
	}
	return "this form is no request"
}

// form returns the selected form.
func (m *copyMenu) form() copyas.Form { return m.forms[m.list.Cursor()] }

func (m *copyMenu) row(c *frame.Ctx, i, width int) string {
	line := c.Env.Theme.Plain.Render(widget.Fit(m.forms[i].Title(), 21))
	if width >= 56 {
		line += " " + c.Env.Theme.Faint.Render(m.forms[i].About())
	}
	return line
}

// preview draws what would be sent in the selected form, or why that cannot be, if there
// is room. The token in it is shortened, so that the rest is seen. It takes as many lines
// as that of the longest form, so that the list does not move.
func (m *copyMenu) preview(c *frame.Ctx, width, room int) []string {
	const least, most = 3, 8
	height := min(most, room-len(m.forms)-1)
	if height < least {
		return nil
	}
	needed := 0
	for _, form := range m.forms {
		needed = max(needed, len(m.rendered(c, form, width)))
	}
	return widget.Fill(m.rendered(c, m.form(), width), width, min(height, needed))
}

// rendered draws what would be sent in a form.
func (m *copyMenu) rendered(c *frame.Ctx, form copyas.Form, width int) []string {
	t, token := c.Env.Theme, m.token
	token.Now, token.Compact = c.Now, shortened(token.Compact)
	text, err := form.Render(token)
	if err != nil {
		return t.Sentence(frame.Fault(err), width, 0)
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		parts := []string{visible.Text(line)}
		if widget.Width(parts[0]) > width {
			parts = widget.Wrap(parts[0], width)
		}
		for _, part := range parts {
			lines = append(lines, t.Faint.Render(part))
		}
	}
	return lines
}

// shortened returns a token with its ends only.
func shortened(compact string) string {
	const ends, least = 10, 40
	if len(compact) < least || strings.ContainsFunc(compact, func(r rune) bool { return !auth.IsTokenChar(r) }) {
		return compact
	}
	return compact[:ends] + "..." + compact[len(compact)-ends:]
}

// copy sends the chosen form to the clipboard.
func (m *copyMenu) copy(c *frame.Ctx, i int) tea.Cmd {
	m.token.Now = c.Now
	text, err := m.forms[i].Render(m.token)
	c.Env.Copying.Form = m.forms[i].Name()
	return tea.Batch(c.Close(m), copied(c, text, err, m.forms[i].Title()))
}

// write asks where to write the selected form.
func (m *copyMenu) write(c *frame.Ctx) tea.Cmd {
	form := m.form()
	text, err := form.Render(m.token)
	if err != nil {
		return frame.Fail(c, err)
	}
	c.Env.Copying.Form = form.Name()
	return tea.Batch(c.Close(m), Write(c, text+"\n", form.Title(), "token."+form.Extension()))
}

// changeURL asks for the URL of the request.
func (m *copyMenu) changeURL(c *frame.Ctx) tea.Cmd {
	typed := cmp.Or(m.token.Request.URL, copyas.DefaultURL)
	return c.Push(NewPrompt(Question{
		Title: "URL of the request", Group: "Copy as", Verb: "use it", Placeholder: copyas.DefaultURL, Text: &typed,
		Hint: widget.Note{Text: "for this run; API_URL in the settings sets it for every run"},
		Answer: func(c *frame.Ctx, p *Prompt, text string) tea.Cmd {
			text = strings.TrimSpace(text)
			if err := copyas.CheckURL(text); err != nil && text != "" {
				return p.Fail(c, err)
			}
			c.Env.Copying.Use(c.Desk, text)
			m.token.Request = c.Env.Copying.Request(c.Desk)
			return c.Close(p)
		},
	}))
}
