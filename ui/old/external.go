package old

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// maxEdited is the most that is read back from an editor, in bytes.
const maxEdited = 1 << 20

// openExternal opens the document in $VISUAL or $EDITOR, in a file that is
// removed afterwards unless something that was written in it could be lost.
func (m *Model) openExternal() tea.Cmd {
	environ := m.cfg.Environ
	command := strings.TrimSpace(lookup(environ, "VISUAL"))
	if command == "" {
		command = strings.TrimSpace(lookup(environ, "EDITOR"))
	}
	if command == "" {
		return m.say(warn, "no editor is set: set EDITOR, for example to vi")
	}
	text, now := m.edit.Value(), m.cfg.Now
	return func() tea.Msg {
		path, err := writeDocument(text)
		if err != nil {
			return editedMsg{now: now(), err: err}
		}
		done := func(failed error) tea.Msg {
			edited, err := readDocument(path)
			if failed != nil {
				err = explainEditor(command, failed)
			}
			_, missing := os.Lstat(path)
			return editedMsg{now: now(), text: edited, err: err, path: path, unchanged: missing != nil || edited == text+"\n"}
		}
		return externalMsg{editorCommand(command, path, withoutSecrets(environ)), done}
	}
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

// externalMsg asks Update to hand the terminal to an editor.
type externalMsg struct {
	command *exec.Cmd
	done    tea.ExecCallback
}

func (m *Model) onExternal(msg externalMsg) tea.Cmd {
	return tea.ExecProcess(msg.command, msg.done)
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

// writeDocument writes a file in a folder of its own that only the user can read.
func writeDocument(text string) (path string, err error) {
	dir, err := os.MkdirTemp("", "tokendesk-")
	if err != nil {
		return "", errors.New("no temporary file could be made for the editor: check TMPDIR and the free space")
	}
	path = filepath.Join(dir, "token.json")
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		removeDocument(path)
		return "", errors.New("the temporary file for the editor could not be written: check the free space")
	}
	return path, nil
}

// removeDocument removes the file and its folder.
func removeDocument(path string) {
	_ = os.Remove(path)
	_ = os.Remove(filepath.Dir(path))
}

// readDocument returns what an editor left.
func readDocument(path string) (string, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxEdited {
		return "", fmt.Errorf("what the editor left has %d bytes, more than the %d that are read", info.Size(), maxEdited)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", errors.New("what the editor left could not be read, nothing was changed")
	}
	return string(text), nil
}

// withoutSecrets leaves the signing key out of a child's environment.
func withoutSecrets(environ []string) []string {
	kept := make([]string, 0, len(environ))
	for _, variable := range environ {
		if !strings.HasPrefix(variable, "SECRET_KEY=") {
			kept = append(kept, variable)
		}
	}
	return kept
}

func lookup(environ []string, name string) string {
	for _, variable := range environ {
		if value, ok := strings.CutPrefix(variable, name+"="); ok {
			return value
		}
	}
	return ""
}
