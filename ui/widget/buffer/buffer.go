// Package buffer holds the text of a field with its cursor, its selection and its
// history. It draws nothing, and knows keys by their names only.
//
// The cursor and both ends of the selection always stand between two grapheme clusters:
// a letter with its accents, or an emoji sequence, is one character to the user.
package buffer

import (
	"strings"
	"unicode/utf8"
)

// Buffer is a text that is being edited. The zero value is an empty one.
type Buffer struct {
	// Secret says that nobody may see the text: there is no history, and a word is the
	// whole line, since its length would tell something.
	Secret bool

	text    string
	at      int // the cursor, in bytes
	anchor  int // the other end of the selection
	history history
}

// Text returns the text.
func (b *Buffer) Text() string { return b.text }

// Cursor returns the place of the cursor, in bytes.
func (b *Buffer) Cursor() int { return b.at }

// Selection returns the selected part of the text, in bytes. Both ends are the same if
// nothing is selected.
func (b *Buffer) Selection() (from, to int) { return min(b.at, b.anchor), max(b.at, b.anchor) }

// Selected returns the selected text.
func (b *Buffer) Selected() string {
	from, to := b.Selection()
	return b.text[from:to]
}

// Set replaces the text and forgets the history. The cursor stands at the end.
func (b *Buffer) Set(text string) {
	b.text, b.history = text, history{}
	b.at, b.anchor = len(text), len(text)
}

// Replace replaces the text as one step of the history. The cursor stands at the start.
func (b *Buffer) Replace(text string) {
	if text == b.text {
		return
	}
	b.change(0, len(b.text), text, whole)
	b.MoveTo(0, false)
}

// MoveTo puts the cursor at the first place from there on that is between two
// characters. When the user is selecting, the other end of the selection stays.
func (b *Buffer) MoveTo(at int, selecting bool) {
	b.at = boundary(b.text, max(0, min(at, len(b.text))))
	if !selecting {
		b.anchor = b.at
	}
	b.history.close()
}

// SelectAll selects the text. The cursor stands at the end.
func (b *Buffer) SelectAll() {
	b.MoveTo(0, false)
	b.MoveTo(len(b.text), true)
}

// SelectWord selects the word at a place, or what stands between two words. In a secret it
// selects everything: no word may be seen there.
func (b *Buffer) SelectWord(at int) {
	if b.Secret {
		b.SelectAll()
		return
	}
	at = max(0, min(at, len(b.text)))
	if at == len(b.text) || b.text[at] == '\n' { // behind a line is its last word
		at = previous(b.text, at)
	}
	r, _ := utf8.DecodeRuneInString(b.text[at:])
	same := inWord
	if !inWord(r) {
		same = func(r rune) bool { return !inWord(r) && r != '\n' }
	}
	b.MoveTo(skipBack(b.text, at, same), false)
	b.MoveTo(skip(b.text, at, same), true)
}

// Type puts a typed text in the place of the selection. A run of typed characters is one
// step of the history, up to the next word.
func (b *Buffer) Type(text string) { b.put(text, typed) }

// Insert puts a text in the place of the selection, as one step of the history.
func (b *Buffer) Insert(text string) { b.put(text, whole) }

func (b *Buffer) put(text string, k kind) {
	from, to := b.Selection()
	if from != to {
		k = opens(k)
	}
	b.change(from, to, text, k)
}

// erase deletes the selection, or the text between the cursor and a place.
func (b *Buffer) erase(at int, k kind) {
	from, to := b.Selection()
	if from == to {
		from, to = min(b.at, at), max(b.at, at)
	} else {
		k = whole
	}
	b.change(from, to, "", k)
}

// change replaces a part of the text and puts the cursor behind it.
func (b *Buffer) change(from, to int, text string, k kind) {
	if from == to && text == "" {
		return
	}
	e := edit{at: from, removed: b.text[from:to], inserted: text, kind: k, before: span{b.at, b.anchor}}
	var out strings.Builder
	out.Grow(len(b.text) - (to - from) + len(text))
	out.WriteString(b.text[:from])
	out.WriteString(text)
	out.WriteString(b.text[to:])
	b.text = out.String()
	b.at = boundary(b.text, from+len(text))
	b.anchor = b.at
	e.after = span{b.at, b.anchor}
	if !b.Secret {
		b.history.add(e)
	}
}

// Undo takes the latest step back and reports whether there was one.
func (b *Buffer) Undo() bool {
	e, ok := b.history.undo()
	if ok {
		b.text = b.text[:e.at] + e.removed + b.text[e.at+len(e.inserted):]
		b.at, b.anchor = e.before.at, e.before.anchor
	}
	return ok
}

// Redo does again what Undo has taken back and reports whether there was anything.
func (b *Buffer) Redo() bool {
	e, ok := b.history.redo()
	if ok {
		b.text = b.text[:e.at] + e.inserted + b.text[e.at+len(e.removed):]
		b.at, b.anchor = e.after.at, e.after.anchor
	}
	return ok
}
