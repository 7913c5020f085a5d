package old

import (
	"errors"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// switcher lists the profiles and changes to another one.
type switcher struct {
	cursor     int
	busy       bool
	generation int // of the choice; an answer about an older one is dropped
	chosen     settings.Profile
	err        error // why the chosen one was not taken
}

// profilesMsg brings the profiles that are there.
type profilesMsg struct{ profiles []settings.Profile }

// profileMsg brings the settings of a profile.
type profileMsg struct {
	generation int
	now        time.Time
	set        *settings.Settings
	err        error
}

// openSwitcher lists the profiles anew: there may be another file by now.
func (m *Model) openSwitcher() tea.Cmd {
	list := m.cfg.Profiles
	return func() tea.Msg { return profilesMsg{list()} }
}

func (m *Model) onProfiles(msg profilesMsg) tea.Cmd {
	m.profiles = msg.profiles
	if m.overlay != overlayNone || len(m.profiles) == 0 {
		return nil
	}
	m.switcher = switcher{generation: m.switcher.generation, cursor: max(0, slices.IndexFunc(m.profiles, m.inUse))}
	m.overlay = overlaySwitch
	return nil
}

// inUse reports whether a profile is the desk's.
func (m *Model) inUse(p settings.Profile) bool {
	return p.File == m.desk.settings.File && !m.desk.throwaway
}

func (m *Model) switcherMove(step int) tea.Cmd {
	s, n := &m.switcher, len(m.profiles)
	s.cursor = (s.cursor + step + n) % n
	return nil
}

// closeSwitcher leaves the profile as it is, also when another was being read.
func (m *Model) closeSwitcher() {
	m.switcher.generation++
	m.closeOverlay()
}

// chooseProfile reads the settings of the profile that the cursor stands on.
func (m *Model) chooseProfile() tea.Cmd {
	s := &m.switcher
	if s.busy {
		return nil
	}
	s.generation++
	s.busy, s.err, s.chosen = true, nil, m.profiles[s.cursor]
	generation, cfg, profile := s.generation, m.cfg, s.chosen
	return func() tea.Msg {
		set, err := readProfile(cfg, profile)
		return profileMsg{generation, cfg.Now(), set, err}
	}
}

// readProfile reads the settings of a profile and holds that there is a key.
func readProfile(cfg Config, profile settings.Profile) (*settings.Settings, error) {
	set, err := cfg.LoadProfile(profile)
	if err == nil && set.Key == nil {
		err = errors.New(profile.File + " has neither SECRET_KEY nor KEY_FILE; add one in an editor")
	}
	return set, err
}

// onProfile makes the settings the desk's. Those that are broken stay out, and
// the desk is left as it was.
func (m *Model) onProfile(msg profileMsg) tea.Cmd {
	s := &m.switcher
	if msg.generation != s.generation {
		return nil
	}
	m.setNow(msg.now)
	s.busy, s.err = false, msg.err
	if m.canUnlock(msg.err) {
		return m.askAgain(m.chooseProfile)
	}
	m.unlock = unlockPrompt{}
	if msg.err != nil {
		return nil
	}
	m.closeSwitcher()
	var fetch tea.Cmd
	if m.screen == screenStart {
		m.open(msg.set)
	} else {
		fetch = m.change(msg.set)
	}
	text := "the profile is " + msg.set.Profile
	if n := len(msg.set.Warnings); n > 0 {
		m.say(warningTone(msg.set.Warnings...), text+", with "+plural(n, "warning", "warnings")+" about its settings: see f1")
		return fetch
	}
	m.say(good, text)
	return fetch
}

// change gives the screens another desk. What was typed stays, and so do the
// tokens: on the board and beside the form each keeps the keys it was verified
// with, since a token is no worse for the desk having moved on. In Inspect the
// question is whether this desk takes the token, so it is asked again.
func (m *Model) change(set *settings.Settings) tea.Cmd {
	usual := lifetimeText(m.desk.settings.Lifetime)
	m.desk = newDesk(set, m.cfg.Now, m.cfg.Rand)
	if m.issue.lifetime.Value() == usual {
		m.issue.lifetime.set(lifetimeText(set.Lifetime))
	}
	m.issue.err = nil
	m.fetches++ // what is on its way is of the other profile
	m.stopProbe()
	if m.screen == screenFaults {
		m.listFaults()
	}
	if m.inspect.pane.entry != nil {
		return m.showFound()
	}
	return nil
}

// profileName is the active profile as it is drawn, or nothing where there is
// none but the default.
func (m *Model) profileName() string {
	name := m.desk.settings.Profile
	if name == "" || m.desk.throwaway || name == settings.DefaultProfile && len(m.profiles) < 2 && !m.desk.settings.Protected {
		return ""
	}
	name = visible.Text(name)
	return fit(name, min(24, textWidth(name)))
}

// elsewhere names the profile that a token is of, if that is not the active one.
func (m *Model) elsewhere(e *entry) string {
	if e.profile == m.desk.name() {
		return ""
	}
	return e.profile
}

func (m *Model) switcherActions() group {
	k := m.keys
	choose := k.Choose
	choose.SetHelp("enter", "change")
	return group{"Profiles", []action{
		on(choose, true, m.chooseProfile),
		on(k.Back, true, do(m.closeSwitcher)),
		on(k.Up, len(m.profiles) > 1, func() tea.Cmd { return m.switcherMove(-1) }),
		on(k.Down, len(m.profiles) > 1, func() tea.Cmd { return m.switcherMove(1) }),
	}}
}

// viewSwitcher draws the profiles, and below them what is wrong with the one
// that was chosen.
func (m *Model) viewSwitcher(l layout) []string {
	s, width := m.styles, min(l.body.w, 64)
	inner, room := width-4, l.body.h-2
	notes := m.switcherNotes(inner)
	if most := max(1, room-2); len(notes) > most {
		notes = append(notes[:most-1], cut(notes[most-1], inner-4)+s.bad.Render("… f1"))
	}
	lines := m.profileLines(inner, min(room-len(notes), len(m.profiles)))
	title, more := "Profiles", ""
	if len(lines) < len(m.profiles) {
		more = s.faint.Render("↑/↓")
	}
	if len(notes) > 0 && len(lines)+len(notes)+1 <= room {
		lines = append(lines, "")
	}
	lines = append(lines, notes...)
	return box(s.borderFocus, s.strong.Render(title), more, lines, width, len(lines)+2)
}

// switcherNotes are the sentences below the profiles.
func (m *Model) switcherNotes(width int) []string {
	s := m.styles
	switch {
	case m.switcher.busy:
		return s.sentence(quiet, "Reading…", width, 0)
	case m.switcher.err != nil:
		return append(m.problems(m.switcher.err, width), s.sentence(quiet, "Nothing was changed.", width, 0)...)
	case len(m.profiles) == 1:
		return s.sentence(quiet, "A file .env.staging beside it would be the profile staging.", width, 0)
	case m.screen == screenStart:
		return nil
	default:
		return s.sentence(quiet, "What you typed and the board stay.", width, 0)
	}
}

// profileLines draws so many of the profiles, each with its file.
func (m *Model) profileLines(width, room int) []string {
	s := m.styles
	names := 0
	for _, p := range m.profiles {
		names = max(names, textWidth(visible.Text(p.Name)))
	}
	names = min(names, width/2)
	first := scrollTo(0, m.switcher.cursor, room, len(m.profiles))
	lines := make([]string, 0, room)
	for i, p := range m.profiles[first : first+room] {
		sign, style := "  ", s.plain
		if first+i == m.switcher.cursor {
			sign, style = s.accent.Render("▌ "), s.selected
		}
		state := ""
		switch {
		case m.inUse(p) && m.screen != screenStart:
			state = s.good.Render("in use")
		case m.inUse(p) && !m.desk.settings.Found:
			state = s.faint.Render("not here")
		case m.switcher.err != nil && p == m.switcher.chosen:
			state = s.bad.Render("✗ broken")
		}
		file := visible.Text(p.File)
		if dir := filepath.Dir(p.File); dir != "." && textWidth(file)+names+textWidth(state)+6 > width {
			file = visible.Text(filepath.Base(p.File))
		}
		line := sign + style.Render(fit(visible.Text(p.Name), names)) + "  " + s.faint.Render(file)
		lines = append(lines, spread(fit(line, min(textWidth(line), width-textWidth(state)-1)), state, width))
	}
	return lines
}
