package frame

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Keys holds the keys that mean the same in many places.
type Keys struct {
	Up, Down, PageUp, PageDown, Top, Bottom, Open key.Binding
	Choose, Back, Filter, Clear                   key.Binding
}

// DefaultKeys returns the keys.
func DefaultKeys() Keys {
	return Keys{
		Up:       Bind("↑/↓", "move", "up", "k"),
		Down:     Bind("", "", "down", "j"),
		PageUp:   Bind("pgup", "page up", "pgup"),
		PageDown: Bind("pgdn", "page down", "pgdown", "space"),
		Top:      Bind("home", "first", "home", "g"),
		Bottom:   Bind("end", "last", "end"),
		Open:     Bind("enter", "open", "enter"),
		Choose:   Bind("enter", "choose", "enter"),
		Back:     Bind("esc", "back", "esc"),
		Filter:   Bind("/", "filter", "/"),
		Clear:    Bind("esc", "clear filter", "esc"),
	}
}

// Described returns the binding with another description.
func Described(b key.Binding, desc string) key.Binding {
	b.SetHelp(b.Help().Key, desc)
	return b
}

// Moves returns the actions that move through rows or lines of that length: by moves
// that many of them, and a page has that many.
func Moves(some bool, page, length int, by func(c *Ctx, step int)) []Action {
	k := DefaultKeys()
	return slices.Concat(
		Steps(k.Up, k.Down, some, 1, by),
		Steps(k.PageUp, k.PageDown, some, page, by),
		Steps(k.Top, k.Bottom, some, length, by),
	)
}

// Steps returns the actions of two keys: the first moves back by a step, the second on.
func Steps(back, on key.Binding, some bool, step int, by func(c *Ctx, step int)) []Action {
	move := func(step int) func(*Ctx) tea.Cmd {
		return func(c *Ctx) tea.Cmd {
			by(c, step)
			return nil
		}
	}
	return Hide(On(back, some, move(-step)), On(on, some, move(step)))
}

// Filtering returns the group of a list while its filter has the cursor.
func Filtering(keep, clearIt func(*Ctx) tea.Cmd, by func(c *Ctx, step int)) Group {
	k := DefaultKeys()
	return Group{"Filter", append([]Action{
		On(Described(k.Choose, "keep it"), true, keep),
		On(Described(k.Clear, "clear it"), true, clearIt),
	}, Steps(k.Down, k.Up, true, -1, by)...)}
}
