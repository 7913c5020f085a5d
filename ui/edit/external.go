package edit

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tokendesk/explain"
	"tokendesk/internal/ask"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// maxEdited is the largest text that is read back from an editor, in bytes.
const maxEdited = 1 << 20

// edited is the result of an editor.
type edited struct {
	text      string
	err       error
	path      string // of the file with the text
	unchanged bool   // the editor has written nothing
}

// openExternal opens the document in $VISUAL or $EDITOR. Its temporary file is
// removed afterwards, unless that would lose changes.
func (s *Screen) openExternal(c *frame.Ctx) tea.Cmd {
	environ, clock := c.Env.Environ, c.Env.Clock
	command := ask.Editor(environ)
	if command == "" {
		return frame.Tell(c, explain.Line{Tone: explain.Warn, Text: "no editor is set", Do: "set EDITOR, for example to vi"})
	}
	text := s.text.Value()
	take := func(e edited) frame.Done {
		return frame.Done{Now: clock(), Apply: func(c *frame.Ctx) tea.Cmd { return s.takeOver(c, e) }}
	}
	return func() tea.Msg {
		path, err := writeDocument(text)
		if err != nil {
			return take(edited{err: err})
		}
		return frame.Exec{Command: ask.Edit(command, path, environ), Done: func(failed error) tea.Msg {
			back, err := readDocument(path)
			if failed != nil {
				err = explainEditor(command, failed)
			}
			_, missing := os.Lstat(path)
			return take(edited{text: back, err: err, path: path, unchanged: missing != nil || back == text+"\n"})
		}}
	}
}

// takeOver takes over the text from an editor. A text that is refused stays in its file.
func (s *Screen) takeOver(c *frame.Ctx, e edited) tea.Cmd {
	if s.from == nil && e.path == "" {
		return nil
	}
	text := strings.TrimRight(strings.ReplaceAll(e.text, "\r\n", "\n"), "\n")
	refused := s.refuse(e, text)
	if refused != nil && !e.unchanged && e.path != "" {
		line := explain.Lines(refused)[0]
		line.Do = "your text is in " + e.path
		return frame.Tell(c, line)
	}
	var clean tea.Cmd
	if e.path != "" {
		clean = func() tea.Msg {
			removeDocument(e.path)
			return nil
		}
	}
	if refused != nil {
		return tea.Batch(frame.Fail(c, refused), clean)
	}
	s.text.Replace(visible.JSON(text))
	return tea.Batch(s.sign(c), clean)
}

// refuse says why an edited text is not taken over, or nil.
func (s *Screen) refuse(e edited, text string) error {
	switch {
	case s.from == nil:
		return errors.New("the editor was closed too late, so nothing was changed")
	case e.err != nil:
		return e.err
	case !utf8.ValidString(text): // escaping would turn it into U+FFFD
		return errors.New("the edited text is not valid UTF-8, so nothing was changed")
	}
	return explain.At("nothing was changed", widget.Refuse(visible.JSON(text), maxDocument, true))
}

// explainEditor says why an editor failed. A shell exits with 127 if there is no such
// program, and with 126 if the file is no program.
func explainEditor(command string, err error) error {
	exited, ok := errors.AsType[*exec.ExitError](err)
	if errors.Is(err, exec.ErrNotFound) || ok && (exited.ExitCode() == 127 || exited.ExitCode() == 126) {
		return explain.Line{Text: "the editor " + command + " cannot be run", Do: "set VISUAL or EDITOR to one that is installed, for example vi"}
	}
	return fmt.Errorf("the editor failed, so nothing was changed: %w", err)
}
