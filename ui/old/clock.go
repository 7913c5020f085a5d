package old

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// tick returns the command that wakes at the next full second. The countdown
// is never decremented: each tick brings the time as the clock has it then, so
// that a suspend or a clock step cannot make it wrong.
func (m *Model) tick() tea.Cmd {
	generation, now := m.ticks, m.cfg.Now
	wait := time.Second - time.Duration(m.now.Nanosecond()) + time.Millisecond
	return tea.Tick(wait, func(time.Time) tea.Msg { return tickMsg{generation, now()} })
}

func (m *Model) onTick(msg tickMsg) tea.Cmd {
	if msg.generation != m.ticks {
		return nil
	}
	m.setNow(msg.now)
	if m.toast.over(m.now) {
		m.toast = toast{}
	}
	m.notice(m.told, m.now)
	m.told = m.now
	return m.tick()
}

// restartTicks begins a new chain after a suspend, at once.
func (m *Model) restartTicks() tea.Cmd {
	m.ticks++
	generation, now := m.ticks, m.cfg.Now
	return func() tea.Msg { return tickMsg{generation, now()} }
}

// toast is a sentence that goes away by itself.
type toast struct {
	text  string
	tone  tone
	until time.Time
}

const toastTime = 6 * time.Second

// over reports whether the toast has been shown for long enough. When the clock
// was put back it would stay, so that ends it too.
func (t toast) over(now time.Time) bool {
	return t.text != "" && (!now.Before(t.until) || t.until.Sub(now) > toastTime)
}

// say shows a sentence for a while. It returns no command: the ticks end it.
func (m *Model) say(t tone, text string) tea.Cmd {
	m.toast = toast{text, t, m.now.Add(toastTime)}
	m.said = m.toast
	return nil
}
