package issue

import (
	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"tokendesk/ui/frame"
	"tokendesk/ui/token"
)

// keyMap holds the keys of the form.
type keyMap struct {
	next, prev, submit, submitAny, nextPreset, prevPreset key.Binding
	down, up, toggle, copied, toToken, saveAs             key.Binding
}

func keys() keyMap {
	return keyMap{
		next:       frame.Bind("tab", "next field", "tab"),
		prev:       frame.Bind("shift+tab", "previous field", "shift+tab"),
		submit:     frame.Bind("enter", "issue", "enter", "ctrl+s"),
		submitAny:  frame.Bind("ctrl+s", "issue", "ctrl+s"),
		nextPreset: frame.Bind("↑/↓", "lifetimes", "down"),
		prevPreset: frame.Bind("", "", "up"),
		up:         frame.Bind("↑/↓", "move", "up"),
		down:       frame.Bind("", "", "down"),
		toggle:     frame.Bind("ctrl+t", "rows or JSON", "ctrl+t"),
		copied:     frame.Bind("ctrl+y", "copy token", "ctrl+y"),
		toToken:    frame.Bind("esc", "to the token", "esc"),
		saveAs:     frame.Bind("ctrl+r", "save as persona", "ctrl+r"),
	}
}

// Actions returns the keys of the form, or of the token if it has the focus.
func (s *Screen) Actions(c *frame.Ctx) []frame.Group {
	if s.form.away {
		return s.pane.Actions(c)
	}
	k, f := keys(), &s.form
	inClaims, inLifetime, hasToken := f.focus == claimsField, f.focus == lifetimeField, s.pane.Entry() != nil
	toggle := frame.Just(func() { f.claims.text.Say(f.claims.toggle()) })
	toToken := frame.Just(func() { f.give(true) })
	return []frame.Group{{Title: "New token", Actions: []frame.Action{
		frame.On(k.submit, !inClaims, s.submit),
		frame.On(k.submitAny, inClaims, s.submit),
		frame.On(k.next, true, s.move(1)),
		frame.On(k.nextPreset, inLifetime, s.preset(1)),
		frame.On(k.prevPreset, inLifetime, s.preset(-1)),
		frame.On(k.toggle, inClaims, toggle), // it comes first where it is useful
		frame.On(k.toggle, !inClaims, toggle),
		frame.On(k.copied, hasToken, func(c *frame.Ctx) tea.Cmd { return token.Copy(c, s.pane.Entry()) }),
		frame.On(k.toToken, hasToken, toToken),
		frame.On(k.prev, true, s.move(-1)),
		frame.On(k.down, !inClaims && !inLifetime, s.move(1)),
		frame.On(k.up, !inClaims && !inLifetime && f.focus != subjectField, s.move(-1)),
		frame.On(k.saveAs, c.Desk.Settings().PersonasFile != "", s.save),
	}}}
}

// move goes to the next stop. The one after the button is the token.
func (s *Screen) move(step stop) func(*frame.Ctx) tea.Cmd {
	return frame.Just(func() {
		if step > 0 && s.form.focus == buttonField && s.pane.Entry() != nil {
			s.form.give(true)
			return
		}
		s.form.moveTo(s.form.focus + step)
	})
}

func (s *Screen) preset(step int) func(*frame.Ctx) tea.Cmd {
	return func(c *frame.Ctx) tea.Cmd {
		s.form.preset(step, c.Desk.Settings().MaxLifetime, c.Now)
		return nil
	}
}
