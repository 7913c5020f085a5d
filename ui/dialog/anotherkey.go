package dialog

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// anotherKey asks for another key of a token: pasted, from a file or from a URL.
type anotherKey struct {
	entry    *desk.Entry
	verified func(c *frame.Ctx) tea.Cmd

	field widget.Field
	list  widget.List
	job   frame.Job
	err   error
	sure  string // the URL of the token that the user is asked about, or nothing

	ways  []way
	outer int
	room  int // lines of the list
	gap   int // blank lines above and below the list
	notes []string
}

// AnotherKey asks for another key, which verifies tokens until the user quits. When it has
// verified the token, verified runs.
func AnotherKey(c *frame.Ctx, e *desk.Entry, verified func(c *frame.Ctx) tea.Cmd) tea.Cmd {
	d := &anotherKey{entry: e, verified: verified, field: widget.NewField("paste a key here; it is not shown")}
	d.field.Focus()
	d.field.Hide()
	return c.Push(d)
}

// NoOtherKey says in a clause why no other key can be tried on a token, or is empty.
func NoOtherKey(e *desk.Entry) string {
	switch inner := e.Result.Innermost(); {
	case e.Fault != nil:
		return "the token is faulty on purpose"
	case inner.Token.Header == nil:
		return "there is no token to verify"
	case e.Result.Verdict == auth.VerdictUnsupported:
		return "it is not supported, whatever the key"
	case inner.Key != nil:
		return "a key has verified it"
	case inner.Decryption != nil:
		return "a key has decrypted it"
	}
	return ""
}

// Actions returns enter, esc and the keys that move through the ways.
func (d *anotherKey) Actions(*frame.Ctx) []frame.Group {
	k := frame.DefaultKeys()
	verb := "choose"
	if d.field.Value() != "" {
		verb = "try it"
	}
	return []frame.Group{{Title: "Another key", Actions: append([]frame.Action{
		frame.On(frame.Described(k.Choose, verb), true, d.enter),
		frame.On(k.Back, true, func(c *frame.Ctx) tea.Cmd {
			d.job.Drop()
			return c.Close(d)
		}),
	}, frame.Steps(k.Up, k.Down, true, 1, func(_ *frame.Ctx, step int) {
		d.list.Turn(step)
		d.sure, d.err = "", nil
	})...)}}
}

// Typing reports that the field has the cursor.
func (d *anotherKey) Typing() bool { return true }

// Update types, and reads a pasted key at once. A typed URL is shown; a key is not.
func (d *anotherKey) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	if frame.Wheel(msg) != 0 {
		return nil
	}
	d.err = nil
	paste, pasted := msg.(tea.PasteMsg)
	switch {
	case pasted && d.job.Busy():
		return nil
	case pasted && isURL(paste.Content):
		d.field.Set(strings.TrimSpace(paste.Content))
	case pasted:
		d.field.Set("")
		return d.read(c, paste.Content)
	default:
		d.field.Update(msg)
	}
	if d.field.Hide(); isURL(d.field.Value()) {
		d.field.Reveal()
	}
	return nil
}

// enter tries what was typed, or takes the selected way.
func (d *anotherKey) enter(c *frame.Ctx) tea.Cmd {
	typed := d.field.Value()
	switch {
	case d.job.Busy():
		return nil
	case isURL(typed):
		return d.fetch(strings.TrimSpace(typed))(c)
	case typed != "":
		return d.read(c, typed)
	}
	return d.ways[d.list.Cursor()].run(c)
}

// read reads a key from a text.
func (d *anotherKey) read(c *frame.Ctx, text string) tea.Cmd {
	if len(text) > find.MaxPasted {
		return d.fail(c, errors.New("the pasted text is too large for a key"))
	}
	a := d.entry.Another()
	return d.work(c, func(_ context.Context, now *desk.Desk) (desk.Added, error) { return a.Text(now, text) })
}

// pick has the user choose a file.
func (d *anotherKey) pick(c *frame.Ctx) tea.Cmd {
	return OpenFile(c, FileQuestion{
		Title: "A file with the key", Verb: "try it", Hint: "PEM, JWK, a secret, or the .env of another project", Likely: KeyFile,
		Take: func(c *frame.Ctx, path string) tea.Cmd {
			a := d.entry.Another()
			return d.work(c, func(_ context.Context, now *desk.Desk) (desk.Added, error) { return a.File(now, path) })
		},
	})
}

// fetch returns what fetches the keys that are published at a URL.
func (d *anotherKey) fetch(url string) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		a := d.entry.Another()
		return d.work(c, func(ctx context.Context, now *desk.Desk) (desk.Added, error) { return a.Published(ctx, now, url) })
	}
}

// work looks for a key off the loop, and verifies the token with it.
func (d *anotherKey) work(c *frame.Ctx, look func(context.Context, *desk.Desk) (desk.Added, error)) tea.Cmd {
	if d.job.Busy() {
		return nil
	}
	d.err = nil
	return frame.Do(c, &d.job, look, func(c *frame.Ctx, added desk.Added, err error) tea.Cmd {
		if err != nil {
			return d.fail(c, err)
		}
		return d.done(c, added.To(c.Desk), added.Note())
	})
}

