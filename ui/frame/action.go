package frame

import (
	"slices"
	"unicode/utf8"

	"tokendesk/ui/widget"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Action is one row of the current key table: the keys, their help and their
// function. Handling, help line, help screen and palette all use it.
type Action struct {
	key.Binding
	Title  string // in the palette; empty is the description of the help
	Not    string // why it cannot be done now, for the palette and for whoever presses its key
	Hidden bool   // not in the palette, as it only moves something
	Always bool   // in the help line, however narrow it is
	Bare   bool   // letters count even while a text field has the cursor
	Run    func(c *Ctx) tea.Cmd
}

// Group is a column of the help screen.
type Group struct {
	Title   string
	Actions []Action
}

// Bind returns a binding with its name in the help, its description and its keys.
func Bind(help, desc string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, desc))
}

// On returns the action, disabled unless the condition holds.
func On(b key.Binding, condition bool, run func(c *Ctx) tea.Cmd) Action {
	b.SetEnabled(condition)
	return Action{Binding: b, Run: run}
}

// Unless returns the action, disabled if there is a reason why it cannot be done now. The
// palette lists it in both cases.
func Unless(b key.Binding, not string, run func(c *Ctx) tea.Cmd) Action {
	b.SetEnabled(not == "")
	return Action{Binding: b, Not: not, Run: run}
}

// Named returns an action without a key, which only the palette has. A reason says why it
// cannot be done now.
func Named(title, not string, run func(c *Ctx) tea.Cmd) Action {
	return Action{Title: title, Not: not, Run: run}
}

// Hide returns the actions without a place in the palette.
func Hide(actions ...Action) []Action {
	for i := range actions {
		actions[i].Hidden = true
	}
	return actions
}

// Just wraps a function that needs no Ctx and returns no command.
func Just(f func()) func(*Ctx) tea.Cmd {
	return func(*Ctx) tea.Cmd {
		f()
		return nil
	}
}

// While adapts the groups to whether the user types into a text field, and returns them.
// While the user types, bare letters are text: an action keeps only its other keys, and
// the help shows the first of these; without any it is disabled.
func While(typing bool, groups []Group) []Group {
	if !typing {
		return groups
	}
	for _, g := range groups {
		for i, a := range g.Actions {
			g.Actions[i] = a.whileTyping()
		}
	}
	return groups
}

func (a Action) whileTyping() Action {
	if a.Bare {
		return a
	}
	kept := slices.DeleteFunc(slices.Clone(a.Keys()), bare)
	if help := a.Help(); len(kept) > 0 && bare(help.Key) && slices.Contains(a.Keys(), help.Key) {
		a.SetHelp(kept[0], help.Desc)
	}
	a.SetKeys(kept...)
	a.SetEnabled(a.Enabled() && len(kept) > 0)
	return a
}

// bare reports whether a key types something.
func bare(k string) bool { return k == "space" || utf8.RuneCountInString(k) == 1 }

// Way says which keys run the action; while the user types into a text field, by a key that
// types nothing or by esc before the letter.
func (a Action) Way(typing bool) string {
	key := a.Help().Key
	if !typing || key == "" {
		return key
	}
	if other := a.whileTyping(); len(other.Keys()) > 0 {
		return other.Help().Key
	}
	return "esc, " + key
}

// Press runs the first enabled action for a key that has one of these names, of which the
// first counts most. It reports whether there was one.
func Press(c *Ctx, groups []Group, names ...string) (tea.Cmd, bool) {
	for _, name := range names {
		for _, g := range groups {
			for _, a := range g.Actions {
				if a.Enabled() && slices.Contains(a.Keys(), name) {
					return a.Run(c), true
				}
			}
		}
	}
	return nil, false
}

// WhyNot returns why the first action for a key that has one of these names cannot be done now,
// or nothing.
func WhyNot(groups []Group, names ...string) string {
	for _, name := range names {
		for _, g := range groups {
			for _, a := range g.Actions {
				if a.Not != "" && slices.Contains(a.Keys(), name) {
					return a.Not
				}
			}
		}
	}
	return ""
}

// When returns the reason of an [Action.Not] if the condition holds, or nothing.
func When(condition bool, reason string) string {
	if condition {
		return reason
	}
	return ""
}

// Titled gives an action a title in the palette.
func Titled(title string, a Action) Action {
	a.Title = title
	return a
}

// Hint draws a key and what it does.
func Hint(t *widget.Theme, key, what string) string {
	return t.HelpKey.Render(key) + " " + t.HelpText.Render(what)
}
