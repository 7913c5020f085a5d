package ask

import (
	"os/exec"
	"syscall"
)

// apart runs a program without a console window.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
}
