// Package edit is the screen on which the header and the claims of a token are
// edited as one JSON document. Every key signs what is typed; the original stays.
package edit

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/desk"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// maxDocument is the most that can be edited, in characters.
const maxDocument = 256 << 10

// Screen edits a token. It has no tab.
type Screen struct {
	text     widget.Area
	from     *desk.Entry // the token that was opened, nil when none is
	original string
	result   result
	pane     token.Pane // the token as it would be
	asked    bool       // esc was pressed once with changes to lose
	places   places
}

// result is what came of signing what is typed.
type result struct {
	err    error
	line   int          // at fault, from 0; -1 when none is
	locked *desk.Locked // what is asked before it is signed, or nil
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen without a token.
func New() *Screen { return &Screen{} }

// Name is not seen: the screen has no tab.
func (s *Screen) Name() string { return "Edit" }

// Badge is empty.
func (s *Screen) Badge(*frame.Ctx) string { return "" }

// Enter has nothing to do.
func (s *Screen) Enter(*frame.Ctx) tea.Cmd { return nil }

// Renew has nothing to do: the desk is not replaced while a token is edited.
func (s *Screen) Renew(*frame.Ctx) tea.Cmd { return nil }

// Accept opens a token for editing.
func (s *Screen) Accept(c *frame.Ctx, i frame.Intent) (tea.Cmd, bool) {
	edit, ok := i.(frame.Edit)
	if !ok {
		return nil, false
	}
	e := edit.Entry
	if e.Token.Claims == nil {
		return c.Say(widget.Bad, "the claims could not be read, so there is nothing to edit"), false
	}
	text, note := c.Desk.Document(e.Token)
	text = visible.JSON(text)
	if widget.Refuse(text, maxDocument, true) != "" {
		return c.Say(widget.Bad, "this token is too large to edit"), false
	}
	*s = Screen{text: widget.NewArea("", maxDocument), from: e, original: text}
	s.text.Set(text)
	s.text.Focus()
	s.text.Say(note)
	s.sign(c)
	return nil, true
}

// Typing reports that the document has the cursor.
func (s *Screen) Typing() bool { return true }

// Actions returns the keys of the editor.
func (s *Screen) Actions(*frame.Ctx) []frame.Group {
	return []frame.Group{{Title: "Edit", Actions: []frame.Action{
		frame.On(frame.Bind(keepKey, "keep", keepKey), true, s.keep),
		frame.On(frame.Bind("esc", "discard", "esc"), true, s.discard),
		frame.On(frame.Bind("ctrl+o", "$EDITOR", "ctrl+o"), true, s.openExternal),
	}}}
}

const keepKey = "ctrl+s"

// Update types, and signs what there is then.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	if frame.Wheel(msg) != 0 {
		return nil
	}
	s.asked = false
	cmd := s.text.Update(msg)
	s.sign(c)
	return cmd
}

// sign checks what is typed and signs it. It takes microseconds, so it is no
// work to wait for.
func (s *Screen) sign(c *frame.Ctx) {
	header, claims, err := desk.ParseDocument(s.text.Value())
	s.result = result{line: lineOf(err)}
	var made *desk.Entry
	if err == nil {
		made, err = c.Desk.Sign(header, claims, c.Now)
	}
	if locked, ok := errors.AsType[*desk.Locked](err); ok {
		s.result.locked, err = locked, nil // it could be signed
	}
	s.result.err, s.pane.Stale = err, err != nil
	if made != nil {
		s.pane.Renew(made)
	}
}

// lineOf returns the line that is at fault, from 0, or -1.
func lineOf(err error) int {
	if syntax, ok := errors.AsType[*jsontext.SyntaxError](err); ok {
		return syntax.Line - 1
	}
	return -1
}

// keep puts the new token on the board and shows it.
func (s *Screen) keep(c *frame.Ctx) tea.Cmd {
	if err := s.result.err; err != nil {
		return c.Say(widget.Bad, "mend it first: "+err.Error())
	}
	if s.result.locked != nil {
		return c.Ask(s.result.locked, func(c *frame.Ctx) tea.Cmd {
			s.sign(c)
			return s.keep(c)
		})
	}
	made := s.pane.Entry()
	if made.Token.Compact == s.from.Token.Compact {
		return tea.Batch(s.close(c), c.Say(widget.Quiet, "nothing was changed, so no new token was made"))
	}
	s.from = nil
	shown := c.Hand(frame.Show{Entry: made})
	if made.State == auth.StateExpired {
		return tea.Batch(shown, c.Say(widget.Warn, "the new token has expired already: its exp has passed"))
	}
	return tea.Batch(shown, c.Say(widget.Good, "signed a new token beside the original"))
}

// discard leaves the editor, after a question when something would be lost.
func (s *Screen) discard(c *frame.Ctx) tea.Cmd {
	if s.text.Value() != s.original && !s.asked {
		s.asked = true
		return c.Say(widget.Warn, "esc again discards the changes")
	}
	return s.close(c)
}

func (s *Screen) close(c *frame.Ctx) tea.Cmd {
	s.from = nil
	return c.Close(s)
}

// note says whether what is typed makes a token.
func (s *Screen) note(c *frame.Ctx) widget.Note {
	switch r := s.result; {
	case s.text.Note() != "":
		return widget.Note{Tone: widget.Warn, Text: s.text.Note()}
	case r.err != nil:
		return widget.Note{Tone: widget.Bad, Text: r.err.Error()}
	case r.locked != nil:
		return widget.Note{Tone: widget.Warn, Text: "can be signed; " + keepKey + " asks for the name of the profile first"}
	case s.pane.Entry().State == auth.StateExpired:
		return widget.Note{Tone: widget.Warn, Text: "signed anew, but expired already: its exp has passed"}
	default:
		return widget.Note{Tone: widget.Good, Text: fmt.Sprintf("signed anew with key %s", c.Desk.Key().Fingerprint())}
	}
}
