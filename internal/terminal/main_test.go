package terminal_test

import (
	"os"
	"testing"
)

// programVariable makes the test binary run a program instead of its tests, so
// that a test can start one on a terminal of its own.
const programVariable = "TOKENDESK_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if name := os.Getenv(programVariable); name != "" {
		os.Exit(runProgram(name))
	}
	os.Exit(m.Run())
}
