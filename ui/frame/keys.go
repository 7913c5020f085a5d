package frame

import (
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
		Bottom:   Bind("end", "last", "end", "G"),
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
// so many of them, and a page has so many.
func Moves(some bool, page, length int, by func(c *Ctx, step int)) []Action {
	k := DefaultKeys()
	move := func(step int) func(*Ctx) tea.Cmd {
		return func(c *Ctx) tea.Cmd {
			by(c, step)
			return nil
		}
	}
	return []Action{
		On(k.Up, some, move(-1)),
		On(k.Down, some, move(1)),
		On(k.PageUp, some, move(-page)),
		On(k.PageDown, some, move(page)),
		On(k.Top, some, move(-length)),
		On(k.Bottom, some, move(length)),
	}
}

// Filtering returns the group of a list while its filter has the cursor.
func Filtering(keep, clearIt func(*Ctx) tea.Cmd, by func(c *Ctx, step int)) Group {
	k := DefaultKeys()
	moves := Moves(true, 0, 0, by)
	return Group{"Filter", []Action{
		On(Described(k.Choose, "keep the filter"), true, keep),
		On(Described(k.Clear, "clear it"), true, clearIt),
		moves[1],
		moves[0],
	}}
}
