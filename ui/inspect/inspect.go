// Package inspect is the screen that reads a token from any text that holds one.
package inspect

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// Screen is a field to paste into, a list of what was read, and the token that is selected
// there.
type Screen struct {
	frame.Passive

	input widget.Field
	list  widget.List
	seen  []seen // what was read in this run, the newest first
	pane  token.Pane
	raw   token.Raw

	onToken bool // the token has the keys, if there is one, and not the field
	checks  bool // iss and aud are checked
	job     frame.Job
	keys    keys

	room   frame.Room
	places places
}

// seen is a token that was read, or a text that is none.
type seen struct {
	entry   *desk.Entry
	at, of  int  // its place among the tokens of the text, from 1
	nothing bool // it is no token
}

// mostSeen is how many tokens the list keeps.
const mostSeen = 200

var _ frame.Screen = (*Screen)(nil)

// New returns the screen with an empty field, for the keys of the desk.
func New(d *desk.Desk) *Screen {
	s := &Screen{input: widget.NewField("eyJhbGciOi…"), keys: keys{ring: d.Keyring()}}
	s.input.Focus()
	s.pane.Owner = token.Owner{
		New:     true,
		Fail:    frame.Fail,
		Leave:   frame.Just(s.toField),
		Key:     s.another,
		Check:   s.check,
		Compare: s.compare,
		Not:     s.not,
	}
	return s
}

// Renew verifies the tokens with the keys of the new desk. On the board and beside the
// form a token keeps its old keys, but here the question is whether the desk accepts
// it.
func (s *Screen) Renew(c *frame.Ctx) tea.Cmd {
	s.keys.ring = c.Desk.Keyring()
	s.keys.job.Drop() // it fetches keys for the other desk
	for _, each := range s.seen {
		each.entry.VerifyWith(s.keys.ring, c.Now)
		if s.checks && !each.nothing { // as the other settings have them
			each.entry.Check(desk.Expected(c.Desk), c.Now)
		}
	}
	return s.show(c)
}

// Accept takes a text to read.
func (s *Screen) Accept(c *frame.Ctx, i frame.Intent) (tea.Cmd, bool) {
	read, ok := i.(frame.Read)
	if !ok {
		return nil, false
	}
	return s.read(c, read.Text), true
}

// Actions returns the keys of what has the focus first: of the field or of the token.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	shown := s.pane.Entry() != nil
	open := frame.On(frame.Bind("o", "read a file", "o"), true, s.open)
	fetch := frame.Unless(frame.Bind("d", "fetch published keys again", "d"), dialog.NothingPublished(c), dialog.RefetchKeys)
	if s.onToken && shown {
		groups := s.pane.Actions(c)
		if s.room.Third.W > 0 {
			groups[0].Actions = append(groups[0].Actions, s.raw.Action())
		}
		return append(groups, frame.Group{Title: "Read here", Actions: append(s.steps(), open, fetch)})
	}
	typed, leave := s.input.Value() != "", frame.Bind("esc", "leave the field", "esc", "enter")
	if typed || !shown {
		leave.SetKeys("esc")
	}
	actions := append([]frame.Action{
		frame.On(frame.Bind("enter", "read it", "enter"), typed && !s.onToken, func(c *frame.Ctx) tea.Cmd { return s.read(c, s.input.Value()) }),
		frame.On(leave, !s.onToken, frame.Just(s.toToken)),
		frame.On(frame.Bind("enter", "type or paste", "enter", "esc"), s.onToken, frame.Just(s.toField)),
	}, frame.Steps(frame.Bind("↑/↓", "move", "up", "shift+tab"), frame.Bind("", "", "down", "tab"), len(s.seen) > 1, 1,
		func(c *frame.Ctx, step int) { s.step(c, step) })...)
	groups := []frame.Group{{Title: "Inspect", Actions: append(actions, open, fetch)}}
	if shown {
		about := s.pane.Actions(c)[0]
		about.Actions = slices.DeleteFunc(about.Actions, func(a frame.Action) bool { return slices.Contains(a.Keys(), "esc") })
		groups = append(groups, about)
	}
	return groups
}

// steps returns the keys that show another token of the list.
func (s *Screen) steps() []frame.Action {
	not := ""
	if len(s.seen) < 2 {
		not = "nothing else was read"
	}
	return []frame.Action{
		frame.Unless(frame.Bind("tab", "next one read", "tab", "]"), not, func(c *frame.Ctx) tea.Cmd { return s.step(c, 1) }),
		frame.Unless(frame.Bind("shift+tab", "read before", "shift+tab", "["), not, func(c *frame.Ctx) tea.Cmd { return s.step(c, -1) }),
	}
}

