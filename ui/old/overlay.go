package old

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"tokendesk/auth"
	"tokendesk/auth/find"
	"tokendesk/internal/copyas"
	"tokendesk/internal/file"
	"tokendesk/internal/visible"
)

// overlay is what lies over a screen and has the keys.
type overlay int

const (
	overlayNone overlay = iota
	overlayHelp
	overlayCopy
	overlayWrite
	overlayLabel
	overlayOffer
	overlayEdit
	overlayProtect
	overlaySwitch
	overlayKeys
	overlayUnlock
	overlayProbe
	overlayPersonas
	overlaySave
)

// editing reports whether the edited document is on the screen.
func (m *Model) editing() bool {
	return m.overlay == overlayEdit || m.overlay == overlayProtect && m.protect.over == overlayEdit
}

func (m *Model) closeOverlay() { m.overlay = overlayNone }

// copyMenu chooses the form in which a token leaves.
type copyMenu struct {
	token  copyas.Token
	cursor int
}

// asCopy is the token as copyas takes it.
func asCopy(t *auth.Token, now time.Time) copyas.Token {
	out := copyas.Token{Compact: t.Compact, Subject: t.Subject(), Now: now}
	if exp, ok := t.Date("exp"); ok {
		out.ExpiresAt, _ = exp.Time()
	}
	return out
}

func (m *Model) openCopyMenu(e *entry) tea.Cmd {
	m.menu = copyMenu{token: asCopy(e.token, m.now)}
	m.overlay = overlayCopy
	return nil
}

func (m *Model) menuMove(step int) tea.Cmd {
	n := len(copyas.Forms())
	m.menu.cursor = (m.menu.cursor + step + n) % n
	return nil
}

// copyChosen sends the chosen form to the clipboard.
func (m *Model) copyChosen() tea.Cmd {
	form := copyas.Forms()[m.menu.cursor]
	m.menu.token.Now = m.now
	text, err := form.Render(m.menu.token)
	m.closeOverlay()
	if err != nil {
		return m.say(bad, err.Error())
	}
	return m.send(text, form.Title())
}

// copyToken sends the bare token to the clipboard.
func (m *Model) copyToken(e *entry) tea.Cmd { return m.send(e.token.Compact, "the token") }

// send hands a text to the terminal's clipboard (OSC 52). There is no answer,
// so nothing says that it arrived.
func (m *Model) send(text, what string) tea.Cmd {
	return tea.Batch(tea.SetClipboard(text), m.say(good, what+" was sent to the clipboard"))
}

// writePrompt asks for a file name.
type writePrompt struct {
	path field
	text string
	what string
	err  error
	busy bool
}

func (m *Model) openWrite(text, what, name string) tea.Cmd {
	m.write = writePrompt{path: newField("token.txt"), text: text, what: what}
	m.write.path.SetStyles(m.styles.input())
	m.write.path.set(name)
	m.write.path.Focus()
	m.overlay = overlayWrite
	return nil
}

// writeChosen asks where to write the form that the menu stands on.
func (m *Model) writeChosen() tea.Cmd {
	form := copyas.Forms()[m.menu.cursor]
	text, err := form.Render(m.menu.token)
	if err != nil {
		return m.say(bad, err.Error())
	}
	return m.openWrite(text+"\n", form.Title(), "token."+fileExtension(form.Name()))
}

func fileExtension(form string) string {
	switch form {
	case "json", "http":
		return form
	case "curl", "httpie", "env":
		return "sh"
	default:
		return "txt"
	}
}

// writeFile writes what the prompt holds. It never replaces a file.
func (m *Model) writeFile() tea.Cmd {
	path, text := expandHome(m.write.path.Value(), m.cfg.Environ), m.write.text
	if strings.TrimSpace(path) == "" {
		m.write.err = errors.New("type a file name")
		return nil
	}
	if m.write.busy {
		return nil
	}
	m.write.busy = true
	return func() tea.Msg { return wroteMsg{path, file.New(path, []byte(text))} }
}

// expandHome puts the home folder in place of the ~ that a path begins with, as
// a shell would.
func expandHome(path string, environ []string) string {
	home := lookup(environ, "HOME")
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}
	return path
}

func (m *Model) onWrote(msg wroteMsg) tea.Cmd {
	m.write.busy = false
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		m.write.err = errors.New("a file of that name exists and is not replaced: choose another name")
		return nil
	case msg.err != nil:
		m.write.err = msg.err
		return nil
	}
	m.closeOverlay()
	return m.say(good, m.write.what+" was written to "+msg.path+", readable by you alone")
}

// openLabel asks for a label of the selected token.
func (m *Model) openLabel() tea.Cmd {
	item := m.board.selected
	if item == nil {
		return nil
	}
	m.label = newField("what this token is for")
	m.label.SetStyles(m.styles.input())
	m.label.set(item.label)
	m.label.Focus()
	m.overlay = overlayLabel
	return nil
}

func (m *Model) keepLabel() tea.Cmd {
	if item := m.board.selected; item != nil {
		item.label = strings.TrimSpace(m.label.Value())
		item.index()
		m.board.arrange()
	}
	m.closeOverlay()
	return nil
}

// offer asks what to do with pasted text that holds a token.
type offer struct {
	text  string
	count int
}

