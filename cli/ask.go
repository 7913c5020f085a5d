package cli

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tokendesk/settings"
)

// patience is how long another program may take to answer.
const patience = 3 * time.Second

// ask runs a program of this machine in a folder and returns what it says on
// standard output. The program gets no input and does not see SECRET_KEY.
func ask(ctx context.Context, folder, program string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = folder
	cmd.WaitDelay = 100 * time.Millisecond // for what it has started itself
	// Inside a git hook these variables name the checkout of the hook, which
	// need not be the one that the file is in.
	hidden := []string{secretKey, "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"}
	environ := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(hidden, name)
	})
	cmd.Env = slices.Concat(environ, []string{"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"})
	output, err := cmd.Output()
	return strings.TrimSpace(string(output)), err
}

// gitStatus is what git knows of a file.
type gitStatus struct {
	checkout         bool // the file is inside a checkout
	tracked, ignored bool
	unknown          string // why git did not say, if so
}

// askGit asks git about a file, which need not exist. A link is followed: what
// counts is where the secret is.
func askGit(ctx context.Context, path string) gitStatus {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	path, err := filepath.Abs(path)
	if err != nil || !settings.InCheckout(filepath.Dir(path)) {
		return gitStatus{}
	}
	status := gitStatus{checkout: true}
	if _, err := exec.LookPath("git"); err != nil {
		status.unknown = "there is no git program to ask"
		return status
	}
	yes := func(question ...string) bool {
		// A checkout of somebody else could name a program as its file monitor.
		args := append([]string{"-c", "core.fsmonitor=false"}, question...)
		_, err := ask(ctx, filepath.Dir(path), "git", append(args, "--", "./"+filepath.Base(path))...)
		if err == nil {
			return true
		}
		if exited, ok := errors.AsType[*exec.ExitError](err); !ok || exited.ExitCode() != 1 {
			status.unknown = "git does not say whether it tracks the file"
		}
		return false
	}
	status.tracked = yes("--literal-pathspecs", "ls-files", "--error-unmatch")
	status.ignored = !status.tracked && status.unknown == "" && yes("check-ignore", "--quiet")
	return status
}
