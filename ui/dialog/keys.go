package dialog

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// signingKeys shows the keys of the run and copies their public halves.
type signingKeys struct {
	list   widget.List
	scroll widget.Scroll // of the facts

	keys  []*auth.Key
	outer int
	shown int      // lines of the list
	facts []string // about the selected key
}

// Keys shows the keys that verify tokens, and fetches the published ones.
func Keys(c *frame.Ctx) tea.Cmd {
	c.Push(&signingKeys{})
	return frame.Fetch(c, nil, func(*frame.Ctx, error) tea.Cmd { return nil })
}

// Actions returns the keys that copy, and those that move through keys and facts.
func (d *signingKeys) Actions(*frame.Ctx) []frame.Group {
	k, key := frame.DefaultKeys(), d.selected()
	none, one, several := noPublic(key), "", len(d.keys) > 1
	if !several {
		one = "there is only one key"
	}
	k.Down.SetKeys("down")     // j copies
	k.PageDown.SetHelp("", "") // the title says whether there is more
	k.PageUp.SetHelp("", "")
	turns := frame.Steps(k.Up, k.Down, several, 1, func(_ *frame.Ctx, step int) {
		d.list.Turn(step)
		d.scroll = widget.Scroll{} // to the first fact
	})
	scrolls := frame.Steps(k.PageDown, k.PageUp, true, -3, func(_ *frame.Ctx, step int) { d.scroll.By(step) })
	public := func(format auth.KeyFormat, what string) func(*frame.Ctx) tea.Cmd {
		return func(c *frame.Ctx) tea.Cmd { return copyKey(c, key, format, what) }
	}
	return []frame.Group{{Title: "Signing keys", Actions: slices.Concat([]frame.Action{
		frame.Unless(frame.Bind("j", "copy JWK", "j"), none, public(auth.FormatJWK, "the public key as JWK")),
		frame.Unless(frame.Bind("p", "copy PEM", "p"), none, public(auth.FormatPEM, "the public key as PEM")),
		frame.Unless(frame.Bind("t", "copy thumbprint", "t"), none, func(c *frame.Ctx) tea.Cmd { return copyThumbprint(c, key) }),
		frame.Unless(frame.Bind("a", "copy all as a JWK set", "a"), one, d.copySet),
		frame.On(k.Back, true, func(c *frame.Ctx) tea.Cmd { return c.Close(d) }),
	}, turns, scrolls)}}
}

// noPublic says why a key cannot be copied, or nothing.
func noPublic(key *auth.Key) string {
	switch {
	case key == nil:
		return "there is no key"
	case key.Public() == nil:
		return "a secret has no public half"
	default:
		return ""
	}
}

// selected returns the selected key, or nil.
func (d *signingKeys) selected() *auth.Key {
	if i := d.list.Cursor(); i < len(d.keys) {
		return d.keys[i]
	}
	return nil
}

// copyKey sends the public half of a key to the clipboard.
func copyKey(c *frame.Ctx, key *auth.Key, format auth.KeyFormat, what string) tea.Cmd {
	text, err := key.EncodePublic(format)
	return copied(c, string(text), err, what)
}

func copyThumbprint(c *frame.Ctx, key *auth.Key) tea.Cmd {
	text, err := auth.Thumbprint(key.Public())
	return copied(c, text, err, "the thumbprint")
}

// copied sends a text to the clipboard, or says why there is none.
func copied(c *frame.Ctx, text string, err error, what string) tea.Cmd {
	if err != nil {
		return frame.Fail(c, err)
	}
	return frame.Copy(c, text, what)
}

// copySet sends every public half to the clipboard, as an API reads them (RFC
// 7517 section 5).
func (d *signingKeys) copySet(c *frame.Ctx) tea.Cmd {
	public := slices.DeleteFunc(slices.Clone(d.keys), func(k *auth.Key) bool { return k.Public() == nil })
	set, err := auth.EncodeSet(public, auth.FormatJWK)
	return copied(c, string(set), err, "the JWK set of "+phrase.Count(len(public), "public key", "public keys"))
}

// Typing reports that nothing is typed.
func (d *signingKeys) Typing() bool { return false }

// Update scrolls the facts with the wheel.
func (d *signingKeys) Update(_ *frame.Ctx, msg tea.Msg) tea.Cmd {
	d.scroll.By(frame.Wheel(msg))
	return nil
}

