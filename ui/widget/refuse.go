package widget

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
	"tokendesk/ui/widget/buffer"
)

// maxLines is the most line breaks in one typed or pasted text.
const maxLines = 9000

// put puts the text of a key press or a paste into a buffer of one or of several lines,
// or does what the key means. The buffer holds at most that many characters. The note
// says why the text was changed or refused.
func put(b *buffer.Buffer, msg tea.Msg, limit int, lines bool) (note string) {
	text, insert := "", b.Type
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch text = m.Text; {
		case text != "":
		case lines && breaksLine(m):
			text = "\n"
		default:
			b.Press(m.Keystroke())
			return ""
		}
	case tea.PasteMsg:
		insert = b.Insert
		if text = strings.TrimRight(m.Content, "\r\n"); lines {
			text = unified(m.Content)
		} else if text != m.Content {
			note = "the line break at the end of the text was left out"
		}
	}
	room := limit - utf8.RuneCountInString(b.Text()) + utf8.RuneCountInString(b.Selected())
	if err := Refuse(text, room, lines); err != nil {
		return "not inserted: " + err.Error()
	}
	insert(text)
	return note
}

// breaksLine reports whether a key begins a new line.
func breaksLine(k tea.KeyPressMsg) bool {
	switch k.Keystroke() {
	case "enter", "shift+enter", "ctrl+j", "ctrl+m":
		return true
	}
	return false
}

// unified returns a text of several lines with the line breaks of a buffer, and with
// blanks instead of tabs. Terminals send line breaks as carriage returns.
func unified(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text)
}

// Refuse says why a field with room for that many characters, of several lines or of
// one, cannot take a text, or nil.
func Refuse(text string, room int, lines bool) error {
	if n := utf8.RuneCountInString(text); n > room {
		return fmt.Errorf("the text has %d characters, and there is room for %d", n, max(0, room))
	}
	if lines && strings.Count(text, "\n") > maxLines {
		return errors.New("the text has too many lines")
	}
	for i, r := range text {
		if lines && (r == '\n' || r == '\t') {
			continue
		}
		switch _, size := utf8.DecodeRuneInString(text[i:]); {
		case r == utf8.RuneError && size == 1:
			return errors.New("the text is not valid UTF-8")
		case r == '\n':
			return errors.New("the text has a line break")
		case unicode.IsControl(r):
			return fmt.Errorf("the text has a control character (%U)", r)
		}
	}
	if belongsBefore(text) {
		return nil
	}
	if plain := strings.ReplaceAll(text, "\t", " "); visible.Block(plain) != plain {
		return errors.New("the text has an invisible character")
	}
	return nil
}

// belongsBefore reports whether a text is one combining mark or joiner. Keyboards of
// many scripts type these alone, and they are visible on the character before.
func belongsBefore(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size == len(text) && (unicode.Is(unicode.M, r) || r == '\u200c' || r == '\u200d')
}
