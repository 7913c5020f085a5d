// Package edit is the screen to edit the header and the claims of a token as one
// JSON document. It signs the document after every key press; the original stays.
package edit

import (
	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/token"
	"tokendesk/ui/widget"
)

// maxDocument is the largest document that can be edited, in characters.
const maxDocument = 256 << 10

// Screen edits a token. Nobody can replace the desk while one is open.
type Screen struct {
	frame.Passive

	text     widget.Area
	from     *desk.Entry // the original token, or nil while none is open
	original string
	was      *explain.Report // on the original token
	signing  signing
	result   result
	pane     token.Pane // the token that the document makes
	asked    bool       // esc was pressed once with unsaved changes
	places   places
}

// result is the result of signing the document.
type result struct {
	err    error
	place  widget.Place // at fault, if that is known
	locked *desk.Locked // the question before it can be signed, or nil
	fresh  bool         // the document has placeholders

	header, claims []explain.Compared // in which the new token differs
}

var _ frame.Screen = (*Screen)(nil)

// New returns the screen without a token.
func New() *Screen { return &Screen{text: widget.NewArea("", maxDocument)} }

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
	if widget.Refuse(text, maxDocument, true) != nil {
		return c.Say(widget.Bad, "this token is too large to edit"), false
	}
	s.from, s.original, s.asked, s.signing.of = e, text, false, ""
	s.result, s.was = result{}, explain.Token(e.Known(), c.Now)
	s.pane.Show(nil)
	s.text.Set(text)
	s.text.Go(widget.Place{Line: 1, Column: 1})
	s.text.Focus()
	s.text.Say(note)
	return s.sign(c), true
}

// Typing reports that the document has the cursor.
func (s *Screen) Typing() bool { return true }

// Actions returns the keys of the editor.
func (s *Screen) Actions(*frame.Ctx) []frame.Group {
	noFault, nothing := "", ""
	if s.result.place == (widget.Place{}) {
		noFault = "the place of no error is known"
	}
	if s.pane.Entry() == nil && s.text.Selected() == "" {
		nothing = "nothing is selected, and there is no token yet"
	}
	copying := frame.Bind("ctrl+y", "copy", "ctrl+y")
	if s.text.Selected() != "" {
		copying = frame.Described(copying, "copy selection")
	}
	return []frame.Group{{Title: "Edit", Actions: []frame.Action{
		frame.On(frame.Bind(keepKey, "keep", keepKey), true, s.keep),
		frame.On(frame.Bind("esc", "discard", "esc"), true, s.discard),
		frame.Unless(frame.Bind("tab", "go to the error", "tab"), noFault, frame.Just(s.toError)),
		frame.Unless(copying, nothing, s.copy),
		frame.On(frame.Bind("ctrl+o", "$EDITOR", "ctrl+o"), true, s.openExternal),
	}}}
}

const keepKey = "ctrl+s"

// Update types and signs the new document.
func (s *Screen) Update(c *frame.Ctx, msg tea.Msg) tea.Cmd {
	if step := frame.Wheel(msg); step != 0 {
		s.text.Scroll(step)
		return nil
	}
	s.asked = false
	s.text.Update(msg)
	return s.sign(c)
}

// toError puts the cursor on the error.
func (s *Screen) toError() { s.text.Go(s.result.place) }

// copy sends the selection to the clipboard, or the new token if nothing is selected.
func (s *Screen) copy(c *frame.Ctx) tea.Cmd {
	if text := s.text.Selected(); text != "" {
		return frame.Copy(c, text, "the selection")
	}
	return token.Copy(c, s.pane.Entry())
}

// keep puts the new token on the board and shows it.
func (s *Screen) keep(c *frame.Ctx) tea.Cmd {
	switch {
	case s.signing.job.Busy():
		s.signing.keep = true
		return nil
	case s.result.err != nil: // the note below the document says it
		s.text.Say("")
		if s.result.place != (widget.Place{}) {
			s.toError()
		}
		return c.Say(widget.Bad, "fix this first, then keep it")
	case s.result.locked != nil:
		return c.Ask(s.result.locked, func(c *frame.Ctx) tea.Cmd {
			s.signing.of = ""
			return tea.Batch(s.sign(c), s.keep(c))
		})
	case s.result.fresh:
		return s.signKept(c)
	}
	return s.kept(c, s.pane.Entry())
}

// kept leaves the editor with a new token.
func (s *Screen) kept(c *frame.Ctx, made *desk.Entry) tea.Cmd {
	if made.Token.Compact == s.from.Token.Compact {
		return tea.Batch(s.close(c), c.Say(widget.Quiet, "nothing was changed, so there is no new token"))
	}
	s.from = nil
	shown := c.Hand(frame.Show{Entry: made})
	if made.State == auth.StateExpired {
		return tea.Batch(shown, c.Say(widget.Warn, "the new token has already expired: its exp is in the past"))
	}
	return tea.Batch(shown, c.Say(widget.Good, "signed a new token and kept the original"))
}

// discard leaves the editor, after a question if there are changes.
func (s *Screen) discard(c *frame.Ctx) tea.Cmd {
	if s.text.Value() != s.original && !s.asked {
		s.asked = true
		return c.Say(widget.Warn, "esc again discards the changes")
	}
	if s.asked {
		return tea.Batch(s.close(c), c.Say(widget.Quiet, "the changes were discarded"))
	}
	return s.close(c)
}

func (s *Screen) close(c *frame.Ctx) tea.Cmd {
	s.from = nil
	s.signing.job.Drop()
	return c.Close(s)
}

// note says whether the document makes a token.
func (s *Screen) note(c *frame.Ctx) widget.Note {
	switch r := s.result; {
	case s.text.Note() != "":
		return widget.Note{Tone: widget.Warn, Text: s.text.Note()}
	case r.err != nil:
		return frame.Fault(r.err)
	case r.locked != nil:
		return widget.Note{Tone: widget.Warn, Text: keepKey + " asks for the name of the profile and then signs"}
	case s.pane.Entry() == nil:
		return widget.Note{Text: "signing"}
	case s.pane.Entry().State == auth.StateExpired:
		return widget.Note{Tone: widget.Warn, Text: "re-signed, but already expired: its exp is in the past"}
	default:
		return widget.Note{Tone: widget.Good, Text: "re-signed with key " + c.Desk.Key().Fingerprint()}
	}
}
