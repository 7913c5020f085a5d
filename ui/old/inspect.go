package old

import (
	tea "charm.land/bubbletea/v2"
)

// inspectScreen reads a token from anything that holds one.
type inspectScreen struct {
	input      field
	pane       pane
	reading    reading
	index      int  // of the token shown among those found
	busy       bool // a text is being read
	generation int  // of the text; an answer about an older one is dropped
}

func newInspectScreen() inspectScreen {
	i := inspectScreen{input: newField("eyJhbGciOi… or anything that holds a token")}
	i.input.Focus()
	return i
}

// inspectText starts reading a text.
func (m *Model) inspectText(text string) tea.Cmd {
	i := &m.inspect
	m.screen = screenInspect
	m.closeOverlay()
	i.generation++
	i.busy = true
	return m.desk.read(text, i.generation)
}

// onRead shows what was found in the text.
func (m *Model) onRead(msg readMsg) tea.Cmd {
	i := &m.inspect
	if msg.generation != i.generation {
		return nil
	}
	m.setNow(msg.now)
	i.busy, i.reading, i.index = false, msg.reading, 0
	i.input.set("")
	return m.showFound()
}

// showFound shows the token at the index. Where no configured key signed it, it
// returns the command that fetches the published ones.
func (m *Model) showFound() tea.Cmd {
	i := &m.inspect
	i.pane.show(m.desk.inspect(i.reading, i.index, m.now))
	if i.reading.err == nil {
		i.pane.peeled = i.reading.found[i.index].Around
		i.pane.others = len(i.reading.found) - 1
	}
	e := i.pane.entry
	if e.token.Header == nil || e.result.Key != nil {
		return nil
	}
	fetch := m.fetchKeys(e.token.KeyID())
	if fetch != nil {
		i.pane.note = note{quiet, "fetching the keys of " + m.desk.settings.JWKSURL + " …"}
	}
	return fetch
}

func (m *Model) nextFound() tea.Cmd {
	i := &m.inspect
	i.index = (i.index + 1) % len(i.reading.found)
	return m.showFound()
}

// watch adds the token in a pane to the board.
func (m *Model) watch(p *pane) tea.Cmd {
	if m.board.has(p.entry) {
		return m.say(quiet, "it is on the board already")
	}
	m.board.add(p.entry)
	return m.say(good, "added to the board")
}

// viewInspect draws the field while there is no token.
func (m *Model) viewInspect(in rect) ([]string, *tea.Cursor) {
	i, s := &m.inspect, m.styles
	if i.pane.entry != nil {
		return i.pane.view(m, in.w, in.h), nil
	}
	c := newCanvas(in)
	at := func(y, h int) rect { return rect{in.x, in.y + y, in.w, h} }
	prompt := "Paste anything that holds a token"
	if i.busy {
		prompt = "Reading…"
	}
	c.put(at(0, 1), s.strong.Render(prompt))
	field := at(1, 1)
	c.put(field, i.input.view(in.w))
	note := func() (string, tone) {
		if i.input.note != "" {
			return i.input.note, warn
		}
		return "a bare token, a Bearer header, a curl command, JSON with an access_token, a cookie or a URL; it never leaves this machine", quiet
	}
	c.note(at(3, max(1, in.h-3)), s, note)
	if m.overlay != overlayNone {
		return c.lines(), nil
	}
	return c.lines(), shift(i.input.Cursor(), field)
}
