package terminal

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// The letters of a keyboard by their places: Latin, Russian with two Ukrainian letters, Greek.
const (
	latin    = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`s]"
	cyrillic = "йцукенгшщзхъфывапролджэячсмитьбюёії"
	greek    = ";ςερτυθιοπ[]ασδφγηξκλ;'ζχψωβνμ,.`σ]"
)

// Place returns the key of a US keyboard that is at the place of a key, or 0 if that is not
// known. Some terminals tell it; the letters of some other alphabets have places that are
// well known.
func Place(k tea.Key) rune {
	letter := unicode.ToLower(k.Code)
	if k.BaseCode != 0 {
		return k.BaseCode
	}
	if letter <= unicode.MaxASCII {
		return 0
	}
	places := []rune(latin)
	for _, layout := range []string{cyrillic, greek} {
		if before, _, ok := strings.Cut(layout, string(letter)); ok {
			return places[len([]rune(before))]
		}
	}
	return 0
}

// chord names a key that types nothing, such as ctrl+c, by the Latin letter on it, or else by
// its place: ctrl+c is the same chord on a keyboard that has no c.
func chord(event uv.Event) uv.Event {
	press, ok := event.(uv.KeyPressEvent)
	if !ok || press.Text != "" || !unicode.IsPrint(press.Code) {
		return event
	}
	if place := Place(tea.Key(press)); press.Code > unicode.MaxASCII && place != 0 {
		press.Code = place
	}
	press.BaseCode = 0
	return press
}
