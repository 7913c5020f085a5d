package old

import (
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tokendesk/internal/visible"
)

// View draws the console. It reads nothing but the model.
func (m *Model) View() (v tea.View) {
	defer func() {
		if recover() != nil {
			m.failed.Store(true)
			v.SetContent("This screen could not be drawn. ctrl+c quits.")
		}
	}()
	v.AltScreen = true
	v.WindowTitle = "tokendesk"
	if m.desk.settings.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if m.width == 0 || m.height == 0 {
		return v
	}
	if m.width < minWidth || m.height < minHeight {
		text := wrap("Tokendesk needs 40 columns and 10 rows: make the window larger, or ctrl+c to quit.", m.width)
		v.SetContent(strings.Join(fill(text, m.width, min(m.height, len(text))), "\n"))
		return v
	}
	l := newLayout(m.width, m.height)
	body, cursor := m.viewBody(l)
	if top, at := m.viewOverlay(l); top != nil {
		body, cursor = over(body, top, l.body.w), at
	}
	lines := append([]string{m.titleRow(l.title.w), fit(m.tabRow(), l.tabs.w)}, body...)
	lines = append(lines, m.helpLine(m.groups(), l.help.w))
	m.putToast(lines, l)
	if !m.clusters {
		settle(lines)
	}
	v.SetContent(strings.Join(lines, "\n"))
	v.Cursor = cursor
	return v
}

// cut truncates without an ellipsis.
func cut(s string, width int) string { return ansi.Truncate(s, width, "") }

// titleRow says whose desk this is, which profile is active and which key signs.
// Where there is no room the explanation of the algorithm goes first, then the
// project's name is shortened, then it goes, then where the key is from, the
// algorithm, the program's name, the clock, and last the profile. The key stays,
// and what is to be known about it.
func (m *Model) titleRow(width int) string {
	s, set := m.styles, m.desk.settings
	var whole, who, where, banners, key, explained []string
	if name := m.profileName(); name != "" {
		who = []string{s.strong.Render(name)}
		whole = []string{s.faint.Render("profile ") + who[0]}
	}
	if m.desk.protected() {
		banners = []string{s.alarm.Render("▲ PROTECTED")}
	}
	if n := len(set.Warnings); n > 0 {
		banners = append(banners, s.tone(warningTone(set.Warnings...)).Bold(true).Render("▲ "+plural(n, "warning", "warnings")))
	}
	if k := m.desk.key(); k == nil {
		key = []string{s.faint.Render("no key")}
		explained = key
	} else {
		if k.Weakness() != nil {
			banners = append(banners, s.banner.Render("▲ WEAK KEY"))
		}
		key = []string{s.faint.Render(string(k.Algorithm())), s.faint.Render("key " + k.Fingerprint())}
		explained = []string{s.faint.Render(string(k.Algorithm()) + ", " + k.Algorithm().Description()), key[1]}
	}
	if len(who) == 0 || m.desk.settings.KeySource == environment { // otherwise the profile says it
		where = []string{s.faint.Render(m.keySource())}
	}
	clock := s.plain.Render(m.now.In(m.zone()).Format("15:04:05 MST")) + " "
	join := func(groups ...[]string) string {
		return strings.Join(slices.Concat(groups...), s.faint.Render(" · "))
	}
	facts := func(groups ...[]string) string { return join(groups...) + "   " + clock }
	brand := " " + s.brand.Render("tokendesk")
	all, long := facts(whole, where, banners, key), facts(whole, where, banners, explained)
	if textWidth(brand)+textWidth(m.projectName(width))+textWidth(long)+4 <= width {
		all = long
	}
	if room := width - textWidth(brand) - textWidth(all) - 4; room >= minProject {
		if name := m.projectName(room); name != "" {
			return spread(brand+"  "+s.plain.Render(name), all, width)
		}
	}
	last := key[len(key)-1:]
	for _, try := range []struct{ left, right string }{
		{brand + "  ", all},
		{brand + "  ", facts(whole, banners, key)},
		{brand + "  ", facts(who, banners, key)},
		{brand + "  ", facts(who, banners, last)},
		{" ", facts(who, banners, last)},
		{"", join(who, banners, last) + " " + clock},
		{brand + "  ", join(who, banners, last)},
		{"", join(who, banners, last)},
		{"", join(shorten(who, width-4-textWidth(join(banners, last))), banners, last)},
		{"", join(banners, last)},
	} {
		if gap := width - textWidth(try.left) - textWidth(try.right); gap >= 0 {
			return try.left + strings.Repeat(" ", gap) + try.right
		}
	}
	first := 0
	if m.desk.protected() {
		first = 1
	}
	slices.Reverse(banners[first:]) // what cannot be seen otherwise comes first
	return fit(" "+join(last, banners), width)
}

