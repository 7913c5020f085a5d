package plain_test

import (
	"errors"
	"strings"
	"testing"

	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// TestPlainProfiles changes the profile, and asks in a protected one.
func TestPlainProfiles(t *testing.T) {
	t.Parallel()
	const start = "Tokendesk. Job Board 1.0.0. Profile default. HS256 · key abc5cd36, from .env.\n" +
		"Type an email address or a user name, or paste a token. /help lists the commands.\n"
	production := "HS256 · key " + testKey(t, productionSecret).Fingerprint()
	question := "> The profile production is protected. Type its name to sign with its key.\nname> "
	for _, test := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"list", []string{"/profile", "/q"}, "> broken: .env.broken\ndefault: .env, in use\n"},
		{"unknown", []string{"/profile nowhere", "/q"}, "> Error: there is no profile with that name; /profile lists them\n"},
		{"broken", []string{"/profile broken", "/q"}, "> Problem: .env.broken:3: has 6 bytes and HS256 needs 32; " +
			"make one with openssl rand -hex 32\n" +
			"Problem: .env.broken:5: MAX_TOKEN_MINUTES is not a number; use whole minutes, such as 30\n" +
			"Nothing was changed. The profile is still default.\n> "},
		{"the usual lifetime", []string{"/profile staging", "/help", "/q"}, "Profile staging. "},
		{"the usual lifetime is its own", []string{"/profile staging", "/help", "/q"}, "Now 45m."},
		{"a lifetime that was typed", []string{"/lifetime 2h", "/profile staging", "/help", "/q"}, "Now 2h."},
		{"protected", []string{"/profile production", "/q"}, "Profile production, which is PROTECTED. " +
			production + ", from .env.production.\n> "},
		{"another name", []string{"/profile production", "ada", "prod", "/board", "/q"}, question +
			"Error: the name is wrong, so nothing was signed; type production\n> The board is empty.\n> "},
		{"the name", []string{"/profile production", "ada", "production", "/q"}, question + "Verdict: valid: "},
		{"once", []string{"/profile production", "ada", "production", "/again", "/q"}, "> Verdict: valid: "},
		{"again after a change", []string{
			"/profile production", "ada", "production", "/profile production", "/again", "production", "/board", "/q",
		}, "> #1 ada, HS256: active, 30m left\n#2 ada, HS256: active, 30m left\n> "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := dialogue(t, test.lines, in(t, "default", "production", "staging", "broken"), func(c *plain.Config, _ *settings.Settings) {
				list := c.Source.Profiles("")
				c.Source.Profiles = func(string) []settings.Profile { return []settings.Profile{list[3], list[0], list[1], list[2]} }
			})
			fails := strings.Contains(got, "Error: ") || strings.Contains(got, "Problem: ")
			if isFailed(err) != fails || err != nil && !fails {
				t.Error(err)
			}
			if !strings.HasPrefix(got, start) || !strings.Contains(got, test.want) {
				t.Errorf("got\n%s\nwant in it\n%s", got, test.want)
			}
		})
	}
	if _, err := dialogue(t, []string{"/profile production", "ada"}, in(t, "default", "production")); !errors.Is(err, plain.ErrProtected) {
		t.Errorf("the end of the input is %v", err)
	}
	got, err := dialogue(t, []string{"/profile", "/q"})
	if err != nil {
		t.Error(err)
	}
	equal(t, "without others", got, testTitle+"> There is only one profile.\n> ")
}