// holdsToken reports how many tokens a pasted text holds.
func holdsToken(text string) int {
	if len(text) > find.MaxPasted {
		return 0
	}
	found, err := find.Tokens(text, find.MaxPasted)
	if err != nil {
		return 0
	}
	n := 0
	for _, f := range found {
		if strings.Count(f.Compact, ".") >= 2 && strings.HasPrefix(f.Compact, "ey") {
			n++
		}
	}
	return n
}

func (m *Model) acceptOffer() tea.Cmd { return m.inspectText(m.offer.text) }

// refuseOffer puts the text where it was pasted.
func (m *Model) refuseOffer() tea.Cmd {
	m.closeOverlay()
	return m.typeInto(tea.PasteMsg{Content: m.offer.text})
}

// viewOverlay draws what lies over the screen, or nothing.
func (m *Model) viewOverlay(l layout) ([]string, *tea.Cursor) {
	s := m.styles
	width := min(l.body.w, 64)
	inner := width - 4
	switch m.overlay {
	case overlayHelp:
		return m.viewHelp(l), nil
	case overlayCopy:
		height, more := min(l.body.h, m.menuHeight(l.body.h)), ""
		if height-2 < len(copyas.Forms()) {
			more = s.faint.Render("↑/↓")
		}
		return box(s.borderFocus, s.strong.Render("Copy as"), more, m.menuLines(inner, l.body.h-2), width, height), nil
	case overlayWrite:
		text, t := "written with mode 0600; a file that exists is not replaced", quiet
		if m.write.path.note != "" {
			text, t = m.write.path.note, warn
		}
		if m.write.err != nil {
			text, t = m.write.err.Error(), bad
		}
		return m.ask(l, "Write "+m.write.what+" to a file", &m.write.path, text, t)
	case overlayLabel:
		text, t := "a word to tell this token from others", quiet
		if m.label.note != "" {
			text, t = m.label.note, warn
		}
		return m.ask(l, "Label", &m.label, text, t)
	case overlayProtect:
		return m.viewProtect(l)
	case overlaySwitch:
		return m.viewSwitcher(l), nil
	case overlayProbe:
		return m.viewProbe(l)
	case overlayUnlock:
		return m.viewUnlock(l)
	case overlayKeys:
		return m.viewKeys(l), nil
	case overlayPersonas:
		return m.viewPersonas(l)
	case overlaySave:
		return m.viewSave(l)
	case overlayOffer:
		lines := wrap("The pasted text holds "+plural(m.offer.count, "token", "tokens")+".", inner)
		lines = append(lines, s.helpKey.Render("enter")+s.faint.Render(" read it in Inspect"), s.helpKey.Render("esc")+s.faint.Render("   leave it"))
		if m.typing() {
			lines = append(lines, s.helpKey.Render("p")+s.faint.Render("     put it into the field all the same"))
		}
		return box(s.borderFocus, s.strong.Render("Pasted"), "", lines, width, len(lines)+2), nil
	default:
		return nil, nil
	}
}

// ask draws a question with a text field.
func (m *Model) ask(l layout, title string, f *field, text string, t tone) ([]string, *tea.Cursor) {
	s := m.styles
	return m.question(l, s.borderFocus, s.strong.Render(visible.Text(title)), f, text, t)
}

// question is ask with a border and a title that have their colours.
func (m *Model) question(l layout, border lipgloss.Style, title string, f *field, text string, t tone) ([]string, *tea.Cursor) {
	width := min(l.body.w, 64)
	lines := append([]string{f.view(width - 4)}, m.styles.sentence(t, text, width-4, max(2, l.body.h-3))...)
	top := box(border, title, "", lines, width, len(lines)+2)
	x, y := l.body.x+max(0, (l.body.w-width)/2), l.body.y+max(0, (l.body.h-len(top))/2)
	return top, shift(f.Cursor(), rect{x: x + 2, y: y + 1})
}

// menuHeight is the height of the copy menu with its border.
func (m *Model) menuHeight(room int) int {
	n := len(copyas.Forms()) + 2
	if room >= n+4 {
		n += 4 // the preview
	}
	return min(n, room)
}

// menuLines draws the forms, and how the chosen one begins.
func (m *Model) menuLines(width, room int) []string {
	s := m.styles
	forms := copyas.Forms()
	first := scrollTo(0, m.menu.cursor, min(room, len(forms)), len(forms))
	var lines []string
	for i, form := range forms[first:min(len(forms), first+room)] {
		sign, style := "  ", s.plain
		if first+i == m.menu.cursor {
			sign, style = s.accent.Render("▌ "), s.selected
		}
		line := sign + style.Render(fit(form.Title(), 21))
		if width >= 56 {
			line += " " + s.faint.Render(form.About())
		}
		lines = append(lines, line)
	}
	if room >= len(forms)+4 {
		lines = append(lines, "")
		if text, err := forms[m.menu.cursor].Render(m.menu.token); err == nil {
			preview := chop(visible.Text(strings.ReplaceAll(text, "\n", " ⏎ ")), width)
			for _, line := range preview[:min(3, len(preview))] {
				lines = append(lines, s.faint.Render(line))
			}
		}
	}
	return lines
}
