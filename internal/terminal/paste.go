package terminal

import (
	"bytes"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// MaxPaste is how many bytes of a paste are kept at most. The largest text that the
// console takes, the document of the editor, is smaller.
const MaxPaste = 1 << 20

// pasteEnd is the mark at the end of a paste.
const pasteEnd = "\x1b[201~"

// paste is text that is being pasted. Nothing in it has a meaning but the mark at its
// end.
type paste struct {
	marked bool   // it began with a mark and ends with one
	data   []byte // at most so many as are kept
	size   int
	tail   []byte // the start of a mark, perhaps
}

// take takes bytes up to the mark at the end. It returns how many, with the mark, and
// whether the mark was there.
func (p *paste) take(in []byte) (n int, ended bool) {
	joined := slices.Concat(p.tail, in)
	if i := bytes.Index(joined, []byte(pasteEnd)); i >= 0 {
		n = i + len(pasteEnd) - len(p.tail)
		p.tail = nil
		p.add(joined[:i])
		return n, true
	}
	whole := len(joined) - overlap(joined)
	p.tail = joined[whole:]
	p.add(joined[:whole])
	return len(in), false
}

// overlap returns how many bytes at the end of p may be the start of the mark.
func overlap(p []byte) int {
	for n := min(len(pasteEnd)-1, len(p)); n > 0; n-- {
		if bytes.HasSuffix(p, []byte(pasteEnd[:n])) {
			return n
		}
	}
	return 0
}

func (p *paste) add(in []byte) {
	p.size += len(in)
	p.data = append(p.data, in[:min(len(in), MaxPaste-len(p.data))]...)
}

// message returns the message for the whole paste, or nil for an empty one.
func (p *paste) message() tea.Msg {
	p.add(p.tail)
	switch {
	case p.size == 0:
		return nil
	case p.size > MaxPaste:
		return TooLarge{Bytes: p.size}
	default:
		return tea.PasteMsg{Content: string(p.data)}
	}
}
