package buffer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Press does what a key means and reports whether it means anything. The keys are those
// of readline. With shift, a key that moves selects.
func (b *Buffer) Press(key string) bool {
	switch key {
	case "ctrl+z", "ctrl+_":
		b.Undo()
		return true
	case "alt+z", "ctrl+shift+z":
		b.Redo()
		return true
	case "ctrl+g":
		b.SelectAll()
		return true
	case "alt+u", "alt+l", "alt+c":
		b.recase(key)
		return true
	}
	key, shifted := unshifted(key)
	if b.Secret {
		key = wordless(key)
	}
	if to := movement(key); to != nil {
		b.move(to, key, shifted)
		return true
	}
	to, k := deletion(key)
	if to != nil {
		b.erase(to(b.text, b.at), k)
	}
	return to != nil
}

// move moves the cursor. An arrow leaves the selection at its end on that side.
func (b *Buffer) move(to motion, key string, selecting bool) {
	from, end := b.Selection()
	switch {
	case from == end || selecting:
		b.MoveTo(to(b.text, b.at), selecting)
	case key == "left" || key == "ctrl+b":
		b.MoveTo(from, false)
	case key == "right" || key == "ctrl+f":
		b.MoveTo(end, false)
	default:
		b.MoveTo(to(b.text, b.at), false)
	}
}

// unshifted returns a key without shift, and whether it had it.
func unshifted(key string) (name string, shifted bool) {
	name = strings.Replace(key, "shift+", "", 1)
	return name, name != key
}

// wordless returns what a key means in a secret, where a word is the whole line.
func wordless(key string) string {
	switch key {
	case "ctrl+left", "alt+left", "alt+b":
		return "home"
	case "ctrl+right", "alt+right", "alt+f":
		return "end"
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		return "ctrl+u"
	case "alt+d", "alt+delete", "ctrl+delete":
		return "ctrl+k"
	}
	return key
}

// movement returns where a key moves the cursor, or nil.
func movement(key string) motion {
	switch key {
	case "left", "ctrl+b":
		return previous
	case "right", "ctrl+f":
		return Next
	case "ctrl+left", "alt+left", "alt+b":
		return wordStart
	case "ctrl+right", "alt+right", "alt+f":
		return wordEnd
	case "home", "ctrl+a":
		return lineStart
	case "end", "ctrl+e":
		return lineEnd
	case "ctrl+home", "alt+<":
		return textStart
	case "ctrl+end", "alt+>":
		return textEnd
	}
	return nil
}

// deletion returns how far a key deletes, or nil, and whether a run of it is one step.
func deletion(key string) (motion, kind) {
	switch key {
	case "backspace", "ctrl+h":
		return previous, erased
	case "delete", "ctrl+d":
		return Next, erased
	case "ctrl+w":
		return blankStart, whole
	case "alt+backspace", "ctrl+backspace":
		return wordStart, whole
	case "alt+d", "alt+delete", "ctrl+delete":
		return wordEnd, whole
	case "ctrl+u":
		return killStart, whole
	case "ctrl+k":
		return killEnd, whole
	}
	return nil, whole
}

// recase writes the next word in upper case (alt+u), in lower case (alt+l), or with a
// capital (alt+c).
func (b *Buffer) recase(key string) {
	if b.Secret {
		return
	}
	end := wordEnd(b.text, b.at)
	word := b.text[b.at:end]
	switch key {
	case "alt+u":
		word = strings.ToUpper(word)
	case "alt+l":
		word = strings.ToLower(word)
	default:
		start := skip(word, 0, func(r rune) bool { return !inWord(r) })
		r, size := utf8.DecodeRuneInString(word[start:])
		if size > 0 {
			word = word[:start] + string(unicode.ToTitle(r)) + strings.ToLower(word[start+size:])
		}
	}
	if word == b.text[b.at:end] {
		b.MoveTo(end, false)
		return
	}
	b.change(b.at, end, word, whole)
}
