package old

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/auth/jsontext"
	"tokendesk/settings"
)

// The benchmarks of the console. docs/benchmarks.md says how to run them and
// what they printed. What is measured stands beside the same thing done by a
// bare Bubble Tea program, so that the ratio is what counts.

const benchColumns, benchRows = 110, 30

// benchMark is in the first frame of the console and of the bare program, and
// in nothing that is written before it.
const benchMark = "New token"

var benchTime = time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)

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

// benchConfig is a console with a .env, as a project has one.
func benchConfig(b *testing.B, now func() time.Time) Config {
	b.Helper()
	file := filepath.Join(b.TempDir(), ".env")
	text := "SECRET_KEY=" + strings.Repeat("bench-", 8) + "\nPROJECT_NAME=Job Board\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	none := func(string) (string, bool) { return "", false }
	return Config{
		Load: func() (*settings.Settings, error) {
			return settings.Load(settings.Options{File: file, Explicit: true, Lookup: none})
		},
		Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor"},
		Now:     now,
	}
}

// benchModel is a console of the usual size at a fixed time.
func benchModel(b *testing.B) *Model {
	b.Helper()
	m := New(benchConfig(b, func() time.Time { return benchTime }))
	if m.screen != screenIssue {
		b.Fatal("there is no key:", m.loadErr)
	}
	m.Update(tea.WindowSizeMsg{Width: benchColumns, Height: benchRows})
	return m
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
							return New(cfg)
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
					return New(cfg)
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

// benchEnv makes this test binary a program on a terminal of its own: a name
// and a frame rate.
const benchEnv = "TOKENDESK_BENCH"

// BenchmarkChild is not for people: BenchmarkIdle and BenchmarkTyping start it
// as a process, so that they can tell how much processor time it took.
func BenchmarkChild(b *testing.B) {
	program, fps, ok := strings.Cut(os.Getenv(benchEnv), ",")
	if !ok {
		b.Skip("is run by other benchmarks")
	}
	rate, err := strconv.Atoi(fps)
	if err != nil {
		b.Fatal(err)
	}
	var model tea.Model = benchBare{}
	if program == "console" {
		model = New(benchConfig(b, nil))
	}
	if _, err := tea.NewProgram(model, tea.WithFPS(rate)).Run(); err != nil {
		b.Fatal(err)
	}
}

// benchChild is such a process.
type benchChild struct {
	cmd      *exec.Cmd
	terminal *os.File
	screen   *benchScreen
}

func benchStart(b *testing.B, cmd *exec.Cmd) *benchChild {
	b.Helper()
	if runtime.GOOS == "windows" {
		b.Skip("needs a pseudo-terminal")
	}
	c := &benchChild{cmd: cmd, screen: newBenchScreen(nil)}
	c.screen.want(benchMark)
	c.cmd.Env = append(cmd.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	terminal, err := pty.StartWithSize(c.cmd, &pty.Winsize{Rows: benchRows, Cols: benchColumns})
	if err != nil {
		b.Fatal(err)
	}
	c.terminal = terminal
	go func() { _, _ = io.Copy(c.screen, terminal) }()
	c.screen.wait(b)
	return c
}

// benchSelf starts this test binary as BenchmarkChild. The console has a token
// that counts down.
func benchSelf(b *testing.B, program string, fps int) *benchChild {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.CommandContext(b.Context(), self, "-test.run=^$", "-test.bench=^BenchmarkChild$", "-test.benchtime=1x")
	cmd.Env = append(os.Environ(), benchEnv+"="+program+","+strconv.Itoa(fps))
	c := benchStart(b, cmd)
	if program == "console" {
		c.screen.want("verified")
		c.send("ada@example.com\r")
		c.screen.wait(b)
	}
	return c
}

func (c *benchChild) send(keys string) { _, _ = io.WriteString(c.terminal, keys) }

// end leaves the program and returns the processor time it took in all.
func (c *benchChild) end() time.Duration {
	c.send("\x03")
	_ = c.cmd.Wait()
	_ = c.terminal.Close()
	return c.cmd.ProcessState.UserTime() + c.cmd.ProcessState.SystemTime()
}

// BenchmarkIdle is the processor time of a second in which nobody does
// anything but the clock: user and system time of a process that is left alone,
// less that of one which ends at once.
func BenchmarkIdle(b *testing.B) {
	const short, long = 500 * time.Millisecond, 8500 * time.Millisecond
	for _, fps := range []int{30, 60, 120} {
		for _, program := range []string{"bare", "console"} {
			b.Run(fmt.Sprintf("fps=%d/%s", fps, program), func(b *testing.B) {
				var used time.Duration
				seconds := 0.0
				for b.Loop() {
					for _, wait := range []time.Duration{short, long} {
						c := benchSelf(b, program, fps)
						time.Sleep(wait)
						if wait == short {
							used -= c.end()
						} else {
							used += c.end()
						}
					}
					seconds += (long - short).Seconds()
				}
				b.ReportMetric(float64(used.Microseconds())/seconds, "cpu-µs/s")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// BenchmarkTyping is the processor time of a second of very fast typing, 200
// keys of it, counted as BenchmarkIdle counts.
func BenchmarkTyping(b *testing.B) {
	const keys, gap = 800, 5 * time.Millisecond
	for _, fps := range []int{30, 60, 120} {
		for _, program := range []string{"bare", "console"} {
			b.Run(fmt.Sprintf("fps=%d/%s", fps, program), func(b *testing.B) {
				var used time.Duration
				seconds := 0.0
				for b.Loop() {
					used -= benchSelf(b, program, fps).end()
					c := benchSelf(b, program, fps)
					c.send("n") // from the token back to the form
					time.Sleep(100 * time.Millisecond)
					next := time.NewTicker(gap)
					for i := range keys {
						<-next.C
						if i%40 > 20 {
							c.send("\x7f")
						} else {
							c.send("a")
						}
					}
					next.Stop()
					used += c.end()
					seconds += (keys * gap).Seconds()
				}
				b.ReportMetric(float64(used.Microseconds())/seconds, "cpu-µs/s")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// BenchmarkStart is the time from starting a process to the bytes of its first
// frame, for the built program and for the bare one.
func BenchmarkStart(b *testing.B) {
	if runtime.GOOS == "windows" {
		b.Skip("needs a pseudo-terminal")
	}
	dir := b.TempDir()
	bare, console := filepath.Join(dir, "bare"), filepath.Join(dir, "tokendesk")
	source := filepath.Join(dir, "bare.go")
	if err := os.WriteFile(source, []byte(benchBareSource), 0o600); err != nil {
		b.Fatal(err)
	}
	for program, from := range map[string]string{bare: source, console: "tokendesk"} {
		build := exec.CommandContext(b.Context(), "go", "build", "-o", program, from)
		if text, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, text)
		}
	}
	env := filepath.Join(dir, ".env")
	if err := os.WriteFile(env, []byte("SECRET_KEY="+strings.Repeat("bench-", 8)+"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	for _, program := range []string{bare, console} {
		b.Run(filepath.Base(program), func(b *testing.B) {
			for b.Loop() {
				cmd := exec.CommandContext(b.Context(), program)
				cmd.Dir = dir
				c := benchStart(b, cmd)
				b.StopTimer()
				c.end()
				b.StartTimer()
			}
		})
	}
}

// benchBareSource is benchBare as a program.
const benchBareSource = `package main

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"
)

type model struct{ ticks int }

func (model) next() tea.Cmd {
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return t })
}

func (m model) Init() tea.Cmd { return m.next() }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case time.Time:
		m.ticks++
		return m, m.next()
	case tea.KeyPressMsg:
		return m, tea.Quit
	}
	return m, nil
}

func (m model) View() tea.View {
	v := tea.NewView("` + benchMark + ` " + strconv.Itoa(m.ticks))
	v.AltScreen = true
	return v
}

func main() { _, _ = tea.NewProgram(model{}).Run() }
`

// benchBoard is a console whose board holds so many tokens. The first of them
// have expired, and the others go on expiring, a second apart.
func benchBoard(b *testing.B, tokens int) *Model {
	b.Helper()
	m := benchModel(b)
	issuer := m.desk.issuer
	issuer.Now = func() time.Time { return benchTime.Add(-time.Hour) }
	for i := range tokens {
		lifetime := time.Hour + time.Duration(i-tokens/4)*time.Second
		token, err := issuer.Issue(auth.Request{Subject: fmt.Sprintf("user%05d@example.com", i), Lifetime: max(time.Second, lifetime)})
		if err != nil {
			b.Fatal(err)
		}
		m.board.add(m.desk.enter(token, draft{subject: token.Subject(), lifetime: "1h"}, benchTime))
	}
	m.goTo(screenBoard)
	m.board.move(-tokens, benchTime)
	return m
}

// BenchmarkBoard is what a key press, a tick and drawing cost with that many
// tokens. A tick and a key are one Update and the View that follows it. The
// terminal has 14 rows, which ten tokens fill, so that as many are drawn each
// time.
func BenchmarkBoard(b *testing.B) {
	down, up := tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyUp}
	end, home := tea.KeyPressMsg{Code: tea.KeyEnd}, tea.KeyPressMsg{Code: tea.KeyHome}
	for _, tokens := range []int{10, 1_000, 10_000} {
		m := benchBoard(b, tokens)
		m.Update(tea.WindowSizeMsg{Width: benchColumns, Height: 14})
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
		run("key", func(n int) {
			key := down
			if n%20 >= 10 {
				key = up
			}
			m.Update(key)
			_ = m.View()
		})
		run("ends", func(n int) {
			key := end
			if n%2 == 1 {
				key = home
			}
			m.Update(key)
			_ = m.View()
		})
		m.Update(home)
		run("tick", func(n int) {
			// Back and forth, so that however many there are the board stays
			// as it is: no token expires between the two seconds.
			m.Update(tickMsg{m.ticks, benchTime.Add(time.Duration(n%2) * 100 * time.Millisecond)})
			_ = m.View()
		})
		run("expiring", func(n int) {
			m.Update(tickMsg{m.ticks, benchTime.Add(time.Duration(n%8) * time.Second)})
			_ = m.View()
		})
		m.Update(tickMsg{m.ticks, benchTime})
		run("view", func(int) { _ = m.View() })
	}
}

// BenchmarkScreens is an Update by a tick, a key, and a View of each screen
// with a token on it.
func BenchmarkScreens(b *testing.B) {
	issued := func(b *testing.B) *Model {
		b.Helper()
		m := benchModel(b)
		m.Update(m.desk.issue(draft{subject: "ada@example.com", lifetime: "30m"})())
		return m
	}
	for _, screen := range []struct {
		name string
		make func(*testing.B) *Model
		key  tea.KeyPressMsg
	}{
		{"form", benchModel, tea.KeyPressMsg{Code: 'a', Text: "a"}},
		{"token", issued, tea.KeyPressMsg{Code: tea.KeyDown}},
		{"edit", func(b *testing.B) *Model {
			b.Helper()
			m := issued(b)
			m.Update(tea.KeyPressMsg{Code: 'e', Text: "e"})
			return m
		}, tea.KeyPressMsg{Code: tea.KeyRight}},
	} {
		b.Run(screen.name+"/tick", func(b *testing.B) {
			b.ReportAllocs()
			m := screen.make(b)
			n := 0
			for b.Loop() {
				n++
				m.Update(tickMsg{m.ticks, benchTime.Add(time.Duration(n%1000) * time.Second)})
				_ = m.View()
			}
		})
		b.Run(screen.name+"/key", func(b *testing.B) {
			b.ReportAllocs()
			m := screen.make(b)
			n := 0
			for b.Loop() {
				n++
				if screen.name == "form" && n%20 == 0 {
					m.issue.subject.set("")
				}
				m.Update(screen.key)
				_ = m.View()
			}
		})
	}
}

// BenchmarkInspect is a pasted text until its token is on the screen. The
// console takes 64 KiB; package auth has the benchmark of a token of 1 MiB.
func BenchmarkInspect(b *testing.B) {
	m := benchModel(b)
	token := func(size int) string {
		claims := auth.Object{}.Set("note", jsontext.Quote(strings.Repeat("a", size)))
		made, err := m.desk.issuer.Issue(auth.Request{Subject: "ada@example.com", Claims: claims})
		if err != nil {
			b.Fatal(err)
		}
		return made.Compact
	}
	usual, largest := token(100), token(find.MaxPasted*3/4-400)
	for _, text := range []struct{ name, text string }{
		{"usual", usual},
		{"curl", "curl -H 'Authorization: Bearer " + usual + "' https://api.example.com/"},
		{"64KiB", largest},
		{"64KiB-no-token", strings.Repeat("no token here ", find.MaxPasted/14)},
		{"1MiB-refused", strings.Repeat("eyJh.", 1<<20/5)},
		{"64MiB-refused", strings.Repeat("eyJh.", 64<<20/5)},
	} {
		b.Run(text.name, func(b *testing.B) {
			b.SetBytes(int64(len(text.text)))
			for b.Loop() {
				m.Update(m.inspectText(text.text)())
				_ = m.View()
			}
			refused := m.inspect.pane.entry.result.Verdict != auth.VerdictValid
			if refused == (text.name == "usual" || text.name == "curl" || text.name == "64KiB") {
				b.Fatalf("the verdict is %s", m.inspect.pane.entry.result.Verdict)
			}
		})
	}
}