// fail says why a key was not taken. The dialog stays.
func (d *anotherKey) fail(c *frame.Ctx, err error) tea.Cmd {
	d.err, d.sure = err, ""
	d.field.Set("")
	d.field.Hide()
	return frame.FailIn(c, d, err)
}

// fetchAgain fetches the published keys again.
func (d *anotherKey) fetchAgain(c *frame.Ctx) tea.Cmd {
	return frame.Do(c, &d.job, desk.FetchAgain, func(c *frame.Ctx, got desk.Fetched, err error) tea.Cmd {
		if err != nil {
			return d.fail(c, err)
		}
		now := got.To(c.Desk)
		c.Learn(now)
		c.Desk = now
		d.entry.VerifyWith(now.Keyring(), c.Now)
		if d.entry.Result.Innermost().Key == nil {
			renewed := d.verified(c)
			return tea.Batch(renewed, d.fail(c, errors.New("fetched "+got.Says(c.Now)+": no key of them verifies the token")))
		}
		return d.done(c, now, got.Says(c.Now))
	})
}

// done goes on with the desk that has the key.
func (d *anotherKey) done(c *frame.Ctx, now *desk.Desk, note string) tea.Cmd {
	c.Learn(now)
	c.Desk = now
	d.entry.VerifyWith(now.Keyring(), c.Now)
	report := explain.Token(d.entry.Known(), c.Now)
	said, tone := report.Status(c.Now).Word, widget.Good
	if key := d.entry.Result.Innermost().Key; key != nil {
		said = "verified with key " + key.Fingerprint() + ", " + d.entry.Known().Origin.Text(c.Now)
	}
	if note != "" {
		said += ": " + note
	}
	return tea.Batch(c.Close(d), d.verified(c), c.Say(tone, visible.Text(said)))
}

// Layout gives the note the lines that it needs, and the ways the rest.
func (d *anotherKey) Layout(c *frame.Ctx, r widget.Rect) {
	const wide = 76
	d.outer = min(r.W, wide)
	inner := d.outer - 4
	d.ways = d.waysOf(c)
	d.field.Layout(c.Env.Theme, inner)
	d.notes = c.Env.Theme.Sentence(d.note(), inner, max(1, min(4, r.H-4)))
	d.gap = 0
	if r.H >= 3+len(d.ways)+len(d.notes)+2 {
		d.gap = 1
	}
	d.room = max(1, min(len(d.ways), r.H-3-len(d.notes)-2*d.gap))
	d.list.Layout(len(d.ways), d.room)
}

// note is the sentence below the ways.
func (d *anotherKey) note() widget.Note {
	switch {
	case d.job.Busy():
		return widget.Note{Text: "Trying…"}
	case d.err != nil:
		return frame.Fault(d.err)
	case d.field.Note() != "":
		return widget.Note{Tone: widget.Warn, Text: d.field.Note()}
	case d.field.Value() != "":
		return widget.Note{Text: "a secret, a PEM, a JWK or JWK set, or a URL; it verifies until you quit and is written nowhere"}
	case d.sure != "":
		return widget.Note{Tone: widget.Warn, Text: d.ways[d.list.Cursor()].note}
	}
	if i := d.list.Cursor(); i < len(d.ways) {
		return widget.Note{Text: d.ways[i].note}
	}
	return widget.Note{}
}

// View draws the field, the ways and the note.
func (d *anotherKey) View(c *frame.Ctx) frame.Drawing {
	t, inner := c.Env.Theme, d.outer-4
	at := widget.Rect{X: 2, Y: 1, W: inner, H: 1}
	lines := []string{d.field.View()}
	rows := widget.Rect{X: 2, Y: 2 + d.gap, W: inner, H: d.room}
	lines = append(lines, make([]string, d.gap)...)
	lines = append(lines, d.list.View(t, inner, func(i int) string {
		return t.Plain.Render(widget.Clip(visible.Text(d.ways[i].text), inner-2))
	}, nil)...)
	lines = append(append(lines, make([]string, d.gap)...), d.notes...)
	out := frame.Drawing{
		Lines:  widget.Box(t.BorderFocus, t.Strong.Render("Another key for this run"), "", lines, d.outer, len(lines)+2),
		Cursor: at.Shift(d.field.Cursor()), Zones: []frame.Zone{{Rect: at, At: d.field.Click}},
	}
	if d.err != nil {
		out.Short = frame.Notes(d.err)
	}
	for i, place := range d.list.Places(rows) {
		out.Zones = append(out.Zones, frame.Zone{Rect: place, Do: func(c *frame.Ctx) tea.Cmd {
			d.list.Select(i)
			d.sure = ""
			return d.ways[i].run(c)
		}})
	}
	return out
}
