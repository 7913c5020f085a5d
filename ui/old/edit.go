package old

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/internal/visible"
)

// maxDocument is the most that can be edited, in characters.
const maxDocument = 256 << 10

// editScreen edits the header and the claims of a token as one JSON document.
// What was typed is signed anew with every key; the original stays.
type editScreen struct {
	area
	from     *entry // the token that was opened
	original string
	err      error
	errLine  int
	pane     pane // the token as it would be
	asked    bool // esc was pressed once with changes to lose
}

// openEditor opens a token for editing.
func (m *Model) openEditor(e *entry) tea.Cmd {
	if e.token.Claims == nil {
		return m.say(bad, "the claims could not be read, so there is nothing to edit")
	}
	text, note := m.desk.document(e.token)
	m.edit = editScreen{area: newArea("", maxDocument), from: e, original: text, errLine: -1}
	if refuse := refusePaste(text, maxDocument, true); refuse != "" {
		return m.say(bad, "this token is too large to edit")
	}
	m.edit.SetStyles(m.styles.area())
	m.edit.set(text)
	m.edit.Focus()
	m.edit.note = note
	m.overlay = overlayEdit
	m.signDocument()
	return nil
}

// document writes a token as it is edited, with the header that the configured
// key signs.
func (d *desk) document(t *auth.Token) (text, note string) {
	header := t.Header
	for _, m := range d.issuer.Header() {
		if _, has := header.Get(m.Name); m.Name != "typ" || !has {
			header = header.Set(m.Name, m.Value)
		}
	}
	if was := t.Algorithm(); was != d.key().Algorithm() {
		note = fmt.Sprintf("alg was %q; the configured key signs %s", string(was), d.key().Algorithm())
	}
	text = "{\n  \"header\": " + indentBy(header.Indent(), "  ") + ",\n  \"claims\": " + indentBy(t.Claims.Indent(), "  ") + "\n}"
	return escapeJSON(text), note
}

// indentBy moves all lines but the first to the right.
func indentBy(text, by string) string { return strings.ReplaceAll(text, "\n", "\n"+by) }

// parseDocument reads a document back.
func parseDocument(text string) (header, claims auth.Object, err error) {
	doc, err := jsontext.ParseObject([]byte(text))
	if err != nil {
		return nil, nil, err
	}
	for _, m := range doc {
		var into *auth.Object
		switch m.Name {
		case "header":
			into = &header
		case "claims":
			into = &claims
		default:
			return nil, nil, fmt.Errorf("only header and claims belong here, found %q", m.Name)
		}
		if *into, err = jsontext.ParseObject(m.Value); err != nil {
			return nil, nil, fmt.Errorf("%s must be a JSON object", m.Name)
		}
	}
	if header == nil || claims == nil {
		return nil, nil, errors.New("both header and claims must be here")
	}
	return header, claims, nil
}

// signDocument checks what is typed and signs it.
func (m *Model) signDocument() {
	e := &m.edit
	header, claims, err := parseDocument(e.Value())
	e.errLine = lineOf(err)
	var token *auth.Token
	if err == nil {
		token, err = m.desk.issuer.Sign(header, claims)
	}
	e.err, e.pane.stale = err, err != nil
	if m.desk.guarded() {
		return // it could be signed, and is when the profile's name was typed
	}
	if err == nil {
		scroll, whole := e.pane.scroll, e.pane.whole
		entry := m.desk.enter(token, draft{}, m.now)
		entry.draft = draftOf(token, m.desk.issuer.Lifetime)
		e.pane.show(entry)
		e.pane.scroll, e.pane.whole = scroll, whole
	}
}

func (m *Model) updateEdit(msg tea.Msg) tea.Cmd {
	e := &m.edit
	e.asked = false
	cmd := e.update(msg)
	m.signDocument()
	return cmd
}

// keepEdit puts the new token on the board and shows it.
func (m *Model) keepEdit() tea.Cmd {
	e := &m.edit
	if e.err != nil {
		return m.say(bad, "mend it first: "+e.err.Error())
	}
	if m.desk.guarded() {
		return m.unlessProtected(func() tea.Cmd {
			m.signDocument()
			return m.keepEdit()
		})
	}
	made := e.pane.entry
	m.closeOverlay()
	if made.token.Compact == e.from.token.Compact {
		return m.say(quiet, "nothing was changed, so no new token was made")
	}
	m.board.add(made)
	m.issue.pane.show(made)
	m.issue.onPane = true
	m.issue.syncFocus()
	m.screen = screenIssue
	if made.state == auth.StateExpired {
		return m.say(warn, "the new token has expired already: its exp has passed")
	}
	return m.say(good, "signed a new token beside the original")
}

