package old

import (
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/auth"
	"tokendesk/settings"
)

// screen is one of the console's screens.
type screen int

const (
	screenStart screen = iota // no key yet
	screenIssue
	screenBoard
	screenInspect
	screenFaults
)

// String returns the screen's name as it stands in the tab row.
func (s screen) String() string {
	switch s {
	case screenIssue:
		return "Issue"
	case screenBoard:
		return "Board"
	case screenInspect:
		return "Inspect"
	case screenFaults:
		return "Faults"
	default:
		return "Start"
	}
}

// Model is the console: the one Bubble Tea model. Screens are parts of it with
// narrow methods.
type Model struct {
	cfg    Config
	keys   KeyMap
	styles styles
	dark   bool

	width, height int
	now           time.Time
	told          time.Time // up to when expiries were told
	ticks         int       // the generation of the chain of ticks
	local         bool      // times are shown in the local zone
	clusters      bool      // the terminal draws an emoji sequence as one

	desk     desk
	loadErr  error
	profiles []settings.Profile // that were there when they were last looked for

	screen  screen
	start   startScreen
	issue   issueScreen
	board   board
	inspect inspectScreen
	faults  faultsScreen
	probe   probing

	overlay    overlay
	edit       editScreen
	menu       copyMenu
	write      writePrompt
	protect    protectPrompt
	switcher   switcher
	keyList    keyList
	unlock     unlockPrompt
	fetches    int // of published keys; an answer to an older one is dropped
	label      field
	personas   personaPicker
	save       savePrompt
	offer      offer
	helpGroups []group // of the moment before help was opened
	helpScroll int
	helpOver   overlay // what help was opened over

	toast  toast
	said   toast       // the latest, also when it is over
	failed atomic.Bool // something panicked
}

// New returns the console as it opens: on the Issue screen when there is a key.
// It reads the settings.
func New(cfg Config) *Model {
	cfg = cfg.withDefaults()
	m := &Model{cfg: cfg, keys: DefaultKeyMap(), dark: true, styles: newStyles(true), now: cfg.Now()}
	m.told = m.now
	m.board, m.inspect, m.faults = newBoard(), newInspectScreen(), newFaultsScreen()
	set, err := cfg.Load()
	m.loadErr = err
	if cfg.Profiles != nil {
		m.profiles = cfg.Profiles()
	}
	m.desk = newDesk(set, cfg.Now, cfg.Rand)
	m.issue = newIssueScreen(set.Lifetime)
	if err == nil && set.Key != nil {
		m.screen = screenIssue
		if len(set.Warnings) > 0 {
			m.say(warningTone(set.Warnings...), plural(len(set.Warnings), "warning", "warnings")+" about the settings: see f1")
		}
	}
	m.applyStyles()
	if m.canUnlock(err) {
		m.askPassphrase(m.reload)
	}
	return m
}

// Init asks for the background colour and starts the ticks. The terminal may
// never answer; nothing waits for it.
func (m *Model) Init() tea.Cmd {
	return calm(tea.Batch(tea.RequestBackgroundColor, m.tick()))
}

// Update hands a message to the one method that is for it. A panic ends the
// console, without its value being printed: it could hold a token.
func (m *Model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if recover() != nil {
			m.failed.Store(true)
			next, cmd = m, tea.Quit
		}
	}()
	cmd = m.handle(msg)
	m.arrange()
	return m, calm(cmd)
}

// calm returns a command that answers with failedMsg instead of panicking.
func calm(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if recover() != nil {
				msg = failedMsg{}
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = calm(batch[i])
			}
		}
		return msg
	}
}

// handle hands a message to the method for it: first those of the terminal and
// the clock, then what our own commands bring.
func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg, tea.BackgroundColorMsg, tea.ModeReportMsg:
		m.onTerminal(msg)
	case tickMsg:
		return m.onTick(msg)
	case tea.ResumeMsg:
		return m.restartTicks()
	case tea.KeyPressMsg:
		return m.onKey(msg)
	case tea.PasteMsg:
		return m.onPaste(msg)
	case tea.MouseClickMsg:
		return m.onClick(msg)
	case tea.MouseWheelMsg:
		return m.onWheel(msg)
	default:
		return m.handleAnswer(msg)
	}
	return nil
}

