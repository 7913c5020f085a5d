package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/internal/phrase"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// watch is the chain of ticks, and what was told about the board.
type watch struct {
	ticks int       // the generation of the chain
	told  time.Time // up to when expiries were told
}

// tickMsg comes at every full second. One of an older generation is dropped: its
// chain was replaced.
type tickMsg struct {
	generation int
	now        time.Time
}

// tick returns the command that wakes at the next full second. The countdown is
// never decremented: each tick brings the time as the clock has it then, so that
// a suspend or a clock step cannot make it wrong.
func (m *Model) tick() tea.Cmd {
	generation, now := m.watch.ticks, m.ctx.Env.Clock
	wait := time.Second - time.Duration(m.ctx.Now.Nanosecond()) + time.Millisecond
	return tea.Tick(wait, func(time.Time) tea.Msg { return tickMsg{generation, now()} })
}

func (m *Model) onTick(msg tickMsg) tea.Cmd {
	if msg.generation != m.watch.ticks {
		return nil
	}
	m.ctx.Now = msg.now
	m.messages.end(m.ctx.Now)
	notice(m.c(), m.watch.told, m.ctx.Now)
	m.watch.told = m.ctx.Now
	return m.tick()
}

// restartTicks begins a new chain after a suspend, at once.
func (m *Model) restartTicks() tea.Cmd {
	m.watch.ticks++
	generation, now := m.watch.ticks, m.ctx.Env.Clock
	return func() tea.Msg { return tickMsg{generation, now()} }
}

// notice says which tokens of the board have expired, or are about to, since the
// last look.
func notice(c *frame.Ctx, from, to time.Time) {
	if entries := c.Board.Between(from, to, 0); len(entries) > 0 {
		c.Say(widget.Bad, who(entries)+" expired")
		return
	}
	if entries := c.Board.Between(from, to, time.Minute); len(entries) > 0 {
		exp, _ := entries[0].Token.Date("exp")
		left := time.Unix(exp.Seconds, 0).Sub(to).Round(time.Second)
		c.Say(widget.Warn, who(entries)+" expires in "+auth.FormatDuration(left))
	}
}

func who(entries []*desk.Entry) string {
	if len(entries) > 1 {
		return phrase.Count(len(entries), "token", "tokens") + " on the board"
	}
	if subject := entries[0].Token.Subject(); subject != "" {
		return "the token for " + subject
	}
	return "a token"
}
