// Package git finds out whether git would publish a file: by asking it, or, when
// no other program is to be run, by reading .gitignore files.
package git

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"

	"tokendesk/internal/ask"
)

// Status is what git knows of a file.
type Status struct {
	Checkout         bool // the file is inside a checkout
	Tracked, Ignored bool
	Unknown          string // why git did not say, if so
}

// StatusOf asks git about a file, which need not exist. A link is followed: what
// counts is where the secret is.
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
		status.Unknown = "there is no git program to ask"
		return status
	}
	yes := func(question ...string) bool {
		// A checkout of somebody else could name a program as its file monitor.
		args := append([]string{"-c", "core.fsmonitor=false"}, question...)
		_, err := ask.Program(ctx, filepath.Dir(path), "git", append(args, "--", "./"+filepath.Base(path))...)
		if err == nil {
			return true
		}
		if exited, ok := errors.AsType[*exec.ExitError](err); !ok || exited.ExitCode() != 1 {
			status.Unknown = "git does not say whether it tracks the file"
		}
		return false
	}
	status.Tracked = yes("--literal-pathspecs", "ls-files", "--error-unmatch")
	status.Ignored = !status.Tracked && status.Unknown == "" && yes("check-ignore", "--quiet")
	return status
}
