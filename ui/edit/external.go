package edit

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"tokendesk/internal/ask"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// maxEdited is the most that is read back from an editor, in bytes.
const maxEdited = 1 << 20

// edited is what came back from an editor.
type edited struct {
	text      string
	err       error
	path      string // the file that it is in
	unchanged bool   // nothing was written there
}

// openExternal opens the document in $VISUAL or $EDITOR, in a file that is
// removed afterwards unless something that was written in it could be lost.
func (s *Screen) openExternal(c *frame.Ctx) tea.Cmd {
	environ, clock := c.Env.Environ, c.Env.Clock
	command := strings.TrimSpace(frame.Lookup(environ, "VISUAL"))
	if command == "" {
		command = strings.TrimSpace(frame.Lookup(environ, "EDITOR"))
	}
	if command == "" {
		return c.Say(widget.Warn, "no editor is set: set EDITOR, for example to vi")
	}
	text := s.text.Value()
	take := func(e edited) frame.Done {
		return frame.Done{Now: clock(), Apply: func(c *frame.Ctx) tea.Cmd { return s.take(c, e) }}
	}
	return func() tea.Msg {
		path, err := writeDocument(text)
		if err != nil {
			return take(edited{err: err})
		}
		return frame.Exec{Command: editorCommand(command, path, ask.Without(environ, "SECRET_KEY")), Done: func(failed error) tea.Msg {
			back, err := readDocument(path)
			if failed != nil {
				err = explainEditor(command, failed)
			}
			_, missing := os.Lstat(path)
			return take(edited{text: back, err: err, path: path, unchanged: missing != nil || back == text+"\n"})
		}}
	}
}

// take takes over what came back from an editor. What cannot be taken over stays
// in its file.
func (s *Screen) take(c *frame.Ctx, e edited) tea.Cmd {
	if s.from == nil && e.path == "" {
		return nil
	}
	text := strings.TrimRight(strings.ReplaceAll(e.text, "\r\n", "\n"), "\n")
	refuse := s.refuse(e, text)
	if refuse != "" && !e.unchanged && e.path != "" {
		return c.Say(widget.Bad, refuse+"; what you wrote is in "+e.path)
	}
	var clean tea.Cmd
	if e.path != "" {
		clean = func() tea.Msg {
			removeDocument(e.path)
			return nil
		}
	}
	if refuse != "" {
		return tea.Batch(c.Say(widget.Bad, refuse), clean)
	}
	s.text.Set(visible.JSON(text))
	s.sign(c)
	return clean
}

// refuse says why an edited text is not taken over, or nothing.
func (s *Screen) refuse(e edited, text string) string {
	switch {
	case s.from == nil:
		return "the editor was closed too late, nothing was changed"
	case e.err != nil:
		return e.err.Error()
	case !utf8.ValidString(text): // escaping would put U+FFFD in its place
		return "the edited text is not valid UTF-8, nothing was changed"
	}
	if refuse := widget.Refuse(visible.JSON(text), maxDocument, true); refuse != "" {
		return "the edited text cannot be taken: " + refuse
	}
	return ""
}

// explainEditor says how an editor failed. A shell exits with 127 when there is
// no such program, and with 126 when it is none.
func explainEditor(command string, err error) error {
	exited, ok := errors.AsType[*exec.ExitError](err)
	if errors.Is(err, exec.ErrNotFound) || ok && (exited.ExitCode() == 127 || exited.ExitCode() == 126) {
		return fmt.Errorf("the editor %s cannot be run: set VISUAL or EDITOR to one that is here, for example vi", command)
	}
	return fmt.Errorf("the editor ended with an error, nothing was changed: %w", err)
}

// editorCommand runs an editor as git does: the setting may hold arguments. Its
// streams are the terminal itself; Bubble Tea would hand it a pipe.
func editorCommand(command, path string, environ []string) *exec.Cmd {
	cmd := exec.Command("sh", "-c", command+` "$1"`, "sh", path) //nolint:gosec,noctx // running the user's editor is the point
	if runtime.GOOS == "windows" {
		words := append(strings.Fields(command), path)
		cmd = exec.Command(words[0], words[1:]...) //nolint:gosec,noctx // likewise
	}
	cmd.Env = environ
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd
}
