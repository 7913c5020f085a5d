package dialog

import (
	"context"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// cannotSign says why nothing can be signed, and offers what makes it possible.
type cannotSign struct {
	picker
	why  error
	ways []remedy
}

// remedy is a choice, with a note on what will happen.
type remedy struct {
	text, note string
	run        func(c *frame.Ctx) tea.Cmd
}

// CannotSign says why nothing can be signed, and offers what makes it possible.
func CannotSign(c *frame.Ctx, why error) tea.Cmd {
	d := &cannotSign{why: why, ways: []remedy{
		{"Use a key for this run only", "Nothing is written. No API will accept tokens signed with it.", throwAway},
	}}
	if desk.OtherSecrets(c.Desk) != nil {
		d.ways = append(d.ways, remedy{"Choose another secret", "The settings have more than one.", OtherSecrets})
	}
	if len(c.Env.Profiles) > 1 {
		d.ways = append(d.ways, remedy{"Choose another profile", "The same folder has others.", Profiles})
	}
	file := visible.Text(filepath.Base(c.Desk.Settings().File))
	d.ways = append(d.ways, remedy{"Read " + file + " again", "After you have changed it.", readAgain})
	d.picker = picker{
		title: "Nothing can be signed now", group: "Signing", verb: "do it", rows: len(d.ways), most: len(d.ways),
		row: func(c *frame.Ctx, i, _ int) string { return c.Env.Theme.Plain.Render(d.ways[i].text) },
		below: func(c *frame.Ctx, width, _ int) []string {
			note := c.Env.Theme.Sentence(widget.Note{Text: d.ways[d.list.Cursor()].note}, width, 0)
			return append(note, c.Env.Theme.Sentence(frame.Fault(d.why), width, 0)...)
		},
		choose: func(c *frame.Ctx, i int) tea.Cmd { return tea.Batch(c.Close(d), d.ways[i].run(c)) },
		close:  func(c *frame.Ctx) tea.Cmd { return c.Close(d) },
	}
	return c.Push(d)
}

// throwAway continues with a key for this run only.
func throwAway(c *frame.Ctx) tea.Cmd {
	fresh := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) { return d.WithThrowAway(ctx) }
	return frame.Do(c, nil, fresh, func(c *frame.Ctx, d *desk.Desk, err error) tea.Cmd {
		if err != nil {
			return frame.Fail(c, err)
		}
		return tea.Batch(c.Replace(d), c.Say(widget.Warn, "this key is gone when you quit, and no API knows it"))
	})
}

// readAgain reads the settings again.
func readAgain(c *frame.Ctx) tea.Cmd {
	read := func(ctx context.Context, d *desk.Desk) (*desk.Desk, error) { return d.Reload(ctx), nil }
	return frame.Do(c, nil, read, func(c *frame.Ctx, d *desk.Desk, _ error) tea.Cmd {
		return tea.Batch(c.Replace(d), c.Say(widget.Good, "the settings were read"))
	})
}
