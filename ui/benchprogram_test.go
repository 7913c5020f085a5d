package ui

import (
	"bytes"
	"context"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/terminal"
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

// benchCase is a program and how it is drawn.
type benchCase struct {
	program string // bare or console
	fps     int    // how often it looks for something to draw; 0 is [terminal.Paced]
}

func benchCases() []benchCase {
	return []benchCase{{"bare", 60}, {"console", 60}, {"console", 120}, {"console", 0}}
}

func (c benchCase) String() string {
	if c.fps == 0 {
		return c.program + "/paced"
	}
	return c.program + "/" + strconv.Itoa(c.fps)
}

// model makes the model of the program.
func (c benchCase) model(b *testing.B, cfg Config) tea.Model {
	b.Helper()
	if c.program == "bare" {
		return benchBare{}
	}
	return New(b.Context(), cfg)
}

// run makes the program.
func (c benchCase) run(m tea.Model, options ...tea.ProgramOption) *tea.Program {
	if c.fps > 0 {
		return tea.NewProgram(m, append(options, tea.WithFPS(c.fps))...)
	}
	paced := terminal.NewPaced(m)
	program := tea.NewProgram(paced, append(options, tea.WithFPS(framesPerSecond))...)
	paced.Drive(program)
	return program
}

// benchProgram runs a model in this process, on a pipe and a screen.
type benchProgram struct {
	program *tea.Program
	screen  *benchScreen
	keys    *os.File // what is typed
	in      *os.File
	done    chan struct{}
}

func benchRun(b *testing.B, c benchCase, answering bool, cfg Config) *benchProgram {
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
	p.program = c.run(c.model(b, cfg),
		tea.WithContext(context.Background()),
		tea.WithInput(in),
		tea.WithOutput(p.screen),
		tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}),
		tea.WithWindowSize(benchColumns, benchRows),
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
	for _, c := range benchCases() {
		for _, terminal := range []string{"silent", "answering"} {
			b.Run(c.String()+"/"+terminal, func(b *testing.B) {
				for b.Loop() {
					p := benchRun(b, c, terminal == "answering", cfg)
					p.screen.wait(b)
					b.StopTimer()
					p.end()
					b.StartTimer()
				}
			})
		}
	}
}

// BenchmarkKeyToScreen is the time from a key press to the bytes that show it,
// at moments that have nothing to do with the frames.
func BenchmarkKeyToScreen(b *testing.B) {
	for _, c := range benchCases() {
		b.Run(c.String(), func(b *testing.B) {
			p := benchRun(b, c, false, benchConfig(b, nil))
			defer p.end()
			p.screen.wait(b)
			var took []time.Duration
			for b.Loop() {
				b.StopTimer()
				n := len(took) + 1
				time.Sleep(40*time.Millisecond + time.Duration(n*7919%34)*time.Millisecond)
				p.screen.want("")
				key := "a"
				if n%40 > 20 {
					key = "\x7f" // backspace, or the field would be full one day
				}
				b.StartTimer()
				begin := time.Now()
				_, _ = io.WriteString(p.keys, key)
				p.screen.wait(b)
				took = append(took, time.Since(begin))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}
