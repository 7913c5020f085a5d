package ui

import (
	"fmt"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/trace"
)

// traced returns the function that writes what kind of message was handled, and
// how long that took with the drawing.
func traced(log *trace.Log, msg tea.Msg) (done func()) {
	if log == nil {
		return func() {}
	}
	kind := fmt.Sprintf("%T", msg)
	if press, ok := msg.(tea.KeyPressMsg); ok {
		kind = "key " + keyName(press)
	}
	return log.Event(kind)
}

// keyName returns the name of a key that types nothing. One that could be a letter
// of a passphrase is a character.
func keyName(k tea.KeyPressMsg) string {
	keypad := k.Code >= tea.KeyKpEqual && k.Code <= tea.KeyKp9 || k.Code == tea.KeyKpSep
	ascii := k.Code <= unicode.MaxASCII && k.BaseCode <= unicode.MaxASCII
	switch {
	case k.Text != "" || keypad:
		return "character"
	case !unicode.IsPrint(k.Code) && !unicode.IsPrint(k.BaseCode), ascii && k.Mod == tea.ModCtrl:
		return k.Keystroke()
	default:
		return "character"
	}
}