// handleAnswer takes what a command of ours brings.
func (m *Model) handleAnswer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case issuedMsg:
		return m.onIssued(msg)
	case faultMsg:
		return m.onFault(msg)
	case publishedMsg:
		return m.onPublished(msg)
	case probeHostMsg:
		return m.onProbeHost(msg)
	case probeResultMsg:
		return m.onProbeResult(msg)
	case probeDoneMsg:
		return m.onProbeDone(msg)
	case readMsg:
		return m.onRead(msg)
	case settingsMsg:
		return m.onSettings(msg)
	case profilesMsg:
		return m.onProfiles(msg)
	case profileMsg:
		return m.onProfile(msg)
	case throwawayMsg:
		return m.onThrowaway(msg)
	case wroteMsg:
		return m.onWrote(msg)
	case personasMsg:
		return m.onPersonas(msg)
	case savedMsg:
		return m.onSaved(msg)
	case externalMsg:
		return m.onExternal(msg)
	case editedMsg:
		return m.onEdited(msg)
	case failedMsg:
		m.failed.Store(true)
		return tea.Quit
	}
	return nil
}

// onTerminal takes what the terminal says about itself.
func (m *Model) onTerminal(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.applyStyles()
	case tea.ModeReportMsg: // Bubble Tea has asked, and measures so from here on
		if msg.Mode == ansi.ModeUnicodeCore {
			m.clusters = msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
		}
	}
}

// currentPane returns the pane that has the keys, or nil.
func (m *Model) currentPane() *pane {
	switch {
	case m.screen == screenIssue && m.issue.onPane:
		return &m.issue.pane
	case m.screen == screenBoard && m.board.opened:
		return &m.board.pane
	case m.screen == screenInspect && m.inspect.pane.entry != nil:
		return &m.inspect.pane
	case m.screen == screenFaults && m.faults.opened:
		return &m.faults.pane
	default:
		return nil
	}
}

// panes returns the panes that are on the screen and hold a token.
func (m *Model) panes() []*pane {
	all := []*pane{}
	add := func(p *pane, visible bool) {
		if visible && p.entry != nil {
			all = append(all, p)
		}
	}
	add(&m.issue.pane, m.screen == screenIssue)
	add(&m.board.pane, m.screen == screenBoard && m.board.opened)
	add(&m.inspect.pane, m.screen == screenInspect)
	add(&m.faults.pane, m.screen == screenFaults && m.faults.opened)
	add(&m.edit.pane, m.editing())
	return all
}

// setNow moves the clock. Tokens on the screen whose state has changed with it
// are verified again.
func (m *Model) setNow(now time.Time) {
	m.now = now
	for _, p := range m.panes() {
		if p.entry.token.Claims != nil && (p.entry.state != p.entry.token.Status(now).State || p.entry.result.Verdict == auth.VerdictNotYetValid) {
			m.desk.verify(p.entry, now)
		}
	}
}

func (m *Model) zone() *time.Location {
	if m.local {
		return m.now.Location()
	}
	return time.UTC
}

// applyStyles makes the styles for the background and hands them to the fields.
func (m *Model) applyStyles() {
	m.styles = newStyles(m.dark)
	input, area := m.styles.input(), m.styles.area()
	for _, f := range []*field{&m.issue.subject, &m.issue.lifetime, &m.inspect.input, &m.board.filter, &m.faults.filter, &m.label, &m.write.path, &m.protect.name, &m.personas.filter, &m.save.name, &m.unlock.passphrase, &m.probe.url, &m.probe.name} {
		f.SetStyles(input)
	}
	m.issue.claims.SetStyles(area)
	if m.editing() {
		m.edit.SetStyles(area)
	}
}

// arrange fits the parts to the size, so that View only draws.
func (m *Model) arrange() {
	l := newLayout(m.width, m.height)
	f := m.formRects(l.inner(l.left))
	m.issue.claims.SetPromptFunc(2, m.issue.claims.prompt(m.styles))
	m.issue.claims.setSize(max(4, f.claims.w), max(1, f.claims.h))
	if m.editing() {
		in, _ := m.editRects(l)
		m.edit.SetPromptFunc(2, m.editPrompt())
		m.edit.setSize(max(4, in.w), in.h)
		m.edit.pane.arrange(m, l.inner(rect{w: l.body.w - editPane(l).w, h: l.body.h}).w)
		return
	}
	m.issue.pane.arrange(m, l.inner(l.right).w)
	m.board.pane.arrange(m, l.inner(l.body).w)
	m.inspect.pane.arrange(m, l.inner(l.body).w)
	m.faults.pane.arrange(m, l.inner(l.body).w)
}

// keyName says which key signs, for the title row.
func keyName(k *auth.Key) string {
	if k == nil {
		return "no key"
	}
	return string(k.Algorithm()) + " · key " + k.Fingerprint()
}
