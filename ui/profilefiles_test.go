package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/settings"
)

// TestSwitchToSmallFiles: a profile whose key file is empty or blank, or has one byte and is for a key pair, is refused, and
// the console goes on with the one it has.
func TestSwitchToSmallFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	contents := []string{"", " ", "\n", "\x00", "-", "{", "[", "$", "0", "\xef\xbb\xbf"}
	all := []settings.Profile{{Name: "default", File: write(".env", "SECRET_KEY=Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ\n")}}
	for n, content := range contents {
		write(fmt.Sprintf("%d.pem", n), content)
		for _, alg := range []string{"RS256", "PS256", "ES256", "EdDSA", "HS256"} {
			if alg == "HS256" && strings.TrimSpace(content) != "" {
				continue // a weak secret
			}
			name := fmt.Sprintf("%s-%d", alg, n)
			file := write(".env."+name, fmt.Sprintf("ALGORITHM=%s\nKEY_FILE=%d.pem\n", alg, n))
			all = append(all, settings.Profile{Name: name, File: file})
		}
	}
	d := newDesktop(t, func(c *Config, _ *settings.Settings) {
		c.Source.File = all[0].File
		c.Source.Profiles = func(string) []settings.Profile { return all }
		c.Source.Load = nil
		c.Source.Lookup = func(string) (string, bool) { return "", false }
	})
	key := d.ctx.Desk.Key()
	d.press("f9")
	for range all[1:] {
		d.press("down", "enter")
		d.shows("Profiles", "Nothing was changed.")
	}
	d.press("esc")
	equal(t, "the key", d.ctx.Desk.Key(), key)
	d.issued("ada")
}
