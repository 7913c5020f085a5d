package terminal_test

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// programVariable makes the test binary run a program instead of its tests, so
// that a test can start one on a terminal of its own.
const programVariable = "TOKENDESK_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if name := os.Getenv(programVariable); name != "" {
		os.Exit(runProgram(name))
	}
	// Under nohup SIGHUP is ignored, and so it would be in every program that the
	// tests start. A signal that is caught here has its default effect there.
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	os.Exit(m.Run())
}
