package widget

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tokendesk/internal/visible"
)

// maxLines is less than the number of lines from which the text field of the library
// drops some.
const maxLines = 9000

// Refuse says why a field with room for so many characters, of several lines or of
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

// refusal returns the note of a field about a text that it did not take.
func refusal(err error) string { return "not inserted: " + err.Error() }

// belongsBefore reports whether a text is one combining mark or joiner. Keyboards of
// many scripts type these alone, and they are visible on the character before.
func belongsBefore(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size == len(text) && (unicode.Is(unicode.M, r) || r == '\u200c' || r == '\u200d')
}
