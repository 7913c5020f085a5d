package widget

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
)

// maxLines is less than the number of lines from which the text field of the library
// drops some.
const maxLines = 9000

// accept returns the message as a field takes it that has room for that many characters,
// of several lines or of one, and a note on the text that was changed. If the field
// refuses the text, the message is nil and the note says why.
func accept(msg tea.Msg, room int, lines bool) (accepted tea.Msg, note string) {
	text := ""
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		text = m.Text
	case tea.PasteMsg:
		text = strings.TrimRight(m.Content, "\r\n")
		if lines {
			text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(m.Content) // as terminals send line breaks
		} else if text != m.Content {
			note = "the line break at the end of the text was left out"
		}
		msg = tea.PasteMsg{Content: text}
	}
	if err := Refuse(text, room, lines); err != nil {
		return nil, "not inserted: " + err.Error()
	}
	return msg, note
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
