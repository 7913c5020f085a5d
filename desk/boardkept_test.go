package desk

import (
	"testing"
	"time"
)

func TestBoardEntries(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.Select(0, moment)
	changes := b.Changes()
	b.Label("x")
	b.Sort(ByLabel)
	equal(t, "it has changed", b.Changes() == changes, false)
	equal(t, "rows", len(b.Entries()), 4)
	equal(t, "the newest", b.Entries()[3].Label, "x")
	changes = b.Changes()
	b.Move(1, moment)
	b.Filter("soon")
	equal(t, "changes by looking", b.Changes(), changes)
}

// unsigned makes an entry look as if it had no signature yet.
func unsigned(e *Entry) *Entry {
	token := *e.Token
	token.Compact = ""
	out := *e
	out.Token = &token
	return &out
}

func TestBoardReplace(t *testing.T) {
	t.Parallel()
	b, other := &Board{}, &Board{}
	late, soon := put(t, other, "late", 20*time.Minute), put(t, other, "soon", 5*time.Minute)
	first, second := unsigned(late), unsigned(soon)
	first.Label = "kept"
	b.Restore([]*Entry{first, second, unsigned(soon)})
	equal(t, "the board", rows(b, moment), "soon#2 soon#3 late=kept")
	equal(t, "nothing to undo", b.CanUndo(), false)
	equal(t, "unsigned is there", b.Has(first), true)
	equal(t, "signed is not", b.Has(late), false)
	b.Select(2, moment)
	b.Mark()
	equal(t, "replaced", b.Replace(first, late), true)
	equal(t, "the board", rows(b, moment), "soon#2 soon#3 late=kept*")
	equal(t, "the selected", b.Selected(), late)
	equal(t, "signed is there", b.Has(late), true)
	equal(t, "unsigned is not", b.Has(first), false)
	equal(t, "again", b.Replace(first, late), false)
	equal(t, "the second", b.Replace(second, soon), true)
	b.Select(1, moment)
	equal(t, "its twin", b.Replace(b.Selected(), soon), true)
	equal(t, "one of both", rows(b, moment), "soon late=kept*")
	equal(t, "the selected", b.Selected(), soon)
}
