//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/term"
)

// The command asks for the passphrase on the terminal, without an echo, while the
// result goes into a pipe; a signal restores the echo.
func TestPassphraseOnATerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := writeKeys(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "encrypted.env"), []byte("KEY_FILE=secret.pem\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		from string // and the file
		keys string
		code int
	}{
		"right":                  {"--key-file secret.pem", "correct horse\n", 0},
		"wrong":                  {"--key-file secret.pem", "battery staple\n", 3},
		"ctrl+c":                 {"--key-file secret.pem", "", 130},
		"right in the settings":  {"--env-file encrypted.env", "correct horse\n", 0},
		"wrong in the settings":  {"--env-file encrypted.env", "battery staple\n", 3},
		"ctrl+c in the settings": {"--env-file encrypted.env", "", 130},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := program(t, "tokendesk", append([]string{"issue", "ada"}, strings.Fields(tt.from)...)...)
			cmd.Dir = dir
			var out strings.Builder
			cmd.Stdout = &out
			x := newTerminal(t, cmd)
			cmd.Env = append(cmd.Env, "TERMINAL_OF_TEST="+x.tty.Name())
			before, err := term.GetState(x.tty.Fd())
			if err != nil {
				t.Fatal(err)
			}
			x.start()
			x.shows("Passphrase of the private key: ", 1)
			if tt.keys == "" {
				x.send(os.Interrupt)
			} else if _, err := x.master.WriteString(tt.keys); err != nil {
				t.Fatal(err)
			}
			x.ends(tt.code)
			if strings.Contains(x.written(), "horse") || strings.Contains(x.written(), "staple") {
				t.Errorf("the passphrase is on the screen: %q", x.written())
			}
			if after, err := term.GetState(x.tty.Fd()); err != nil || !reflect.DeepEqual(before, after) {
				t.Errorf("the terminal is left as %v, it was %v: %v", after, before, err)
			}
			if issued := strings.HasPrefix(out.String(), "eyJ"); issued != (tt.code == 0) {
				t.Errorf("it printed %q", out.String())
			}
		})
	}
}
