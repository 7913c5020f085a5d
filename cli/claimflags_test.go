package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/auth"
)

// Claims that are too large are refused, not cut, wherever they come from.
func TestClaimsHaveALimit(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "claims.json")
	text := `{"role":"admin"}` + strings.Repeat(" ", auth.MaxBytes) + `"cut"`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for from, label := range map[string]string{"-": "standard input", path: path} {
		flags := claimFlags{claimsFile: from}
		want := label + ": it is larger than 1024 KiB; check that it is the right file"
		if claims, err := flags.filePayload(Program{Stdin: in}); err == nil || err.Error() != want {
			t.Errorf("%s: %v, %v, want %s", from, claims, err, want)
		}
	}
}
