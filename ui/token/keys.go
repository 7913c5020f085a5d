package token

import (
	"charm.land/bubbles/v2/key"

	"tokendesk/ui/frame"
)

// KeyMap holds the keys of one token.
type KeyMap struct {
	Copy, CopyAs, Value, Claims, Write, Again, Edit, Key, Check, Compare key.Binding
	Fold, Unfold, Close, Search, Local, Part, Watch, Other, New          key.Binding
}

// Keys returns the keys.
func Keys() KeyMap {
	return KeyMap{
		Copy:    frame.Bind("y", "copy", "y", "ctrl+y"),
		CopyAs:  frame.Bind("c", "copy as", "c"),
		Value:   frame.Bind("v", "copy value", "v"),
		Claims:  frame.Bind("p", "copy claims", "p"),
		Write:   frame.Bind("w", "write to file", "w"),
		Again:   frame.Bind("r", "issue again", "r"),
		Edit:    frame.Bind("e", "edit as new", "e"),
		Key:     frame.Bind("a", "another key", "a"),
		Check:   frame.Bind("i", "check iss and aud", "i"),
		Compare: frame.Bind("=", "compare", "="),
		Fold:    frame.Bind("f", "fold", "f", "enter"),
		Unfold:  frame.Bind("", "", "right"),
		Close:   frame.Bind("", "", "left"),
		Search:  frame.Bind("/", "search", "/"),
		Local:   frame.Bind("l", "local time", "l"),
		Part:    frame.Bind("t", "raw: next part", "t"),
		Watch:   frame.Bind("b", "add to board", "b"),
		Other:   frame.Bind("o", "next token in the text", "o"),
		New:     frame.Bind("esc", "new", "esc", "n"),
	}
}
