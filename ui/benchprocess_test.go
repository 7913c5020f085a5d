package ui

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

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
	c := benchCase{program, rate}
	if _, err := c.run(c.model(b, benchConfig(b, nil))).Run(); err != nil {
		b.Fatal(err)
	}
}

// benchChild is the process that BenchmarkChild runs.
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
func benchSelf(b *testing.B, of benchCase) *benchChild {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.CommandContext(b.Context(), self, "-test.run=^$", "-test.bench=^BenchmarkChild$", "-test.benchtime=1x")
	cmd.Env = append(os.Environ(), benchEnv+"="+of.program+","+strconv.Itoa(of.fps))
	c := benchStart(b, cmd)
	if of.program == "console" {
		c.screen.want("active")
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
	for _, of := range benchCases() {
		b.Run(of.String(), func(b *testing.B) {
			var used time.Duration
			seconds := 0.0
			for b.Loop() {
				for _, wait := range []time.Duration{short, long} {
					c := benchSelf(b, of)
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

// BenchmarkTyping is the processor time of a second of very fast typing, 200
// keys of it, counted as BenchmarkIdle counts.
func BenchmarkTyping(b *testing.B) {
	const keys, gap = 800, 5 * time.Millisecond
	for _, of := range benchCases() {
		b.Run(of.String(), func(b *testing.B) {
			var used time.Duration
			seconds := 0.0
			for b.Loop() {
				used -= benchSelf(b, of).end()
				c := benchSelf(b, of)
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
