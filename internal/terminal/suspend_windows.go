package terminal

import (
	"context"
	"os"
)

// NotifyRedraws does nothing: Windows has no signals after which a program must
// redraw its screen.
func NotifyRedraws(chan<- os.Signal) {}

// IsSuspend reports whether the signal asks the program to suspend itself.
func IsSuspend(os.Signal) bool { return false }

// Suspend does nothing: Windows cannot suspend a program.
func Suspend(context.Context) {}
