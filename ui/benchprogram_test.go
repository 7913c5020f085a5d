package ui

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

const benchColumns, benchRows = 110, 30

// benchMark is in the first frame of the console and of the bare program, and
// in nothing that is written before it.
const benchMark = "New token"

// benchBare is the smallest program with something to do: a line, and a tick
// every second that changes it.
type benchBare struct{ ticks int }

type benchTick struct{}

func (benchBare) next() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return benchTick{} })
}

func (m benchBare) Init() tea.Cmd { return m.next() }

func (m benchBare) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case benchTick:
		m.ticks++
		return m, m.next()
	case tea.KeyPressMsg:
		m.ticks++
		if msg.String() == "ctrl+c" {
			return m, tea.Quit
		}
	}
	return m, nil
}

func (m benchBare) View() tea.View {
	v := tea.NewView(benchMark + " " + strconv.Itoa(m.ticks))
	v.AltScreen = true
	return v
}

// benchScreen is the output of a program. It tells when a text came, and
// answers queries as a terminal does when it is given somewhere to write to.
type benchScreen struct {
	mu      sync.Mutex
	wanted  string
	seen    chan struct{}
	answers io.Writer
}

func newBenchScreen(answers io.Writer) *benchScreen {
	return &benchScreen{seen: make(chan struct{}, 1), answers: answers}
}

// want arms the screen: seen fires at the next write that holds the text, or
// with an empty text at the next write.
func (s *benchScreen) want(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.seen:
	default:
	}
	s.wanted = "\x00" + text
}

func (s *benchScreen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.answers != nil {
		for query, answer := range map[string]string{
			"\x1b]11;?":    "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
			"\x1b[?2026$p": "\x1b[?2026;2$y",
			"\x1b[?2027$p": "\x1b[?2027;2$y",
		} {
			if bytes.Contains(p, []byte(query)) {
				_, _ = io.WriteString(s.answers, answer)
			}
		}
	}
	if text, armed := strings.CutPrefix(s.wanted, "\x00"); armed && bytes.Contains(p, []byte(text)) {
		s.wanted = ""
		s.seen <- struct{}{}
	}
	return len(p), nil
}

func (s *benchScreen) wait(b *testing.B) {
	b.Helper()
	select {
	case <-s.seen:
	case <-time.After(10 * time.Second):
		b.Fatal("nothing came to the screen")
	}
}

// benchProgram runs a model in this process, on a pipe and a screen.
type benchProgram struct {
	program *tea.Program
	screen  *benchScreen
	keys    *os.File // what is typed
	in      *os.File
	done    chan struct{}
}

func benchRun(b *testing.B, fps int, answering bool, model func() tea.Model) *benchProgram {
	b.Helper()
	in, keys, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	p := &benchProgram{keys: keys, in: in, done: make(chan struct{})}
	p.screen = newBenchScreen(nil)
	if answering {
		p.screen.answers = keys
	}
	p.screen.want(benchMark)
	p.program = tea.NewProgram(model(),
		tea.WithContext(context.Background()),
		tea.WithInput(in),
		tea.WithOutput(p.screen),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}),
		tea.WithWindowSize(benchColumns, benchRows),
		tea.WithFPS(fps),
		tea.WithoutSignalHandler(),
	)
	go func() {
		defer close(p.done)
		_, _ = p.program.Run()
	}()
	return p
}

func (p *benchProgram) end() {
	p.program.Kill()
	<-p.done
	_ = p.keys.Close()
	_ = p.in.Close()
}

// BenchmarkFirstFrame is the time from making the program to the bytes of its
// first frame. A terminal that answers no query is the usual case here, as it
// is in a script, over a slow line, or under an old multiplexer.
func BenchmarkFirstFrame(b *testing.B) {
	cfg := benchConfig(b, nil)
	for _, fps := range []int{30, 60, 120} {
		for _, terminal := range []string{"silent", "answering"} {
			for _, program := range []string{"bare", "console"} {
				b.Run(fmt.Sprintf("fps=%d/%s/%s", fps, terminal, program), func(b *testing.B) {
					for b.Loop() {
						p := benchRun(b, fps, terminal == "answering", func() tea.Model {
							if program == "bare" {
								return benchBare{}
							}
							return New(b.Context(), cfg)
						})
						p.screen.wait(b)
						b.StopTimer()
						p.end()
						b.StartTimer()
					}
				})
			}
		}
	}
}

// BenchmarkKeyToScreen is the time from a key press to the bytes that show it,
// at moments that have nothing to do with the frames.
func BenchmarkKeyToScreen(b *testing.B) {
	for _, fps := range []int{30, 60, 120} {
		for _, program := range []string{"bare", "console"} {
			b.Run(fmt.Sprintf("fps=%d/%s", fps, program), func(b *testing.B) {
				cfg := benchConfig(b, nil)
				p := benchRun(b, fps, false, func() tea.Model {
					if program == "bare" {
						return benchBare{}
					}
					return New(b.Context(), cfg)
				})
				defer p.end()
				p.screen.wait(b)
				n := 0
				for b.Loop() {
					b.StopTimer()
					n++
					time.Sleep(40*time.Millisecond + time.Duration(n*7919%34)*time.Millisecond)
					p.screen.want("")
					key := "a"
					if n%40 > 20 {
						key = "\x7f" // backspace, or the field would be full one day
					}
					b.StartTimer()
					_, _ = io.WriteString(p.keys, key)
					p.screen.wait(b)
				}
			})
		}
	}
}
