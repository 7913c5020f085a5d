package plain

import (
	"context"
	"strings"
	"time"

	"tokendesk/desk"
	"tokendesk/explain"
)

// keepAlive keeps the current token alive: it is issued again shortly before it expires, as long
// as the program runs. If it is kept alive already, it may expire.
func keepAlive(ctx context.Context, c *console, _ string) error {
	e := c.current
	_, expires := e.Token.Date("exp")
	switch {
	case !expires:
		c.fail(explain.Line{Text: "it never expires"})
		return nil
	case !e.Draft.Whole():
		c.fail(explain.Line{Text: "it cannot be issued again"})
		return nil
	}
	now := c.desk.Now()
	c.board.Add(e) // which selects it
	if c.board.SelectedRow().Kept {
		c.board.Keep(e, nil, now)
		c.sayf("%s is not kept alive any more.", numberSign(c, e))
		return nil
	}
	if ready, err := c.ready(ctx); !ready {
		return err
	}
	c.board.Keep(e, c.desk, now)
	c.board.keeps = true
	c.sayf("%s is kept alive, and issued again shortly before the end.", numberSign(c, e))
	return nil
}

// renew issues the tokens again that are kept alive and about to expire, and says so.
func renew(ctx context.Context, c *console) []string {
	var said []string
	for _, r := range c.board.Renewals(c.desk.Now()) {
		with := r.Desk
		if c.desk.Name() == with.Name() && c.desk.Ready() == nil {
			with = c.desk
		}
		old := numberSign(c, r.Entry)
		made, err := with.Issue(ctx, r.Entry.Draft)
		if err != nil {
			if r.Stop() {
				said = append(said, old+" is not kept alive any more: "+explain.Lines(err)[0].String())
			}
			continue
		}
		switch wanted, done := r.Done(made, c.desk.Now()); {
		case done:
			text := old + " was issued again as " + numberSign(c, made)
			if c.current == r.Entry {
				c.current = made
				text += ", the current one"
			}
			said = append(said, text)
		case wanted:
			said = append(said, old+" is not kept alive any more: its lifetime ends at a fixed time")
		}
	}
	return said
}

// untilNews returns how long it takes until the next token on the board expires or is issued
// again, or zero if nothing will happen within a day.
func untilNews(c *console) time.Duration {
	now := c.desk.Now()
	if c.board.keeps {
		return time.Second
	}
	for _, span := range []time.Duration{time.Minute, 24 * time.Hour} {
		if coming := c.board.Between(c.board.told, now.Add(span), 0); len(coming) > 0 {
			exp, _ := coming[0].Token.Date("exp")
			return max(exp.Sub(now), time.Millisecond)
		}
	}
	return 0
}

// news says what has happened on the board since it was last called, a line each.
func (c *console) news(ctx context.Context) []string {
	said := renew(ctx, c)
	now := c.desk.Now()
	for _, e := range c.board.Between(c.board.told, now, 0) {
		said = append(said, explain.Expired(tokenOf(e)).String())
	}
	c.board.told = now
	c.board.Verify(now)
	return said
}

// announcement is news as it is written while the user types.
func announcement(ctx context.Context, c *console) string {
	var text strings.Builder
	for _, line := range c.news(ctx) {
		text.WriteString(boardLine(line) + "\n")
	}
	return text.String()
}

// tellNews says what has happened since it was last called, on the board and to the files that
// the desk was read from, and that something could not be recorded.
func (c *console) tellNews(ctx context.Context) {
	for _, line := range c.news(ctx) {
		c.sayf("%s", boardLine(line))
	}
	for _, file := range c.files.changed(c.desk) {
		line := explain.Line{Label: file.Path, Text: "it has changed", Do: "/reload reads it again, and until then it counts as it was"}
		if file.Gone {
			line = explain.Line{Label: file.Path, Text: "it was removed; what was read from it still counts"}
		}
		c.tell("Note", line)
	}
	if err := desk.Unrecorded(c.desk); err != nil {
		c.warn(explain.Unrecorded(err))
	}
}

// files notices when somebody changes the files that a desk was read from.
type files struct {
	of   *desk.Desk
	base *desk.Files

	edits []personaEdit // of the personas file, the last one last
}

// changed returns the files that have changed since the desk was read, or since it was last
// called with the same desk.
func (f *files) changed(d *desk.Desk) []desk.Changed {
	f.follow(d)
	now := f.base.Again()
	changed := f.base.Changed(now)
	f.base = now
	return changed
}

// wrote takes a file as it is now, after a change of our own.
func (f *files) wrote(d *desk.Desk, path string) {
	f.follow(d)
	f.base = f.base.With(f.base.Again(), path)
}

// follow changes to the files of a desk.
func (f *files) follow(d *desk.Desk) {
	if f.of == nil || !desk.SameFiles(f.of, d) {
		f.of, f.base = d, desk.FilesOf(d)
	}
}
