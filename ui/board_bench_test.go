package ui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/desk"
	"tokendesk/settings"
)

// boardOf is a console with that many tokens on its board. The first quarter has
// expired, and the others expire one per second. Its terminal has 14 rows, which
// ten tokens fill, so the same number is drawn each time.
func boardOf(b *testing.B, tokens int) *Model {
	b.Helper()
	m := New(b.Context(), Config{Source: desk.Source{
		Load: func(settings.Options) (*settings.Settings, error) { return testSettings(b), nil },
		Now:  func() time.Time { return moment },
	}})
	issuer := auth.Issuer{Key: m.ctx.Desk.Key(), Now: func() time.Time { return moment.Add(-time.Hour) }}
	for i := range tokens {
		lifetime := time.Hour + time.Duration(i-tokens/4)*time.Second
		request := auth.Request{Subject: fmt.Sprintf("user%05d@example.com", i), Lifetime: max(time.Second, lifetime)}
		token, err := issuer.Issue(request)
		if err != nil {
			b.Fatal(err)
		}
		m.ctx.Board.Add(m.ctx.Desk.Inspect(desk.Read(token.Compact, find.MaxPasted), 0, moment))
	}
	m.Update(tea.WindowSizeMsg{Width: 110, Height: 14})
	m.Update(keyPress(b, "f3"))
	m.Update(keyPress(b, "home"))
	return m
}

// BenchmarkBoard measures a key press, a tick and drawing with that many
// tokens. A tick and a key are one Update, which draws too.
func BenchmarkBoard(b *testing.B) {
	down, up, end, home := keyPress(b, "down"), keyPress(b, "up"), keyPress(b, "end"), keyPress(b, "home")
	for _, tokens := range []int{10, 10_000, 100_000} {
		m := boardOf(b, tokens)
		run := func(name string, step func(int)) {
			b.Run(fmt.Sprintf("%s/tokens=%d", name, tokens), func(b *testing.B) {
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					step(n)
					n++
				}
			})
		}
		choose := func(first bool, one, other tea.Msg) tea.Msg {
			if first {
				return one
			}
			return other
		}
		tick := func(passed time.Duration) { m.Update(tickMsg{m.watch.ticks, moment.Add(passed)}) }
		run("key", func(n int) { m.Update(choose(n%20 < 10, down, up)) })
		run("ends", func(n int) { m.Update(choose(n%2 == 0, end, home)) })
		m.Update(home)
		// Back and forth, so that however many there are the board stays as it is: no
		// token expires between the two seconds.
		run("tick", func(n int) { tick(time.Duration(n%2) * 100 * time.Millisecond) })
		run("expiring", func(n int) { tick(time.Duration(n%8) * time.Second) })
		tick(0)
		run("view", func(int) { m.draw() })
	}
}

// BenchmarkBoardFile measures how long it takes until that many tokens of a text are on the
// board and drawn.
func BenchmarkBoardFile(b *testing.B) {
	for _, tokens := range []int{10_000, 100_000} {
		text := listOf(b, tokens)
		b.Run(fmt.Sprintf("tokens=%d", tokens), func(b *testing.B) {
			for b.Loop() {
				m := boardOf(b, 0)
				_, cmd := m.Update(tea.PasteMsg{Content: text})
				for cmd != nil {
					_, cmd = m.Update(cmd())
				}
				if m.ctx.Board.Len() != tokens {
					b.Fatal(m.ctx.Board.Len())
				}
			}
		})
	}
}
