// Pastekeys shows how the input of Bubble Tea loses the keyboard: each paste has its two
// marks, and the keys behind it are "ok" and ctrl+c.
//
//	go run ./scripts/pastekeys
//
// It needs no terminal. It prints the messages that a program gets for each paste; where
// ctrl+c is missing, the program cannot be ended from the keyboard.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// waits is how long to wait for ctrl+c: Bubble Tea gives up on a sequence that is not
// complete after 50 milliseconds.
const waits = time.Second

func main() {
	for _, paste := range []string{
		"text", "line\x1b]0;title", "line\x1bPq", "line\x1b_G", "line\x1b^x", "line\x1bXx", "caf\xe9 \x9d", "\xe2\x82", "\x1b[1;5",
	} {
		messages := send("\x1b[200~"+paste+"\x1b[201~", "ok", "\x03")
		fmt.Printf("%-20q %s\n", paste, strings.Join(messages, ", "))
	}
}

// send types the texts into a program and returns the messages that it got.
func send(texts ...string) []string {
	ctx, cancel := context.WithTimeout(context.Background(), waits)
	defer cancel()
	in, keyboard := io.Pipe()
	go func() {
		for _, text := range texts {
			_, _ = io.WriteString(keyboard, text)
			time.Sleep(waits / 10)
		}
		<-ctx.Done()
		_ = keyboard.Close()
	}()
	shown := &messages{}
	program := tea.NewProgram(shown, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(io.Discard),
		tea.WithEnvironment(os.Environ()), tea.WithoutSignals(), tea.WithoutRenderer())
	_, _ = program.Run() // it ends by ctrl+c or when the time is over
	return shown.all
}

// messages is a program that keeps the messages it gets.
type messages struct{ all []string }

func (*messages) Init() tea.Cmd { return nil }

func (m *messages) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		m.all = append(m.all, fmt.Sprintf("paste %q", msg.Content))
	case tea.KeyPressMsg:
		m.all = append(m.all, msg.String())
		if msg.String() == "ctrl+c" {
			return m, tea.Quit
		}
	}
	return m, nil
}

func (*messages) View() tea.View { return tea.NewView("") }
