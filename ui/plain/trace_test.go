package plain_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/auth/advice"
	"tokendesk/internal/trace"
	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// broken is randomness that panics.
type broken struct{}

func (broken) Read([]byte) (int, error) { panic("the secret value of a panic") }

// TestPlainFails: after a failure the console says how to report it, and the debug file
// says where it happened, without any value.
func TestPlainFails(t *testing.T) {
	t.Parallel()
	fails := func(c *plain.Config, _ *settings.Settings) { c.Source.Rand = broken{} }
	_, err := dialogue(t, []string{"ada"}, fails)
	if err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(advice.Of(err), "--debug FILE") {
		t.Errorf("the error is %v", err)
	}

	path := filepath.Join(t.TempDir(), "debug.txt")
	log, err := trace.Open(path, "tokendesk")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	_, err = dialogueIn(trace.Into(t.Context(), log), t, []string{"/help", "ada-canary"}, fails)
	if err == nil || advice.Of(err) != "please report it with the file "+path {
		t.Errorf("the error is %v", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  line  ", "panic with a value of type string", "plain_test.broken.Read trace_test.go:", "plain.(*console).obey",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, value := range []string{"secret", "canary", testSecret} {
		if strings.Contains(string(text), value) {
			t.Errorf("%q is in\n%s", value, text)
		}
	}
}
