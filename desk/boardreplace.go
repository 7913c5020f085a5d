package desk

import "time"

// Replace puts a token that was made from an entry without a signature in its place. It keeps
// the label, the mark and the number, and stays selected. If the token is on the board already,
// only the entry goes. It reports whether the entry was on the board.
func Replace(b *Board, old, made *Entry, now time.Time) bool {
	t := &b.table
	it := t.all.of(old)
	if it == nil {
		return false
	}
	made.Label, made.Arrival = it.Label, it.Arrival
	there := t.all.byText[textOf(made)]
	if there == nil {
		t.change(it, func() { it.Entry = made })
		return true
	}
	selected := t.view.selected == it
	t.drop([]*item{it}, now)
	if selected && t.view.matches(there) {
		t.view.selected = there
	}
	return true
}
