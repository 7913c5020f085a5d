package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/jsontext"
	"tokendesk/desk"
)

// The benchmarks of the console. docs/benchmarks.md says how to run them and
// has their results. Each also measures a bare Bubble Tea program that does the
// same, because only the ratio can be compared between machines.

// benchConfig is a console with a .env, as a project has one.
func benchConfig(b *testing.B, now func() time.Time) Config {
	b.Helper()
	file := filepath.Join(b.TempDir(), ".env")
	text := "SECRET_KEY=" + strings.Repeat("bench-", 8) + "\nPROJECT_NAME=Job Board\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return Config{
		Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor"},
		Source: desk.Source{
			File: file, Explicit: true, Now: now, Lookup: func(string) (string, bool) { return "", false },
		},
	}
}

// benchModel is a console of the usual size at a fixed time.
func benchModel(b *testing.B) *Model {
	b.Helper()
	m := New(b.Context(), benchConfig(b, func() time.Time { return moment }))
	if m.ctx.Desk.Key() == nil {
		b.Fatal("there is no key:", m.ctx.Desk.Problem())
	}
	m.Update(tea.WindowSizeMsg{Width: benchColumns, Height: benchRows})
	return m
}

// BenchmarkScreens is an Update by a tick or a key, which draws too, of each
// screen with a token on it.
func BenchmarkScreens(b *testing.B) {
	issued := func(b *testing.B) *Model {
		b.Helper()
		m := benchModel(b)
		for _, r := range "ada@example.com" {
			m.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		_, issue := m.Update(keyPress(b, "enter"))
		m.Update(issue())
		if m.ctx.Board.Len() != 1 {
			b.Fatal("no token was issued")
		}
		return m
	}
	for _, screen := range []struct {
		name string
		make func(*testing.B) *Model
		keys [2]tea.KeyPressMsg // one for a while, then the other
	}{
		{"form", benchModel, [2]tea.KeyPressMsg{keyPress(b, "a"), keyPress(b, "backspace")}},
		{"token", issued, [2]tea.KeyPressMsg{keyPress(b, "down"), keyPress(b, "up")}},
		{"edit", func(b *testing.B) *Model {
			b.Helper()
			m := issued(b)
			m.Update(keyPress(b, "e"))
			return m
		}, [2]tea.KeyPressMsg{keyPress(b, "right"), keyPress(b, "left")}},
	} {
		run := func(name string, step func(m *Model, n int)) {
			b.Run(screen.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				m := screen.make(b)
				n := 0
				for b.Loop() {
					n++
					step(m, n)
				}
			})
		}
		run("tick", func(m *Model, n int) {
			m.Update(tickMsg{m.watch.ticks, moment.Add(time.Duration(n%1000) * time.Second)})
		})
		run("key", func(m *Model, n int) { m.Update(screen.keys[n/10%2]) })
	}
}

// BenchmarkInspect is a pasted text until its token is on the screen. The
// console takes 64 KiB; package auth has the benchmark of a token of 1 MiB.
func BenchmarkInspect(b *testing.B) {
	m := benchModel(b)
	m.Update(keyPress(b, "f4"))
	issuer := auth.Issuer{Key: m.ctx.Desk.Key(), Now: func() time.Time { return moment }}
	token := func(size int) string {
		claims := auth.Object{}.Set("note", jsontext.Quote(strings.Repeat("a", size)))
		made, err := issuer.Issue(auth.Request{Subject: "ada@example.com", Claims: claims})
		if err != nil {
			b.Fatal(err)
		}
		return made.Compact
	}
	usual, largest := token(100), token(find.MaxPasted*3/4-400)
	for _, text := range []struct {
		name, text string
		valid      bool
	}{
		{"usual", usual, true},
		{"curl", "curl -H 'Authorization: Bearer " + usual + "' https://api.example.com/", true},
		{"64KiB", largest, true},
		{"64KiB-no-token", strings.Repeat("no token here ", find.MaxPasted/14), false},
		{"1MiB-refused", strings.Repeat("eyJh.", 1<<20/5), false},
		{"64MiB-refused", strings.Repeat("eyJh.", 64<<20/5), false},
	} {
		b.Run(text.name, func(b *testing.B) {
			b.SetBytes(int64(len(text.text)))
			for b.Loop() {
				_, read := m.Update(pasteOf(text.text))
				m.Update(read())
			}
			if shown := ansi.Strip(m.View().Content); strings.Contains(shown, "● active") != text.valid {
				b.Fatalf("it shows\n%s", shown)
			}
		})
	}
}

// BenchmarkClaims is a key or a tick while a token with thousands of claims is shown, or
// one with a claim that fills it.
func BenchmarkClaims(b *testing.B) {
	for _, of := range []struct{ name, claims string }{
		{"few", `{"sub":"ada","role":"admin","scopes":["read","write"]}`},
		{"thousands", `{"sub":"ada",` + manyMembers(3000) + `}`},
		{"large", `{"sub":"ada","note":"` + strings.Repeat("a", 48000) + `"}`},
		{"array", `{"sub":"ada","list":[` + strings.Repeat("1,", 20000) + `1]}`},
	} {
		b.Run(of.name, func(b *testing.B) {
			m := benchModel(b)
			m.Update(keyPress(b, "f4"))
			_, read := m.Update(pasteOf(handmade(b, plainHeader, of.claims)))
			m.Update(read())
			keys := [2]tea.KeyPressMsg{keyPress(b, "down"), keyPress(b, "up")}
			b.Run("key", func(b *testing.B) {
				n := 0
				for b.Loop() {
					n++
					m.Update(keys[n/4%2])
				}
			})
			b.Run("fold", func(b *testing.B) {
				for b.Loop() {
					m.Update(keyPress(b, "f"))
				}
			})
			b.Run("tick", func(b *testing.B) {
				n := 0
				for b.Loop() {
					n++
					m.Update(tickMsg{m.watch.ticks, moment.Add(time.Duration(n%20) * time.Second)})
				}
			})
		})
	}
}
