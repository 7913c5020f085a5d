package ask_test

import (
	"strings"
	"testing"

	"tokendesk/internal/ask"
)

// A program that is asked must not find the secret in its environment.
func TestProgramHidesTheSecret(t *testing.T) {
	t.Setenv("SECRET_KEY", "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ")
	t.Setenv("JWT_SECRET", "Canary-of-a-project")
	t.Setenv("GIT_DIR", "elsewhere")
	t.Setenv("OTHER", "kept")
	output, err := ask.Program(t.Context(), "", "env")
	if err != nil {
		t.Skip("there is no env program")
	}
	if strings.Contains(output, "Canary") || strings.Contains(output, "GIT_DIR=") || !strings.Contains(output, "OTHER=kept") {
		t.Error(output)
	}
}
