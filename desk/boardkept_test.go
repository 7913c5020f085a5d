package desk

import (
	"testing"
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