// shorten cuts what is one part of a row, or leaves it out when hardly any of it
// would be seen.
func shorten(part []string, width int) []string {
	if len(part) == 0 || width < minProject {
		return nil
	}
	return []string{fit(part[0], width)}
}

// minProject is the shortest that a project's name is worth showing.
const minProject = 4

// projectName returns the project's name and version in at most so many cells:
// without the version, or cut, when they are longer.
func (m *Model) projectName(room int) string {
	name := visible.Text(strings.TrimSpace(m.desk.settings.ProjectName))
	if name == "" {
		return ""
	}
	whole := strings.TrimSpace(name + " " + visible.Text(m.desk.settings.ProjectVersion))
	if textWidth(whole) <= room {
		return whole
	}
	return strings.TrimRight(fit(name, min(room, textWidth(name))), " ")
}

// environment is where a key is from that a variable holds, as settings has it.
const environment = "environment"

// keySource says where the key is from.
func (m *Model) keySource() string {
	switch {
	case m.desk.throwaway:
		return thisRun
	case m.desk.settings.KeySource == environment:
		return environment
	default:
		name := visible.Text(filepath.Base(m.desk.settings.File))
		return fit(name, min(24, textWidth(name)))
	}
}

// tabRow shows the screens.
func (m *Model) tabRow() string {
	s, row := m.styles, " "
	if m.screen == screenStart {
		return row
	}
	for i, tab := range m.tabs() {
		if i > 0 {
			row += strings.Repeat(" ", m.tabGap())
		}
		if tab.screen == m.screen {
			row += s.tabActive.Render("[" + tab.text + "]")
			continue
		}
		row += s.tab.Render(tab.text)
	}
	return row
}

// putToast puts what there is to say beside the tabs, or in their place when
// there is no room beside them: the sentence matters more for its few seconds.
// One of several lines takes the line of the border below, the title row, and
// the first line of the screen last.
func (m *Model) putToast(lines []string, l layout) {
	if m.toast.text == "" {
		return
	}
	tabs, width := m.tabRow(), l.tabs.w
	whole := m.styles.sentence(m.toast.tone, m.toast.text, width, 0)
	if len(whole) == 1 && textWidth(tabs)+textWidth(whole[0])+3 <= width {
		lines[l.tabs.y] = spread(tabs, whole[0]+" ", width)
		return
	}
	text, _ := m.toastLines(l, m.toast, m.overlay)
	first := l.tabs.y
	if len(text) > 2 || len(text) > 1 && !l.bordered {
		first = l.title.y
	}
	for i, line := range text {
		lines[first+i] = fit(" "+line, width)
	}
}

// toastLines draws a sentence in the lines it may take under that overlay. It
// reports whether all of it has room.
func (m *Model) toastLines(l layout, t toast, under overlay) ([]string, bool) {
	width, most := l.tabs.w-2, 4
	switch typing := m.typingUnder(under); {
	case under == overlayHelp: // which has it whole
		most = 1
	case typing && !l.bordered:
		most = 2
	case typing:
		most = 3
	}
	lines := m.styles.sentence(t.tone, t.text, width, 0)
	if len(lines) <= most {
		return lines, true
	}
	hint := "… f1"
	if under == overlayHelp {
		hint = "…"
	}
	lines = m.styles.sentence(t.tone, t.text, width, most)
	lines[most-1] = cut(lines[most-1], width-textWidth(hint)) + m.styles.tone(t.tone).Render(hint)
	return lines, false
}

