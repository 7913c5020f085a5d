//go:build unix

package ask

import (
	"os/exec"
	"syscall"
)

// apart runs a program in a session of its own, which has no terminal, and has what it
// started end with it.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Env = without(cmd.Env, "GPG_TTY")
}
