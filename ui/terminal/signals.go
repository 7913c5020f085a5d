package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// Signals calls onSignal with each signal that asks the program to end, until
// the returned function is called. Bubble Tea alone gives the terminal back on
// some of them only, and exits with 0.
func Signals(onSignal func(os.Signal)) (stop func()) {
	received := make(chan os.Signal, 4)
	done := make(chan struct{})
	signal.Notify(received, endings()...)
	go func() {
		for {
			select {
			case sig := <-received:
				onSignal(sig)
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(received)
		close(done)
	}
}

// ExitCode returns the exit code for a program that a signal ended, 128 and the
// signal's number.
func ExitCode(sig os.Signal) int {
	if number, ok := sig.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return 1
}
