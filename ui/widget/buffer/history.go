package buffer

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// The most that a history holds: steps, and bytes of removed and inserted text.
const (
	maxSteps = 500
	maxBytes = 4 << 20
)

// kind says which changes are one step together.
type kind int

const (
	whole  kind = iota // alone
	first              // begins a run of typed characters
	typed              // continues one if it can
	erased             // continues a run of deleted characters if it can
)

// opens returns the kind of a change that replaces a selection.
func opens(k kind) kind {
	if k == typed {
		return first
	}
	return k
}

// span is a cursor and the other end of its selection.
type span struct{ at, anchor int }

// edit is one change of a text, which can be taken back and done again.
type edit struct {
	at                int
	removed, inserted string
	kind              kind
	before, after     span
}

// history holds the steps that can be taken back, and those that were.
type history struct {
	past, future []edit
	size         int  // bytes of the past
	closed       bool // the next change begins a step of its own
}

// close ends the run of changes.
func (h *history) close() { h.closed = true }

// add adds a change, to the latest step if it continues that.
func (h *history) add(e edit) {
	h.future = nil
	h.size += len(e.removed) + len(e.inserted)
	if n := len(h.past); n == 0 || h.closed || !h.past[n-1].takes(e) {
		h.past = append(h.past, e)
	}
	h.closed = false
	drop := 0
	for drop < len(h.past)-1 && (len(h.past)-drop > maxSteps || h.size > maxBytes) {
		h.size -= len(h.past[drop].removed) + len(h.past[drop].inserted)
		drop++
	}
	h.past = slices.Delete(h.past, 0, drop)
}

// takes adds the next change if it continues the step, and reports whether it did.
func (e *edit) takes(next edit) bool {
	switch end := e.at + len(e.inserted); {
	case next.kind == typed && (e.kind == typed || e.kind == first) && next.at == end && !startsWord(e.inserted, next.inserted):
		e.inserted += next.inserted
	case next.kind == erased && e.kind == erased && next.at+len(next.removed) == e.at: // backspace
		e.at, e.removed = next.at, next.removed+e.removed
	case next.kind == erased && e.kind == erased && next.at == e.at: // delete
		e.removed += next.removed
	default:
		return false
	}
	e.after = next.after
	return true
}

// startsWord reports whether a word begins with the next text.
func startsWord(before, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsSpace(last) && !unicode.IsSpace(r)
}

// undo returns the latest step and puts it into the future.
func (h *history) undo() (edit, bool) {
	n := len(h.past)
	if n == 0 {
		return edit{}, false
	}
	e := h.past[n-1]
	h.past, h.future, h.closed = h.past[:n-1], append(h.future, e), true
	h.size -= len(e.removed) + len(e.inserted)
	return e, true
}

// redo returns the step that was taken back last and puts it into the past.
func (h *history) redo() (edit, bool) {
	n := len(h.future)
	if n == 0 {
		return edit{}, false
	}
	e := h.future[n-1]
	h.past, h.future, h.closed = append(h.past, e), h.future[:n-1], true
	h.size += len(e.removed) + len(e.inserted)
	return e, true
}
