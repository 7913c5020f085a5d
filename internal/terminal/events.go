package terminal

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// Burst is text that has arrived at once without the marks of a paste, in one or more
// lines of which only the last has ended. It was typed ahead, by a person over a slow
// connection or by a script; or it was pasted in a terminal that does not mark pastes.
// The program knows which: text is typed only where a text field has the cursor.
type Burst struct {
	Text string // the exact bytes
	Keys []tea.KeyPressMsg
}

// TooLarge is the message for a paste of more than [MaxPaste] bytes. It was counted and
// not kept.
type TooLarge struct{ Bytes int }

// decode returns the events of a token of kind text or key, decoded by the decoder of
// Bubble Tea. It returns none for a sequence without a meaning. A line feed is an enter
// that was typed before the program took the terminal.
func decode(token []byte, k kind) []uv.Event {
	if isEnter(token) {
		token = []byte{cr}
	}
	var decoder uv.EventDecoder
	var events []uv.Event
	for len(token) > 0 {
		n, event := decoder.Decode(token)
		switch e := event.(type) {
		case uv.MultiEvent:
			for _, each := range e {
				events = append(events, chord(each))
			}
		case nil, uv.UnknownEvent, uv.UnknownCsiEvent, uv.UnknownSs3Event, uv.UnknownOscEvent,
			uv.UnknownDcsEvent, uv.UnknownSosEvent, uv.UnknownPmEvent, uv.UnknownApcEvent:
		default:
			events = append(events, chord(e))
		}
		if k != text { // a key is one event, whatever the decoder leaves of its bytes
			break
		}
		token = token[max(1, n):]
	}
	return events
}

// isPasteStart reports whether a token begins a paste.
func isPasteStart(token []byte) bool {
	if token[0] != esc || token[len(token)-1] != '~' {
		return false
	}
	_, event := new(uv.EventDecoder).Decode(token)
	_, ok := event.(uv.PasteStartEvent)
	return ok
}

// isCtrlC reports whether events are ctrl+c, in whatever way the terminal sends it.
func isCtrlC(events []uv.Event) bool {
	if len(events) != 1 {
		return false
	}
	press, ok := events[0].(uv.KeyPressEvent)
	return ok && press.String() == "ctrl+c"
}
