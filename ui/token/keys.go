package token

import (
	"charm.land/bubbles/v2/key"

	"tokendesk/ui/frame"
)

// KeyMap holds the keys of one token.
type KeyMap struct {
	Copy, CopyAs, Write, Again, Edit, Local, Whole, Watch, Other, New key.Binding
}

// Keys returns the keys.
func Keys() KeyMap {
	return KeyMap{
		Copy:   frame.Bind("y", "copy", "y", "ctrl+y"),
		CopyAs: frame.Bind("c", "copy as", "c"),
		Write:  frame.Bind("w", "write to file", "w"),
		Again:  frame.Bind("r", "issue again", "r"),
		Edit:   frame.Bind("e", "edit as new", "e"),
		Local:  frame.Bind("l", "local time", "l"),
		Whole:  frame.Bind("s", "show all of it", "s"),
		Watch:  frame.Bind("b", "add to board", "b"),
		Other:  frame.Bind("o", "next token in the text", "o"),
		New:    frame.Bind("esc", "new", "esc", "n"),
	}
}
