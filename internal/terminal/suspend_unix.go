//go:build unix

package terminal

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// NotifyUpsets relays the signals after which a program that draws has to draw
// anew: the terminal has another size, or the user asks to suspend the program,
// for which there is [Suspend]. [signal.Stop] ends it.
func NotifyUpsets(c chan<- os.Signal) {
	signal.Notify(c, syscall.SIGWINCH)
	if !signal.Ignored(syscall.SIGTSTP) {
		signal.Notify(c, syscall.SIGTSTP)
	}
}

// IsSuspend reports whether the signal asks the program to suspend itself.
func IsSuspend(sig os.Signal) bool { return sig == syscall.SIGTSTP }

// Suspend stops the program until the user has it go on or ctx is done. The
// program is to have given the terminal back before.
func Suspend(ctx context.Context) {
	resumed := make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	defer signal.Stop(resumed)
	if syscall.Kill(os.Getpid(), syscall.SIGSTOP) != nil {
		return
	}
	select {
	case <-resumed:
	case <-ctx.Done():
	}
}
