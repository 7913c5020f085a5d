package ui

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
	"tokendesk/ui/dialog"
)

// onBurst types text that arrived at once if a text field has the cursor, as a script
// or type-ahead does. Elsewhere its letters would be commands, so there it is a paste. So
// is a token on a screen: nobody types one, and an enter behind it would issue another.
func (m *Model) onBurst(b terminal.Burst) tea.Cmd {
	isToken := len(m.stack.dialogs) == 0 && dialog.Tokens(b.Text) > 0
	if isToken || !m.Top().Typing() {
		return m.Top().Update(m.c(), tea.PasteMsg{Content: b.Text})
	}
	all := make([]tea.Cmd, len(b.Keys))
	for i, press := range b.Keys {
		all[i] = m.onKey(press)
		m.stack.layout(m.c(), m.size)
	}
	return tea.Batch(all...)
}
