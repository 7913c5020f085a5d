//go:build unix

package terminal

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// NotifyRedraws relays the signals after which a program must redraw its screen: the
// terminal was resized, or the user asks to suspend the program, which [Suspend]
// does. [signal.Stop] ends it.
func NotifyRedraws(c chan<- os.Signal) {
	signal.Notify(c, syscall.SIGWINCH)
	if !signal.Ignored(syscall.SIGTSTP) {
		signal.Notify(c, syscall.SIGTSTP)
	}
}

// IsSuspend reports whether the signal asks the program to suspend itself.
func IsSuspend(sig os.Signal) bool { return sig == syscall.SIGTSTP }

// Suspend stops the program until the user continues it or ctx is done. The program
// must restore the terminal before.
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
