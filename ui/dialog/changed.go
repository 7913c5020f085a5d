package dialog

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// ChangedFile says what somebody else has changed in a file that the user was about to
// write.
type ChangedFile struct {
	File string
	Says []widget.Note
	// Mine makes the user's change in the file as it is now. It is nil if that is impossible.
	Mine func(c *frame.Ctx) tea.Cmd
	// Theirs gives up the user's change.
	Theirs func(c *frame.Ctx) tea.Cmd
}

// Changed asks what to do about it. Nothing has been written.
func Changed(c *frame.Ctx, of ChangedFile) tea.Cmd { return c.Push(&conflict{of: of}) }

type conflict struct {
	of    ChangedFile
	outer int
	lines []string
}

// Actions returns the answers.
func (d *conflict) Actions(*frame.Ctx) []frame.Group {
	closing := func(then func(*frame.Ctx) tea.Cmd) func(*frame.Ctx) tea.Cmd {
		return func(c *frame.Ctx) tea.Cmd { return tea.Batch(c.Close(d), then(c)) }
	}
	not := ""
	if d.of.Mine == nil {
		not = "the file has an error now"
	}
	return []frame.Group{{Title: "Question", Actions: []frame.Action{
		frame.Unless(frame.Bind("r", "make my change in it", "r"), not, closing(func(c *frame.Ctx) tea.Cmd { return d.of.Mine(c) })),
		frame.On(frame.Bind("t", "take theirs", "t"), true, closing(func(c *frame.Ctx) tea.Cmd { return d.of.Theirs(c) })),
		frame.On(frame.DefaultKeys().Back, true, func(c *frame.Ctx) tea.Cmd { return c.Close(d) }),
	}}}
}

// Typing reports that nothing is typed.
func (d *conflict) Typing() bool { return false }

// Asks marks it as a question.
func (d *conflict) Asks() {}

// Update ignores everything that is not an answer.
func (d *conflict) Update(*frame.Ctx, tea.Msg) tea.Cmd { return nil }

// Layout draws what has changed.
func (d *conflict) Layout(c *frame.Ctx, r widget.Rect) {
	const wide, answers = 84, 3
	d.outer = min(r.W, wide)
	d.lines = nil
	for _, note := range d.of.Says {
		d.lines = append(d.lines, c.Env.Theme.Sentence(note, d.outer-4, 0)...)
	}
	if room := max(1, r.H-2-answers); len(d.lines) > room {
		d.lines = append(d.lines[:room-1], c.Env.Theme.Faint.Render("…"))
	}
	if len(d.lines)+answers+3 <= r.H {
		d.lines = append(d.lines, "")
	}
}

// View draws what has changed, and the answers.
func (d *conflict) View(c *frame.Ctx) frame.Drawing {
	t := c.Env.Theme
	says := map[string]string{
		"r": "make my change in the new file", "t": "take theirs and discard mine", "esc": "back to what I typed",
	}
	lines := d.lines
	drawn := frame.Drawing{}
	for _, answer := range d.Actions(c)[0].Actions {
		if !answer.Enabled() {
			continue
		}
		key := answer.Help().Key
		drawn.Zones = append(drawn.Zones, frame.Zone{Rect: widget.Rect{X: 1, Y: 1 + len(lines), W: d.outer - 2, H: 1}, Do: answer.Run})
		lines = append(lines, t.HelpKey.Render(widget.Fit(key, 4))+t.HelpText.Render(says[key]))
	}
	title := t.Warn.Bold(true).Render("▲ " + visible.Text(d.of.File) + " was changed by another program")
	drawn.Lines = widget.Box(t.BorderFocus, title, "", lines, d.outer, len(lines)+2)
	return drawn
}
