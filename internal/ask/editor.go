package ask

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// Editor returns the command line of the user's editor, from $VISUAL or $EDITOR, or nothing if
// neither is set.
func Editor(environ []string) string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		for _, variable := range environ {
			if value, ok := strings.CutPrefix(variable, name+"="); ok && strings.TrimSpace(value) != "" {
				return strings.TrimSpace(value)
			}
		}
	}
	return ""
}

// Edit returns a program that opens a file in an editor as git does: the command line may
// hold arguments. Its streams are those of the process, and its environment has no secret.
func Edit(command, path string, environ []string) *exec.Cmd {
	cmd := exec.Command("sh", "-c", command+` "$1"`, "sh", path) //nolint:gosec,noctx // running the user's editor is the point
	if runtime.GOOS == "windows" {
		words := append(strings.Fields(command), path)
		cmd = exec.Command(words[0], words[1:]...) //nolint:gosec,noctx // likewise
	}
	cmd.Env = Environment(environ, command)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd
}
