package old

import (
	"errors"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// startScreen is shown while there is no key: on the first run, and when the
// settings are wrong.
type startScreen struct {
	cursor int
	scroll int // of the reasons
	busy   bool
	err    error
}

// choice is one line of the start screen.
type choice struct {
	text string
	run  func() tea.Cmd
}

// choices returns what can be done, the best first.
func (m *Model) choices() []choice {
	file := visible.Text(filepath.Base(m.desk.settings.File))
	throwaway := choice{"Use a key for this run only", m.useThrowaway}
	first := choice{"Create " + file + " here with a fresh secret", m.createEnv}
	if m.loadErr != nil || m.desk.settings.Found {
		first = choice{"Read " + file + " again", m.reload}
	}
	all := []choice{first, throwaway}
	if m.canUnlock(m.loadErr) {
		all = append([]choice{{"Type the passphrase of the key", func() tea.Cmd { return m.askPassphrase(m.reload) }}}, all...)
	}
	if len(m.profiles) > 1 {
		all = append(all, choice{"Choose another profile", m.openSwitcher})
	}
	return append(all, choice{"Quit", func() tea.Cmd { return tea.Quit }})
}

// createEnv writes the .env and reads it back.
func (m *Model) createEnv() tea.Cmd {
	if m.start.busy {
		return nil
	}
	m.start.busy = true
	cfg := m.cfg
	return func() tea.Msg {
		created, err := cfg.Create()
		if err != nil {
			return settingsMsg{now: cfg.Now(), err: err, created: &settings.Created{}}
		}
		set, err := cfg.Load()
		return settingsMsg{now: cfg.Now(), set: set, err: err, created: &created}
	}
}

// reload reads the settings again.
func (m *Model) reload() tea.Cmd {
	if m.start.busy {
		return nil
	}
	m.start.busy = true
	cfg := m.cfg
	return func() tea.Msg {
		set, err := cfg.Load()
		return settingsMsg{now: cfg.Now(), set: set, err: err}
	}
}

func (m *Model) useThrowaway() tea.Cmd {
	random := m.cfg.Rand
	set := *m.desk.settings
	return func() tea.Msg {
		key, err := auth.NewRandomKey(random)
		set.Key = key
		return throwawayMsg{&set, err}
	}
}

func (m *Model) onThrowaway(msg throwawayMsg) tea.Cmd {
	if msg.err != nil {
		m.start.err = msg.err
		return nil
	}
	m.open(msg.set)
	m.desk.useThrowaway(msg.set.Key)
	return m.say(warn, "this key is gone when you quit, and no API knows it")
}

// onSettings opens the desk when there is a key now.
func (m *Model) onSettings(msg settingsMsg) tea.Cmd {
	m.setNow(msg.now)
	m.start.busy = false
	if msg.set == nil { // nothing was read: creating failed
		m.start.err = msg.err
		return nil
	}
	m.loadErr, m.start.err = msg.err, nil
	m.desk = newDesk(msg.set, m.cfg.Now, m.cfg.Rand)
	if msg.err != nil || msg.set.Key == nil {
		m.start.cursor, m.start.scroll = 0, 0
		if m.canUnlock(msg.err) {
			return m.askAgain(m.reload)
		}
		if msg.err == nil {
			m.start.err = errors.New("there is still no SECRET_KEY")
		}
		return nil
	}
	m.open(msg.set)
	if c := msg.created; c != nil {
		text := "wrote " + c.Path + " with a fresh secret"
		if c.GitIgnored {
			text += " and added it to .gitignore"
		}
		if c.Warning != nil {
			return m.say(warn, c.Warning.String())
		}
		return m.say(good, text)
	}
	return m.say(good, "the settings were read")
}

// open makes the desk and goes to the first screen.
func (m *Model) open(set *settings.Settings) {
	m.loadErr, m.unlock = nil, unlockPrompt{}
	m.desk = newDesk(set, m.cfg.Now, m.cfg.Rand)
	m.issue = newIssueScreen(set.Lifetime)
	m.screen = screenIssue
	m.applyStyles()
}

func (m *Model) startMove(step int) tea.Cmd {
	n := len(m.choices())
	m.start.cursor = (m.start.cursor + step + n) % n
	return nil
}

// troubles draws everything that is wrong with the settings, and then what
// works and should not stay as it is.
func (m *Model) troubles(width int) []string {
	return append(m.problems(m.loadErr, width), m.warnings(width)...)
}

// problems draws what is wrong with some settings.
func (m *Model) problems(err error, width int) []string {
	var lines []string
	var problems settings.Problems
	switch {
	case errors.As(err, &problems):
		for _, problem := range problems {
			lines = append(lines, m.styles.sentence(bad, problem.Error(), width, 0)...)
		}
	case err != nil:
		lines = m.styles.sentence(bad, err.Error(), width, 0)
	}
	return lines
}

// warnings draws the warnings about the settings.
func (m *Model) warnings(width int) []string {
	lines := make([]string, 0, len(m.desk.settings.Warnings))
	for _, w := range m.desk.settings.Warnings {
		lines = append(lines, m.styles.sentence(warningTone(w), w.String(), width, 0)...)
	}
	return lines
}

// warningTone is red when the key may be in other hands or be the wrong one.
func warningTone(warnings ...settings.Warning) tone {
	for _, w := range warnings {
		if w.Severe {
			return bad
		}
	}
	return warn
}

// startParts are the lines of the start screen: why there is no key, what can
// be done, and a note about that.
type startParts struct {
	heading string
	reasons []string
	choices []string
	note    []string
	room    int // how many of the reasons are seen at once
}

func (m *Model) startParts(width, height int) startParts {
	s, file := m.styles, m.desk.settings.File
	var p startParts
	var problems settings.Problems
	explain := func(heading, text string) {
		p.heading, p.reasons = heading, s.sentence(quiet, text, width, 0)
	}
	switch {
	case errors.As(m.loadErr, &problems):
		p.heading = "The settings need mending"
	case m.loadErr != nil:
		p.heading = "The settings could not be read"
	case m.desk.settings.Found:
		explain("There is no key", file+" has no SECRET_KEY. Add one in an editor (openssl rand -hex 32 makes one), then read it again.")
	default:
		explain("There is no key yet", "Tokens are signed with the SECRET_KEY of "+file+", and you need a "+filepath.Base(file)+". It is not here.")
	}
	p.reasons = append(p.reasons, m.troubles(width)...)
	for i, c := range m.choices() {
		line := "   " + s.plain.Render(c.text)
		if i == m.start.cursor {
			line = s.accent.Render("▌ ") + s.selected.Render(" "+c.text+" ")
		}
		p.choices = append(p.choices, line)
	}
	switch {
	case m.start.err != nil:
		p.note = s.sentence(bad, m.start.err.Error(), width, 0)
	case m.start.busy:
		p.note = s.sentence(quiet, "Working…", width, 0)
	default:
		p.note = s.sentence(quiet, m.choiceNote(), width, 0)
	}
	p.fit(height, m.start.err != nil)
	return p
}

// fit leaves out what matters least until the reasons have room: the blank
// lines and the note, unless that is an error.
func (p *startParts) fit(height int, failed bool) {
	p.choices = append([]string{""}, p.choices...)
	p.note = append([]string{""}, p.note...)
	left := func() int { return height - 1 - len(p.choices) - len(p.note) }
	if left() < len(p.reasons) {
		p.choices = p.choices[1:]
		p.note = p.note[1:]
	}
	if left() < len(p.reasons) && !failed {
		p.note = nil
	}
	if left() > len(p.reasons) && p.choices[0] != "" {
		p.choices = append([]string{""}, p.choices...)
	}
	p.note = p.note[:max(0, min(len(p.note), height-2-len(p.choices)))]
	p.room = max(1, left())
}

// viewStart says why there is no key and what can be done. What has no room is
// scrolled to.
func (m *Model) viewStart(width, height int) []string {
	p := m.startParts(width, height)
	first := max(0, min(m.start.scroll, len(p.reasons)-p.room))
	end := min(len(p.reasons), first+p.room)
	more := ""
	switch {
	case end < len(p.reasons):
		more = "pgdn " + itoa(len(p.reasons)-end) + " more ↓"
	case first > 0:
		more = "pgup ↑"
	}
	if textWidth(p.heading)+textWidth(more) >= width {
		more = "pgdn ↓"
	}
	lines := []string{spread(m.styles.strong.Render(p.heading), m.styles.faint.Render(more), width)}
	lines = append(lines, p.reasons[first:end]...)
	return append(append(lines, p.choices...), p.note...)
}

// scrollStart moves the visible part of the reasons.
func (m *Model) scrollStart(step int) tea.Cmd {
	p := m.startOnScreen()
	m.start.scroll = max(0, min(min(m.start.scroll, len(p.reasons)-p.room)+step, len(p.reasons)-p.room))
	return nil
}

// startOnScreen returns the start screen's parts for the size of the terminal.
func (m *Model) startOnScreen() startParts {
	l := newLayout(m.width, m.height)
	in := l.inner(l.body)
	return m.startParts(in.w, in.h)
}

// choiceNote says what the chosen line will do.
func (m *Model) choiceNote() string {
	text := m.choices()[m.start.cursor].text
	switch {
	case strings.HasPrefix(text, "Create"):
		return "From the template, with mode 0600; nothing is overwritten, and in a git checkout it is added to .gitignore."
	case strings.HasPrefix(text, "Use"):
		return "Nothing is written. Tokens signed with it are accepted by no API."
	case strings.HasPrefix(text, "Choose"):
		return "There is " + plural(len(m.profiles)-1, "other settings file", "other settings files") + " beside " + visible.Text(filepath.Base(m.desk.settings.File)) + "."
	case strings.HasPrefix(text, "Type"):
		return "It is kept for this run and written nowhere."
	case strings.HasPrefix(text, "Read"):
		return "After you have mended it."
	default:
		return ""
	}
}