// Layout gives the facts about the selected key the room that they need. If there is
// no room left for a list, only that key is shown.
func (d *signingKeys) Layout(c *frame.Ctx, r widget.Rect) {
	const wide = 76
	d.keys, d.outer = c.Desk.Keyring().Keys(), min(r.W, wide)
	room := r.H - 2
	d.facts = keyFacts(c, d.selected(), d.outer-4)
	d.shown = 0
	if n := min(len(d.keys), room-len(d.facts)-1); len(d.keys) > 1 && n > 1 {
		d.shown = n
		room -= n + 1
	}
	d.list.Restart()
	d.list.Layout(len(d.keys), max(1, d.shown))
	d.scroll.Layout(len(d.facts), room)
}

// View draws the keys, and below them the facts about the selected one.
func (d *signingKeys) View(c *frame.Ctx) frame.Drawing {
	t, inner := c.Env.Theme, d.outer-4
	title, right := "Signing keys", ""
	var lines []string
	drawn := frame.Drawing{}
	if d.shown > 0 {
		drawn = d.places()
		names := 0
		for _, key := range d.keys {
			names = max(names, len(key.Algorithm()))
		}
		lines = d.list.View(t, inner, func(i int) string { return keyLine(c, d.keys[i], names, inner-2) }, nil)
		lines = append(lines, "")
	}
	if slices.ContainsFunc(d.keys, (*auth.Key).OnlyDecrypts) {
		title = "Keys"
	}
	if len(d.keys) > 1 {
		title = strings.TrimSuffix(title, "s") + " " + strconv.Itoa(d.list.Cursor()+1) + " of " + strconv.Itoa(len(d.keys))
		right = t.Faint.Render("↑/↓")
	}
	if d.scroll.Hides() {
		right = t.Faint.Render("pgup/pgdn")
	}
	first, end := d.scroll.Window()
	lines = append(lines, d.facts[first:end]...)
	drawn.Lines = widget.Box(t.BorderFocus, t.Strong.Render(title), right, lines, d.outer, len(lines)+2)
	return drawn
}

// places returns the zones of the keys in the list, and the cursor on the selected one.
func (d *signingKeys) places() frame.Drawing {
	drawn := frame.Drawing{}
	for i, at := range d.list.Places(widget.Rect{X: 1, Y: 1, W: d.outer - 2}) {
		drawn.Zones = append(drawn.Zones, frame.Zone{Rect: at, Do: frame.Just(func() { d.list.Select(i) })})
		if i == d.list.Cursor() {
			drawn.Cursor = at.Cursor()
		}
	}
	return drawn
}

// keyLine draws a key among the others, whose algorithms have names of at most that
// length.
func keyLine(c *frame.Ctx, key *auth.Key, names, width int) string {
	t, state := c.Env.Theme, ""
	switch explain.UseOf(key, c.Desk.Key()) {
	case explain.Signs:
		state = t.Good.Render("signs")
	case explain.Decrypts:
		state = t.Faint.Render("decrypts")
	default:
	}
	name := t.Plain.Render(widget.Fit(string(key.Algorithm()), names+1) + " " + key.Fingerprint())
	line := name + "  " + t.Faint.Render(visible.Text(key.ID()))
	return widget.Spread(widget.Clip(line, width-widget.Width(state)-1), state, width)
}

// keyFacts draws everything that there is to say about a key.
func keyFacts(c *frame.Ctx, key *auth.Key, width int) []string {
	if key == nil {
		return nil
	}
	const names = 13
	t, facts := c.Env.Theme, explain.Key(key, explain.UseOf(key, c.Desk.Key()), c.Desk.Keyring().Origin(key))
	var lines []string
	for _, fact := range facts.Facts(c.Now) {
		name := fact.Name
		for _, line := range widget.Wrap(visible.Text(fact.Text), width-names) {
			lines = append(lines, t.Faint.Render(widget.Fit(name, names))+t.Plain.Render(line))
			name = ""
		}
	}
	for _, line := range []*explain.Line{facts.Weakness, facts.Secret} {
		if line != nil {
			lines = append(lines, t.Sentence(frame.Note(*line), width, 0)...)
		}
	}
	return lines
}
