package terminal

import (
	"context"
	"os"
)

// NotifyUpsets relays the signals after which a program that draws has to draw
// anew. There are none.
func NotifyUpsets(chan<- os.Signal) {}

// IsSuspend reports whether the signal asks the program to suspend itself.
func IsSuspend(os.Signal) bool { return false }

// Suspend stops the program, where the system can.
func Suspend(context.Context) {}
