package ui

import (
	"errors"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/settings"
	"tokendesk/ui/visible"
)

// startScreen is shown while there is no key: on the first run, and when the
// settings are wrong.
type startScreen struct {
	cursor int
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
	quit := choice{"Quit", func() tea.Cmd { return tea.Quit }}
	switch {
	case m.loadErr != nil || m.desk.settings.Found:
		return []choice{{"Read " + file + " again", m.reload}, throwaway, quit}
	default:
		return []choice{{"Create " + file + " here with a fresh secret", m.createEnv}, throwaway, quit}
	}
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
		m.start.cursor = 0
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
		if c.Warning != "" {
			return m.say(warn, c.Warning)
		}
		return m.say(good, text)
	}
	return m.say(good, "the settings were read")
}

// open makes the desk and goes to the first screen.
func (m *Model) open(set *settings.Settings) {
	m.loadErr = nil
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
	var lines []string
	var problems settings.Problems
	switch {
	case errors.As(m.loadErr, &problems):
		for _, problem := range problems {
			lines = append(lines, m.styles.sentence(bad, problem.Error(), width, 0)...)
		}
	case m.loadErr != nil:
		lines = m.styles.sentence(bad, m.loadErr.Error(), width, 0)
	}
	return append(lines, m.warnings(width)...)
}

// warnings draws the warnings about the settings.
func (m *Model) warnings(width int) []string {
	var lines []string
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

// viewStart says why there is no key and what can be done.
func (m *Model) viewStart(width, height int) []string {
	s, file := m.styles, m.desk.settings.File
	var lines []string
	para := func(t tone, text string) { lines = append(lines, s.sentence(t, text, width, 0)...) }
	var problems settings.Problems
	switch {
	case errors.As(m.loadErr, &problems):
		lines = append(lines, s.strong.Render("The settings need mending"))
	case m.loadErr != nil:
		lines = append(lines, s.strong.Render("The settings could not be read"))
	case m.desk.settings.Found:
		lines = append(lines, s.strong.Render("There is no key"))
		para(quiet, file+" has no SECRET_KEY. Add one in an editor (openssl rand -hex 32 makes one), then read it again.")
	default:
		lines = append(lines, s.strong.Render("There is no key yet"))
		para(quiet, "Tokens are signed with the SECRET_KEY of "+file+", and you need a "+filepath.Base(file)+". It is not here.")
	}
	lines = append(lines, m.troubles(width)...)
	above := len(lines)
	lines = append(lines, "")
	for i, c := range m.choices() {
		if i == m.start.cursor {
			lines = append(lines, s.accent.Render("▌ ")+s.selected.Render(" "+c.text+" "))
			continue
		}
		lines = append(lines, "   "+s.plain.Render(c.text))
	}
	lines = append(lines, "")
	switch {
	case m.start.err != nil:
		para(bad, m.start.err.Error())
	case m.start.busy:
		para(quiet, "Working…")
	default:
		para(quiet, m.choiceNote())
	}
	if over := len(lines) - height; over > 0 { // keep the heading and the choices on the screen
		kept := max(1, above-over)
		if kept > 1 {
			lines[kept-1] = cut(lines[kept-1], width-1) + s.faint.Render("…")
		}
		lines = append(lines[:kept], lines[above:]...)
		lines = lines[:min(len(lines), height)]
	}
	return lines
}

// choiceNote says what the chosen line will do.
func (m *Model) choiceNote() string {
	text := m.choices()[m.start.cursor].text
	switch {
	case strings.HasPrefix(text, "Create"):
		return "From the template, with mode 0600; nothing is overwritten, and in a git checkout it is added to .gitignore."
	case strings.HasPrefix(text, "Use"):
		return "Nothing is written. Tokens signed with it are accepted by no API."
	case strings.HasPrefix(text, "Read"):
		return "After you have mended it."
	default:
		return ""
	}
}
