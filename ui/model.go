package ui

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/phrase"
	"tokendesk/internal/terminal"
	"tokendesk/internal/trace"
	"tokendesk/settings"
	"tokendesk/ui/dialog"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// Below this size, in cells, the console shows only a sentence.
const minWidth, minHeight = 40, 10

// Model is the console: the only Bubble Tea model. It hands messages to the part that
// has the focus and draws the result.
type Model struct {
	ctx      frame.Ctx
	stack    stack
	watch    watch
	messages messages
	wishes   wishes
	disk
	keyboard keyboard
	mouse    mouse

	size    widget.Rect
	opening tea.Cmd     // of the first screen
	last    drawn       // the last drawing; clicks look in its zones
	failed  atomic.Bool // something panicked
}

// New returns the console as it opens: on the first screen when there is a key.
// It reads the settings.
func New(ctx context.Context, cfg Config) *Model {
	cfg = cfg.withDefaults()
	cfg.Source.Watch = true
	d := desk.Open(ctx, cfg.Source)
	m := &Model{stack: newStack(d, cfg), wishes: wishes{Preferences: cfg.Preferences, dark: true}}
	m.ctx = frame.Ctx{
		Shell: m, Desk: d, Board: &desk.Board{}, Now: d.Now(),
		Env: &frame.Env{
			Theme: m.wishes.theme(), Local: m.wishes.local(), Environ: cfg.Environ, Clock: d.Now, Profiles: d.Profiles(),
			Trace: trace.From(ctx),
		},
	}
	m.watch.told = m.ctx.Now
	m.wishes.ascii = terminal.ASCII(func(name string) (string, bool) { return frame.Lookup(cfg.Environ, name), true })
	m.files.of, m.files.base = d, desk.FilesOf(d)
	if d.Problem() == nil && d.Key() != nil {
		m.greet(d.Settings())
	}
	m.memory = newMemory(d, cfg.Source.Ledger)
	m.wishes.keeps = m.memory.path != "" && cfg.Preferences.Theme == ""
	m.opening = calm(m.ctx.Env.Trace, tea.Batch(m.memory.recall(m, m.c()), m.stack.screen().Enter(m.c())))
	m.settle()
	return m
}

// greet says that there are warnings about the settings, or what was recognised in them.
func (m *Model) greet(set settings.Settings) {
	switch {
	case len(set.Warnings) > 0:
		m.c().Say(frame.WarningTone(set.Warnings...), phrase.Count(len(set.Warnings), "warning", "warnings")+" about the settings: see f1")
	case len(set.Notices) > 0:
		m.c().Say(widget.Quiet, set.Notices[0].Text)
	case len(m.wishes.Warnings) > 0:
		m.c().Say(widget.Warn, phrase.Count(len(m.wishes.Warnings), "warning", "warnings")+" about your preferences: see f1")
	}
}

// c returns the argument of every call.
func (m *Model) c() *frame.Ctx {
	c := m.ctx
	c.Screen = m.stack.screen()
	return &c
}

// Init asks for the background colour and starts the ticks. The terminal may
// never answer; nothing waits for it.
func (m *Model) Init() tea.Cmd {
	return calm(m.ctx.Env.Trace, tea.Batch(tea.RequestBackgroundColor, m.tick(), m.opening))
}

// Update handles a message. A panic ends the console without printing its value,
// which could hold a token.
func (m *Model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if m.ctx.Env.Trace.Caught(recover()) {
			m.failed.Store(true)
			next, cmd = m, tea.Quit
		}
	}()
	defer traced(m.ctx.Env.Trace, msg)()
	before := m.stack.screen()
	cmd = m.handle(msg)
	m.messages.follow(before, m.stack.screen())
	m.settle()
	return m, calm(m.ctx.Env.Trace, cmd)
}

// settle fits the parts to the size and draws them, so that View only returns the
// result.
func (m *Model) settle() {
	m.stack.layout(m.c(), m.size)
	m.last = m.draw()
}

// View returns the drawing made after the last Update.
func (m *Model) View() tea.View { return m.last.view }

// roomy reports whether a terminal has room for more than a sentence.
func roomy(size widget.Rect) bool { return size.W >= minWidth && size.H >= minHeight }

// failedMsg says that a command panicked.
type failedMsg struct{}

// calm returns a command that answers with failedMsg instead of panicking.
func calm(log *trace.Log, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if log.Caught(recover()) {
				msg = failedMsg{}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = calm(log, batch[i])
			}
		}
		return msg
	}
}

// handle hands a message to the method for it.
func (m *Model) handle(msg tea.Msg) tea.Cmd {
	m.keyboard.hear(msg)
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.size = widget.Rect{W: msg.Width, H: msg.Height}
	case tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.ModeReportMsg:
		m.observe(msg)
	case tickMsg:
		return m.onTick(msg)
	case terminal.NoShell:
		return m.c().Say(widget.Warn, "there is no shell to go back to: ctrl+c quits")
	case tea.ResumeMsg:
		return m.restartTicks()
	case tea.KeyPressMsg:
		return m.onKey(msg)
	case tea.MouseClickMsg:
		return m.onClick(msg)
	case tea.MouseMotionMsg:
		m.onDrag(msg)
	case tea.MouseReleaseMsg:
		m.mouse.pressed = false
	case tea.PasteMsg, tea.MouseWheelMsg:
		return m.Top().Update(m.c(), msg)
	case terminal.Burst:
		return m.onBurst(msg)
	case terminal.TooLarge:
		return dialog.TooLarge(m.c(), msg.Bytes, terminal.MaxPaste)
	case frame.Done:
		if msg.Now.After(m.ctx.Now) { // a tick may have come first
			m.ctx.Now = msg.Now
		}
		c := m.c()
		c.Screen = msg.From
		cmd := msg.Apply(c)
		if err := desk.Unrecorded(m.ctx.Desk); err != nil { // after what the part itself says
			line := explain.Unrecorded(err)
			c.Show(nil, widget.Note{Tone: widget.Warn, Text: line.String()})
		}
		return cmd
	case frame.Exec:
		return tea.ExecProcess(msg.Command, msg.Done)
	case failedMsg:
		m.failed.Store(true)
		return tea.Quit
	}
	return nil
}

// observe learns what the terminal is like.
func (m *Model) observe(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BackgroundColorMsg:
		m.wishes.dark = msg.IsDark()
		m.ctx.Env.Theme = m.wishes.theme()
	case tea.ColorProfileMsg:
		m.wishes.few = msg.Profile == colorprofile.ANSI
		m.ctx.Env.Theme = m.wishes.theme()
	case tea.ModeReportMsg: // Bubble Tea has asked, and measures accordingly from now on
		if msg.Mode == ansi.ModeUnicodeCore {
			m.wishes.clusters = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
		}
	}
}
