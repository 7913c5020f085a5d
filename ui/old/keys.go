package old

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// KeyMap is every key of the console. Help line and help screen come from
// nowhere else.
type KeyMap struct {
	// Everywhere.
	Help, HelpTyping, Quit, Suspend, Back key.Binding
	Issue, Board, Inspect                 key.Binding
	IssueTyping, BoardTyping              key.Binding
	Faults                                key.Binding
	InspectTyping, FaultsTyping           key.Binding
	Profile, ProfileTyping                key.Binding
	Keys, KeysTyping                      key.Binding

	// The form.
	NextField, PrevField, Submit, SubmitAny key.Binding
	NextPreset, PrevPreset, ToggleJSON      key.Binding
	CopyTyping, ToToken, Personas, SaveAs   key.Binding

	// A token.
	Copy, CopyAs, Write, Again, Edit, Local, Whole, Watch, Other, New key.Binding

	// Lists and everything that scrolls.
	Up, Down, PageUp, PageDown, Top, Bottom, Open key.Binding

	// The board.
	Filter, Clear, Sort, Label, Remove key.Binding

	// The keys of the run.
	CopyJWK, CopyPEM, CopySet, Thumbprint key.Binding

	// Faults.
	Probe, Stop key.Binding

	// Inspect, edit, and questions.
	Read, Keep, Editor, Choose, Discard, Reload, PutIn key.Binding
}

// DefaultKeyMap returns the keys as they are documented.
func DefaultKeyMap() KeyMap {
	bind := func(help, desc string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, desc))
	}
	return KeyMap{
		Help:          bind("?", "help", "?", "f1"),
		HelpTyping:    bind("f1", "help", "f1"),
		Quit:          bind("ctrl+c", "quit", "ctrl+c"),
		Suspend:       bind("ctrl+z", "suspend", "ctrl+z"),
		Back:          bind("esc", "back", "esc"),
		Issue:         bind("1", "issue", "1", "f2", "alt+1"),
		Board:         bind("2", "board", "2", "f3", "alt+2"),
		Inspect:       bind("3", "inspect", "3", "f4", "alt+3"),
		IssueTyping:   bind("f2", "issue", "f2", "alt+1"),
		BoardTyping:   bind("f3", "board", "f3", "alt+2"),
		InspectTyping: bind("f4", "inspect", "f4", "alt+3"),
		Faults:        bind("4", "faults", "4", "f5", "alt+4"),
		FaultsTyping:  bind("f5", "faults", "f5", "alt+4"),
		Profile:       bind("P", "profile", "P", "f9", "alt+p"),
		ProfileTyping: bind("f9", "profile", "f9", "alt+p"),
		Keys:          bind("K", "signing keys", "K", "f8", "alt+k"),
		KeysTyping:    bind("f8", "signing keys", "f8", "alt+k"),

		NextField:  bind("tab", "next field", "tab"),
		PrevField:  bind("shift+tab", "previous field", "shift+tab"),
		Submit:     bind("enter", "issue", "enter", "ctrl+s"),
		SubmitAny:  bind("ctrl+s", "issue", "ctrl+s"),
		NextPreset: bind("↑/↓", "lifetimes", "down"),
		PrevPreset: bind("", "", "up"),
		ToggleJSON: bind("ctrl+t", "rows or JSON", "ctrl+t"),
		CopyTyping: bind("ctrl+y", "copy token", "ctrl+y"),
		ToToken:    bind("esc", "to the token", "esc"),
		Personas:   bind("ctrl+p", "personas", "ctrl+p"),
		SaveAs:     bind("ctrl+r", "save as persona", "ctrl+r"),

		Copy:   bind("y", "copy", "y", "ctrl+y"),
		CopyAs: bind("c", "copy as", "c"),
		Write:  bind("w", "write to file", "w"),
		Again:  bind("r", "issue again", "r"),
		Edit:   bind("e", "edit as new", "e"),
		Local:  bind("l", "local time", "l"),
		Whole:  bind("s", "show all of it", "s"),
		Watch:  bind("b", "add to board", "b"),
		Other:  bind("o", "next token in the text", "o"),
		New:    bind("esc", "new", "esc", "n"),

		Up:       bind("↑/↓", "move", "up", "k"),
		Down:     bind("", "", "down", "j"),
		PageUp:   bind("pgup", "page up", "pgup"),
		PageDown: bind("pgdn", "page down", "pgdown", "space"),
		Top:      bind("home", "first", "home", "g"),
		Bottom:   bind("end", "last", "end", "G"),
		Open:     bind("enter", "open", "enter"),

		Filter: bind("/", "filter", "/"),
		Clear:  bind("esc", "clear filter", "esc"),
		Sort:   bind("s", "sort", "s"),
		Label:  bind("n", "label", "n"),
		Remove: bind("x", "remove", "x", "delete"),

		CopyJWK:    bind("j", "copy JWK", "j"),
		CopyPEM:    bind("p", "copy PEM", "p"),
		CopySet:    bind("a", "copy all as a JWK set", "a"),
		Thumbprint: bind("t", "copy thumbprint", "t"),

		Probe: bind("p", "probe an API", "p"),
		Stop:  bind("x", "stop", "x"),

		Read:    bind("enter", "read it", "enter"),
		Keep:    bind("ctrl+s", "keep", "ctrl+s"),
		Editor:  bind("ctrl+o", "$EDITOR", "ctrl+o"),
		Choose:  bind("enter", "choose", "enter"),
		Discard: bind("esc", "discard", "esc"),
		Reload:  bind("r", "read again", "r"),
		PutIn:   bind("p", "put it in", "p"),
	}
}

// action is one row of the key table of the moment: the keys, their help and
// what they do. An action whose binding is disabled does nothing and is not
// in the help.
type action struct {
	key.Binding
	run func() tea.Cmd
}

// on returns the action, disabled unless the condition holds.
func on(b key.Binding, condition bool, run func() tea.Cmd) action {
	b.SetEnabled(condition)
	return action{b, run}
}

// group is a column of the help screen.
type group struct {
	title   string
	actions []action
}

// press runs the first enabled action for the key and reports whether there
// was one.
func press(groups []group, msg tea.KeyPressMsg) (tea.Cmd, bool) {
	for _, g := range groups {
		for _, a := range g.actions {
			if key.Matches(msg, a.Binding) {
				return a.run(), true
			}
		}
	}
	return nil, false
}