// tab is a word of the tab row.
type tab struct {
	screen screen
	text   string
}

func (m *Model) tabs() []tab {
	board := "2 Board"
	if n := len(m.board.items); n > 0 {
		board += " " + itoa(n)
	}
	return []tab{{screenIssue, "1 Issue"}, {screenBoard, board}, {screenInspect, "3 Inspect"}, {screenFaults, "4 Faults"}}
}

// tabGap is the room between two tabs.
func (m *Model) tabGap() int {
	width := 3 // the blank before them, and the brackets
	for _, tab := range m.tabs() {
		width += textWidth(tab.text) + 2
	}
	if width-2 <= m.width {
		return 2
	}
	return 1
}

// viewBody draws the screen between tabs and help.
func (m *Model) viewBody(l layout) ([]string, *tea.Cursor) {
	if m.editing() {
		return m.viewEdit(l)
	}
	switch m.screen {
	case screenIssue:
		return m.viewIssue(l)
	case screenBoard:
		return m.viewBoardScreen(l)
	case screenInspect:
		in := l.inner(l.body)
		content, cursor := m.viewInspect(in)
		title, sign := m.paneTitle(&m.inspect.pane, "Inspect")
		return m.pane(l, l.body, title, sign, content, true), cursor
	case screenFaults:
		return m.viewFaults(l)
	default:
		in := l.inner(l.body)
		return m.pane(l, l.body, "", "", m.viewStart(in.w, in.h), true), nil
	}
}

// viewIssue draws the form and the token, beside each other or one of them.
func (m *Model) viewIssue(l layout) ([]string, *tea.Cursor) {
	s := &m.issue
	var form, token []string
	var cursor *tea.Cursor
	if l.wide || !s.onPane {
		content, at := m.viewForm(l.inner(l.left))
		cursor = at
		form = m.pane(l, l.left, m.styles.strong.Render(m.formTitle()), "", content, !s.onPane)
	}
	if l.wide || s.onPane {
		in := l.inner(l.right)
		title, sign := m.paneTitle(&s.pane, "Token")
		content := s.pane.view(m, in.w, in.h)
		if s.pane.entry == nil {
			content = centered(m.styles, in.w, in.h, "No token yet.", "Type who it is for and press enter.")
			content = append(append(content, ""), m.warnings(in.w)...)
		}
		token = m.pane(l, l.right, title, sign, content, s.onPane)
	}
	switch {
	case l.wide:
		return beside(form, token), cursor
	case s.onPane:
		return token, nil
	default:
		return form, cursor
	}
}

func (m *Model) viewBoardScreen(l layout) ([]string, *tea.Cursor) {
	in := l.inner(l.body)
	b := &m.board
	if b.opened {
		title, sign := m.paneTitle(&b.pane, "Token")
		return m.pane(l, l.body, title, sign, b.pane.view(m, in.w, in.h), true), nil
	}
	lines := m.pane(l, l.body, m.styles.strong.Render("Board"), "", m.viewBoard(in.w, in.h), true)
	if b.filtering && m.overlay == overlayNone {
		return lines, shift(b.filter.Cursor(), in)
	}
	return lines, nil
}

// pane draws content into a rectangle, with a border where there is room.
func (m *Model) pane(l layout, r rect, title, sign string, content []string, focused bool) []string {
	if !l.bordered {
		return fill(content, r.w, r.h)
	}
	line := m.styles.border
	if focused {
		line = m.styles.borderFocus
	}
	return box(line, title, sign, content, r.w, r.h)
}
