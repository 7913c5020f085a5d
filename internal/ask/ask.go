// Package ask runs other programs on this machine without showing them a secret.
package ask

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// patience is how long another program may take to answer.
const patience = 3 * time.Second

// Program runs a program in a folder and returns its standard output without the
// white space around it. The program gets no input. It sees neither variables that hold a
// secret ([Environment]) nor those that name another git checkout than that of the folder.
// It is killed after three seconds.
func Program(ctx context.Context, folder, program string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = folder
	cmd.WaitDelay = 100 * time.Millisecond // for programs that it started
	// In a git hook these variables name the checkout of the hook, which may differ
	// from that of the file.
	environ := without(Environment(os.Environ(), program), "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
	cmd.Env = slices.Concat(environ, []string{"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"})
	output, err := cmd.Output()
	return strings.TrimSpace(string(output)), err
}

// without returns the environment without the named variables.
func without(environ []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(names, name)
	})
}
