package terminal_test

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// patience is for things that happen at once on an idle machine.
const patience = 20 * time.Second

// programVariable makes the test binary run a program instead of its tests, so that a
// test can start one on another terminal.
const programVariable = "TOKENDESK_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if name := os.Getenv(programVariable); name != "" {
		os.Exit(runProgram(name))
	}
	// Under nohup SIGHUP is ignored, and programs that the tests start would inherit
	// that. A signal that is caught here has its default effect there.
	if signal.Ignored(syscall.SIGHUP) {
		signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	}
	os.Exit(m.Run())
}