// discardEdit closes the editor, after a question when something would be lost.
func (m *Model) discardEdit() tea.Cmd {
	e := &m.edit
	if e.Value() != e.original && !e.asked {
		e.asked = true
		return m.say(warn, "esc again discards the changes")
	}
	m.closeOverlay()
	return nil
}

// onEdited takes over what came back from $EDITOR. What cannot be taken over
// stays in its file.
func (m *Model) onEdited(msg editedMsg) tea.Cmd {
	m.setNow(msg.now)
	text := strings.TrimRight(strings.ReplaceAll(msg.text, "\r\n", "\n"), "\n")
	refuse := ""
	switch {
	case !m.editing() && msg.path == "":
		return nil
	case !m.editing():
		refuse = "the editor was closed too late, nothing was changed"
	case msg.err != nil:
		refuse = msg.err.Error()
	case !utf8.ValidString(text): // escaping would put U+FFFD in its place
		refuse = "the edited text is not valid UTF-8, nothing was changed"
	default:
		if refuse = refusePaste(escapeJSON(text), maxDocument, true); refuse != "" {
			refuse = "the edited text cannot be taken: " + refuse
		}
	}
	var clean tea.Cmd
	if msg.path != "" {
		clean = func() tea.Msg {
			removeDocument(msg.path)
			return nil
		}
	}
	if refuse != "" && !msg.unchanged && msg.path != "" {
		return m.say(bad, refuse+"; what you wrote is in "+msg.path)
	}
	if refuse != "" {
		return tea.Batch(m.say(bad, refuse), clean)
	}
	m.edit.set(escapeJSON(text))
	m.signDocument()
	return clean
}

// editPrompt marks the line at fault.
func (m *Model) editPrompt() func(textarea.PromptInfo) string {
	line, s := m.edit.errLine, m.styles
	return func(info textarea.PromptInfo) string {
		if info.LineNumber == line {
			return s.bad.Render("✗ ")
		}
		return s.faint.Render("│ ")
	}
}

// editNote says whether what is typed makes a token.
func (m *Model) editNote() (string, tone) {
	e := &m.edit
	switch {
	case e.note != "":
		return e.note, warn
	case e.err != nil:
		return e.err.Error(), bad
	case m.desk.guarded():
		return "can be signed; " + m.keys.Keep.Help().Key + " asks for the name of the profile first", warn
	case e.pane.entry.state == auth.StateExpired:
		return "signed anew, but expired already: its exp has passed", warn
	default:
		return "signed anew with key " + m.desk.key().Fingerprint(), good
	}
}

// editPane is where the document is edited.
func editPane(l layout) rect {
	left := l.left
	if l.wide {
		left.w = l.body.w / 2
	}
	return left
}

// editRects says where the document and the sentence below it are. The sentence
// has as many lines as it needs, up to half of them.
func (m *Model) editRects(l layout) (document, note rect) {
	in := l.inner(editPane(l))
	text, t := m.editNote()
	lines := max(2, min(in.h/2, len(m.styles.sentence(t, text, in.w, 0))))
	document = rect{in.x, in.y, in.w, max(1, in.h-lines)}
	return document, rect{in.x, in.y + document.h, in.w, lines}
}

// viewEdit draws the document, and beside it the token when there is room.
func (m *Model) viewEdit(l layout) ([]string, *tea.Cursor) {
	left := editPane(l)
	text, note := m.editRects(l)
	c := newCanvas(l.inner(left))
	c.put(text, m.edit.View())
	c.note(note, m.styles, m.editNote)
	lines := m.pane(l, left, m.styles.strong.Render("Edit as new"), "", c.lines(), true)
	if l.wide {
		right := rect{left.w, l.body.y, l.body.w - left.w, l.body.h}
		inner := l.inner(right)
		name := "Signed anew"
		if m.edit.err != nil {
			name = "Signed before"
		}
		content := m.edit.pane.view(m, inner.w, inner.h)
		if m.edit.pane.entry == nil {
			name = "Not signed"
			why := "What is typed cannot be signed."
			if m.edit.err == nil {
				why = "The profile " + visible.Text(m.desk.settings.Profile) + " is protected. The token is signed when you keep it and type that name."
			}
			content = centered(m.styles, inner.w, inner.h, "No token yet.", why)
		}
		title, sign := m.paneTitle(&m.edit.pane, name)
		lines = beside(lines, m.pane(l, right, title, sign, content, false))
	}
	return lines, shift(m.edit.Cursor(), text)
}
