package desk

import (
	"testing"
)

func TestBoardEntries(t *testing.T) {
	t.Parallel()
	b := newBoard(t)
	b.Select(0, moment)
	changes := ChangesOf(b)
	b.Label("x")
	b.Sort(ByLabel)
	equal(t, "it has changed", ChangesOf(b) == changes, false)
	equal(t, "rows", len(EntriesOf(b)), 4)
	equal(t, "the newest", EntriesOf(b)[3].Label, "x")
	changes = ChangesOf(b)
	b.Move(1, moment)
	b.Filter("soon")
	equal(t, "changes by looking", ChangesOf(b), changes)
}
