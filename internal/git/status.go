// Package git finds out whether git would publish a file: by running git or, where no
// other program should run, by reading .gitignore files.
package git

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"

	"tokendesk/internal/ask"
)

// Status says whether git tracks or ignores a file.
type Status struct {
	Checkout         bool // the file is inside a checkout
	Tracked, Ignored bool
	Unknown          string // why git could not tell, or empty
}

// StatusOf asks git about a file, which need not exist. It follows a symbolic link to
// where the secret is.
func StatusOf(ctx context.Context, path string) Status {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return Status{}
	}
	if _, found := checkout(filepath.Dir(path)); !found {
		return Status{}
	}
	status := Status{Checkout: true}
	if _, err := exec.LookPath("git"); err != nil {
		status.Unknown = "git is not installed"
		return status
	}
	yes := func(question ...string) bool {
		// Somebody else's checkout could name a program as its file monitor.
		args := append([]string{"-c", "core.fsmonitor=false"}, question...)
		_, err := ask.Program(ctx, filepath.Dir(path), "git", append(args, "--", "./"+filepath.Base(path))...)
		if err == nil {
			return true
		}
		if exited, ok := errors.AsType[*exec.ExitError](err); !ok || exited.ExitCode() != 1 {
			status.Unknown = "git could not tell whether it tracks the file"
		}
		return false
	}
	status.Tracked = yes("--literal-pathspecs", "ls-files", "--error-unmatch")
	status.Ignored = !status.Tracked && status.Unknown == "" && yes("check-ignore", "--quiet")
	return status
}