// Typing reports whether a field has the cursor.
func (s *Screen) Typing() bool {
	if s.onToken {
		return s.pane.Entry() != nil && s.pane.Typing()
	}
	return true
}

// toField gives the keys to the field, and toToken to the token.
func (s *Screen) toField() {
	s.onToken = false
	s.input.Focus()
}

func (s *Screen) toToken() {
	s.onToken = true
	s.input.Blur()
}

// Update reads pasted text, even over a token, and types into the field.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	paste, pasted := msg.(tea.PasteMsg)
	onToken := s.onToken && s.pane.Entry() != nil
	switch {
	case pasted && onToken && s.pane.Typing():
		return s.pane.Update(c, msg)
	case pasted:
		return s.read(c, paste.Content)
	case onToken || frame.Wheel(msg) != 0 && s.pane.Entry() != nil:
		return s.pane.Update(c, msg)
	case !s.onToken:
		s.input.Update(msg)
	}
	return nil
}

// open reads a file that the user chooses.
func (s *Screen) open(c *frame.Ctx) tea.Cmd {
	take := func(c *frame.Ctx, path string) tea.Cmd {
		load := func(context.Context, *desk.Desk) (string, error) {
			text, err := settings.ReadFile(path, find.MaxPasted)
			return string(text), err
		}
		return frame.Do(c, &s.job, load, func(c *frame.Ctx, text string, err error) tea.Cmd {
			if err != nil {
				return frame.Fail(c, err)
			}
			return s.read(c, text)
		})
	}
	return dialog.OpenFile(c, dialog.FileQuestion{
		Title: "A file with a token", Verb: "read it", Hint: "any text that holds a token", Take: take,
	})
}

// read looks for tokens in a text and shows the likeliest.
func (s *Screen) read(c *frame.Ctx, text string) tea.Cmd {
	now, checks := c.Now, s.checks
	look := func(_ context.Context, d *desk.Desk) ([]seen, error) {
		all := readAll(d, text, now)
		for _, each := range all {
			if checks && !each.nothing {
				each.entry.Check(desk.Expected(d), now)
			}
		}
		return all, nil
	}
	return frame.Do(c, &s.job, look, func(c *frame.Ctx, got []seen, _ error) tea.Cmd {
		s.input.Set("")
		s.keep(got)
		s.list.Select(0)
		s.toToken()
		return s.show(c)
	})
}

// readAll reads the tokens of a text, the likeliest first, or says what the text is instead.
func readAll(d *desk.Desk, text string, now time.Time) []seen {
	r := desk.Read(text, find.MaxPasted)
	if r.Err != nil {
		return []seen{{entry: d.Inspect(r, 0, now), nothing: true}}
	}
	var tokens []seen
	for i := range min(len(r.Found), mostSeen) {
		if e := d.Inspect(r, i, now); r.Found[i].IsToken() || e.Token.Header != nil {
			e.Arrival.Pasted = true
			tokens = append(tokens, seen{entry: e})
		}
	}
	if len(tokens) == 0 {
		return []seen{{entry: d.Inspect(r, 0, now), nothing: true}}
	}
	for i := range tokens {
		tokens[i].at, tokens[i].of = i+1, len(tokens)
	}
	return tokens
}

// keep puts what was read at the top of the list. What was read before moves there.
func (s *Screen) keep(fresh []seen) {
	old := slices.DeleteFunc(slices.Clone(s.seen), func(o seen) bool {
		return slices.ContainsFunc(fresh, func(n seen) bool { return n.entry.Token.Compact == o.entry.Token.Compact })
	})
	s.seen = append(slices.Clone(fresh), old...)
	s.seen = s.seen[:min(len(s.seen), mostSeen)]
}

// step shows what stands that many places further down the list.
func (s *Screen) step(c *frame.Ctx, step int) tea.Cmd {
	s.list.Turn(step)
	return s.show(c)
}

// selected returns what is selected in the list, or nil.
func (s *Screen) selected() *seen {
	if i := s.list.Cursor(); i < len(s.seen) {
		return &s.seen[i]
	}
	return nil
}

// show shows what is selected. If no known key has signed the token, show fetches the
// published ones.
func (s *Screen) show(c *frame.Ctx) tea.Cmd {
	s.keys.job.Drop() // its answer is about the token before
	now := s.selected()
	if now == nil {
		return nil
	}
	s.pane.Show(now.entry)
	s.offer(c)
	if now.nothing || !c.Desk.Fetches(now.entry) {
		return nil
	}
	return s.fetch(c, now.entry)
}
