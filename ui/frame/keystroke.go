package frame

import (
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
)

// Names returns the names by which a key is looked for in the key table, the best first. While
// the user types into a text field it is the key itself. Elsewhere a letter of another alphabet
// is also the Latin one at its place, and a capital letter also the small one: no action is a
// capital letter, and CapsLock may be on.
func Names(msg tea.KeyPressMsg, typing bool) []string {
	names := []string{msg.String()}
	r, size := utf8.DecodeRuneInString(msg.Text)
	if typing || size == 0 || size != len(msg.Text) {
		return names
	}
	isShifted := unicode.IsUpper(r) && !msg.Mod.Contains(tea.ModCapsLock)
	if place := terminal.Place(tea.Key(msg)); place != 0 && !isLatin(r) {
		r = place
		if isShifted && r == ';' {
			r = ':'
		}
		names = append(names, string(r))
	}
	if small := unicode.ToLower(r); small != r && (r != 'G' || !isShifted) { // G went to the end, and g goes to the top
		names = append(names, string(small))
	}
	return names
}

func isLatin(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// IsModifier reports whether a key does nothing alone, such as shift.
func IsModifier(msg tea.KeyPressMsg) bool {
	switch msg.Code {
	case tea.KeyCapsLock, tea.KeyScrollLock, tea.KeyNumLock:
		return true
	default:
		return msg.Code >= tea.KeyLeftShift && msg.Code <= tea.KeyIsoLevel5Shift
	}
}
