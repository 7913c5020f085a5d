package ui

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// keyboard is what the console knows of the keys that come next.
type keyboard struct {
	escaped       bool // esc was pressed in a field that keeps the cursor
	tellsCapsLock bool // the terminal reports it with each letter
}

// hear takes what a message says about the keyboard.
func (k *keyboard) hear(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.KeyboardEnhancementsMsg:
		k.tellsCapsLock = k.tellsCapsLock || msg.SupportsAllKeysAsEscapeCodes()
	case tea.PasteMsg, tea.MouseClickMsg, terminal.Burst:
		k.escaped = false
	}
}

// types reports whether letters are text: a text field has the cursor, and esc was not the
// key before. Esc leaves most fields. In one that keeps the cursor it makes the next letter a
// command, so that every command has a way without ctrl.
func types(m *Model) bool { return m.Top().Typing() && !m.keyboard.escaped }

// pressed runs the action of a key, or says why it cannot be done now or that the key is retired,
// and reports whether there was any. A capital letter that is retired is also the small one, since CapsLock may be on,
// unless the terminal tells that it is off.
func pressed(m *Model, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	groups, typing := m.groups(), types(m)
	names, old := frame.Names(msg, typing), ""
	if !typing && len(m.stack.dialogs) == 0 {
		old = retired(groups, msg.String())
	}
	if old == "" && !typing {
		names = append(names, chord(names[len(names)-1])...)
	}
	small := strings.ToLower(msg.String()) == msg.String()
	if old != "" && (small || m.keyboard.tellsCapsLock && !msg.Mod.Contains(tea.ModCapsLock)) {
		names = names[:1]
	}
	cmd, done := frame.Press(m.c(), groups, names...)
	if not := frame.WhyNot(groups, names...); !done && not != "" && (!typing || commands(names[0])) {
		return m.c().Say(widget.Quiet, not), true
	}
	if old == "" {
		return cmd, done
	}
	if said := m.messages.shown(m.stack.screen()); said == nil || !said.fresh {
		m.c().Say(widget.Quiet, old)
	}
	return cmd, true
}

// commands reports whether a key is never for the text of a field: a function key, or ctrl or alt
// with a letter or digit. That it does nothing now is said while a field has the cursor, too.
func commands(name string) bool {
	for _, prefix := range []string{"ctrl+", "alt+"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return utf8.RuneCountInString(rest) == 1
		}
	}
	number, ok := strings.CutPrefix(name, "f")
	_, err := strconv.Atoi(number)
	return ok && err == nil
}

// nameLetters names the letters that stand for chords in the help.
func nameLetters(groups []frame.Group) {
	for _, g := range groups {
		for i, a := range g.Actions {
			letter, isChord := strings.CutPrefix(a.Help().Key, "ctrl+")
			if isChord && chord(letter) != nil && !isEnabled(groups, letter) {
				g.Actions[i].SetHelp(letter, a.Help().Desc)
			}
		}
	}
}

// chord returns the name of ctrl with a letter, for which the letter alone stands where it is
// no text and does nothing else. Not for all: ctrl+c quits, ctrl+z suspends, and ctrl+p is the colon.
func chord(letter string) []string {
	if len(letter) != 1 || letter < "a" || letter > "z" || slices.Contains([]string{"c", "p", "z"}, letter) {
		return nil
	}
	return []string{"ctrl+" + letter}
}
