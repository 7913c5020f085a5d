package cli

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"

	"tokendesk/internal/ask"
	"tokendesk/internal/visible"
	"tokendesk/settings"
)

// editing is one time that the text of a persona is edited in the user's editor.
type editing struct {
	program Program
	file    *settings.PersonasFile
	name    string
	environ []string

	original string // the text of the persona
	path     string // of the temporary file
}

// noteMark starts the lines that say what is wrong. They are removed when the text is read.
const noteMark = "#! "

// run opens the editor until the text can be used or is closed without a change. It returns
// the file as it is then, or nil if nothing was changed, and the name of the persona.
func (e *editing) run() (*settings.PersonasFile, string, error) {
	command := ask.Editor(e.environ)
	if command == "" {
		return nil, "", misconfigured(advise("no editor is set", "set EDITOR, for example to vi, or change the persona with flags"))
	}
	text, err := e.file.YAML(e.name)
	if err != nil {
		return nil, "", editError(err)
	}
	e.original = text
	var problem error
	for {
		shown := notes(problem) + text
		changed, err := e.open(command, shown)
		switch {
		case err != nil:
			return nil, "", e.keep(changed, err)
		case changed == text && problem != nil:
			return nil, "", e.keep(text, problem)
		case changed == e.original:
			_ = os.Remove(e.path)
			e.program.note("nothing was changed")
			return nil, "", nil
		}
		text = changed
		out, err := e.write(text)
		if err == nil {
			_ = os.Remove(e.path)
			return out, e.named(out, text), nil
		}
		if ofFile(err) {
			return nil, "", e.keep(text, err)
		}
		problem = err
	}
}

// write writes the text. If another program has changed the file but not this persona, it is
// written into the file as it is now.
func (e *editing) write(text string) (*settings.PersonasFile, error) {
	for {
		out, err := e.file.SetYAML(e.name, text)
		changed, ok := errors.AsType[*settings.PersonasChanged](err)
		if !ok {
			return out, err
		}
		now, yamlErr := changed.Now.YAML(e.name)
		if yamlErr != nil || now != e.original {
			return nil, err
		}
		e.file = changed.Now
	}
}

// named returns the name that the persona has after the edit.
func (e *editing) named(out *settings.PersonasFile, text string) string {
	if settings.FindPersona(out.Personas(), e.name) != nil {
		return e.name
	}
	for _, p := range out.Personas() {
		if settings.FindPersona(e.file.Personas(), p.Name) == nil {
			return p.Name
		}
	}
	return text
}

// open writes a text to the temporary file, opens it in the editor and returns what is in the
// file then, without the notes, also if the editor failed.
func (e *editing) open(command, text string) (string, error) {
	if e.path == "" {
		file, err := os.CreateTemp("", "tokendesk-persona-*.yaml")
		if err != nil {
			return text, misconfigured(advise("no temporary file can be created", "set TMPDIR to a folder that you can write to"))
		}
		e.path = file.Name()
		_ = file.Close()
	}
	if err := os.WriteFile(e.path, []byte(text), 0o600); err != nil {
		return text, err //nolint:wrapcheck // it names the file
	}
	failed := ask.Edit(command, e.path, e.environ).Run()
	back, err := settings.ReadFile(e.path, 64<<10)
	lines := strings.SplitAfter(string(back), "\n")
	text = strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, noteMark) }), "")
	exited, ok := errors.AsType[*exec.ExitError](failed)
	switch {
	case errors.Is(failed, exec.ErrNotFound), ok && (exited.ExitCode() == 127 || exited.ExitCode() == 126):
		err = misconfigured(advise("the editor "+command+" cannot be run", "set VISUAL or EDITOR to one that is installed, for example vi"))
	case failed != nil:
		err = &exitError{code: exitFailed, err: advise("the editor failed, so nothing was changed", "try again, or set EDITOR to another editor")}
	}
	return text, err
}

// keep says why a text was not used, and where it is.
func (e *editing) keep(text string, err error) error {
	if text == e.original || text == "" {
		_ = os.Remove(e.path)
		return editError(err)
	}
	if writeErr := os.WriteFile(e.path, []byte(text), 0o600); writeErr != nil { // without the notes
		return writeErr //nolint:wrapcheck // it names the file
	}
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		for _, p := range problems {
			p.File = e.path
		}
	}
	for _, line := range explained(err) {
		e.program.note(line)
	}
	e.program.note("nothing was changed; your text is in " + e.path)
	if coded, ok := errors.AsType[*exitError](editError(err)); ok {
		return exitWith(coded.code)
	}
	return exitWith(exitFailed)
}

// notes returns the lines that say what is wrong. Their line numbers count these lines.
func notes(problem error) string {
	if problem == nil {
		return ""
	}
	const rest = "Fix the text, or close the editor without a change to give up."
	above := len(explained(problem)) + 1
	if problems, ok := errors.AsType[settings.Problems](problem); ok {
		moved := make(settings.Problems, len(problems))
		for i, p := range problems {
			own := *p
			own.Line += above
			moved[i] = &own
		}
		problem = moved
	}
	var b strings.Builder
	for _, line := range append(explained(problem), rest) {
		b.WriteString(noteMark + visible.Text(strings.TrimPrefix(line, ":")) + "\n")
	}
	return b.String()
}
