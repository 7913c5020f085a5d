package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth/find"
	"tokendesk/internal/terminal"
)

// burst is the message for a text that arrives at once and may end in an enter.
func burst(t *testing.T, text string) terminal.Burst {
	t.Helper()
	b := terminal.Burst{Text: text}
	for _, r := range text {
		if r == '\r' {
			b.Keys = append(b.Keys, keyPress(t, "enter"))
		} else {
			b.Keys = append(b.Keys, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	return b
}

// TestBurst: a text that arrives at once is typed only where a field has the cursor.
func TestBurst(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.send(burst(t, "ada@example.com\r"))
	equal(t, "the subject", d.entry().Draft.Subject, "ada@example.com")

	d.press("esc")
	equal(t, "typing", d.typing(), false)
	d.send(burst(t, "wrwybexr\r"))
	equal(t, "the tokens", d.ctx.Board.Len(), 1)
	equal(t, "dialogs", d.over(), "")
	equal(t, "copied", len(d.clip), 0)
	d.shows("no token was found in the pasted text")

	token := handmade(t, plainHeader, goodClaims("bob"))
	d.send(burst(t, token+"\r"))
	equal(t, "dialogs", d.over(), "offer")
	d.press("esc")
	d.form("Subject")
	d.send(burst(t, token+"\r"))
	equal(t, "dialogs", d.over(), "offer")
	equal(t, "the tokens", d.ctx.Board.Len(), 1)
	d.press("esc", "f4")
	d.send(burst(t, token+"\r"))
	d.shows("✓ valid", "bob")
}

func TestPasteTooLarge(t *testing.T) {
	t.Parallel()
	d := newDesktop(t)
	d.send(terminal.TooLarge{Bytes: 10 << 20})
	d.shows("the pasted text has 10485760 bytes, more than the maximum of 1048576, so it was not read")
	d.press("f5")
	d.hush()
	d.paste(strings.Repeat("a", find.MaxPasted+1))
	d.shows("the pasted text has 65537 bytes, more than the maximum of 65536, so it was not read")
}

// TestPastesLeaveTheKeyboard: whatever a paste holds, the next keys are keys.
func TestPastesLeaveTheKeyboard(t *testing.T) {
	t.Parallel()
	s := emulate(t, 100, 30)
	unfinished := []string{"line\x1b]0;title", "caf\xe9 \x9d", "\x1bPq", "\x1b_G", "\x1b^x", "\x1bXx", "\xe2\x82", "\x1b[1;5"}
	for _, text := range append(hostile(), unfinished...) {
		s.shows("such as ada@example.com")
		s.paste("z" + text)
		s.shows("not inserted: the text")
		s.press(ctrlU, "ada")
		s.shows("For        ada ")
		s.hides("not inserted")
		s.press(ctrlU)
	}
	s.press("\x1b[200~line\x1b]0;title") // and no end
	s.shows("not inserted: the text")
	s.press("\x1b[201~", "ada")
	s.shows("For        ada ")
}

// TestPasteWithoutMarks: a token in several lines, as a terminal delivers it that does
// not mark pastes, is read, and nothing in it is a key.
func TestPasteWithoutMarks(t *testing.T) {
	t.Parallel()
	token := handmade(t, plainHeader, goodClaims("ada"))
	s := emulate(t, 100, 30)
	s.shows("such as ada@example.com")
	s.press("\x1bOS") // Inspect
	s.shows("anything that holds a token")
	var folded strings.Builder
	for len(token) > 40 {
		folded.WriteString(token[:40] + enter)
		token = token[40:]
	}
	s.press(folded.String() + token + enter)
	s.shows("✓ valid", "ada")
	s.press(folded.String() + token + enter) // over a token, where every letter is a command
	s.shows("✓ valid", "ada")
	s.hides("was sent to the clipboard")
}

// TestWideCharacters: the cursor is behind what was typed.
func TestWideCharacters(t *testing.T) {
	t.Parallel()
	s := emulate(t, 110, 30)
	s.shows("such as ada@example.com")
	s.press("あいう")
	s.shows("あいう")
	x, _ := s.at("あいう")
	s.wait(func(string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.emulator.CursorPosition().X == x+6
	}, "the cursor is not at %d", x+6)
}
