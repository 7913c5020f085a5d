package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/ui/board"
	"tokendesk/ui/frame"
)

// watch is the chain of ticks.
type watch struct {
	ticks int       // the generation of the chain
	told  time.Time // until when expiries have been reported
}

// tickMsg comes at every full second. One of an older generation is dropped: a new
// chain has replaced its own.
type tickMsg struct {
	generation int
	now        time.Time
}

// tick returns the command that waits for the next full second. The countdown is
// never decremented: each tick brings the time of the clock, so that a suspend or a
// clock step cannot make it wrong.
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
	m.messages.end(m.stack.screen(), m.ctx.Now)
	c := m.c()
	c.Screen = nil // whichever is in front
	c.Board.Verify(c.Now)
	all := []tea.Cmd{m.tick(), board.KeepAlive(c)}
	if gone := notice(c, m.watch.told, m.ctx.Now); gone > 0 {
		all = append(all, notification(m.wishes.Notify, gone, m.ctx.Env.Environ))
	}
	m.watch.told = m.ctx.Now
	if m.files.looks(m.ctx.Now) {
		all = append(all, m.files.look(c, m.stack.screen))
	}
	return tea.Batch(append(all, m.memory.keep(m, c))...)
}

// restartTicks starts a new chain after a suspend, with a tick at once.
func (m *Model) restartTicks() tea.Cmd {
	m.watch.ticks++
	generation, now := m.watch.ticks, m.ctx.Env.Clock
	return func() tea.Msg { return tickMsg{generation, now()} }
}

// notice says which tokens of the board have expired, or expire within a minute,
// since it last did. It returns how many have expired.
func notice(c *frame.Ctx, from, to time.Time) (gone int) {
	if entries := c.Board.Between(from, to, 0); len(entries) > 0 {
		frame.Tell(c, explain.Expired(tokens(entries)))
		return len(entries)
	}
	if entries := c.Board.Between(from, to, time.Minute); len(entries) > 0 {
		exp, _ := entries[0].Token.Date("exp")
		frame.Tell(c, explain.Expiring(tokens(entries), exp.Sub(to)))
	}
	return 0
}

func tokens(entries []*desk.Entry) []*auth.Token {
	all := make([]*auth.Token, len(entries))
	for i, e := range entries {
		all[i] = e.Token
	}
	return all
}
