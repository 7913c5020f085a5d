package desk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/auth"
	"tokendesk/settings"
)

// A program that a settings file names is run only after the answer yes, or if the user has
// agreed before.
func TestKeyCommand(t *testing.T) {
	t.Parallel()
	var runs []string
	var fails error
	trust := settings.Trust{Path: filepath.Join(t.TempDir(), "trusted")}
	d := openWith(t, "SECRET_KEY_COMMAND=pass show api", func(s *Source) {
		s.Trust = trust
		s.Run = func(_ context.Context, c *settings.Command) ([]byte, error) {
			runs = append(runs, c.Text)
			return []byte(testSecret + "\n"), fails
		}
	})
	locked, ok := errors.AsType[*Locked](d.Problem())
	if !ok || locked.Asks != KeyCommand || locked.Trusted || locked.Command.Text != "pass show api" ||
		!errors.Is(d.Ready(), settings.ErrNotRun) {
		t.Fatalf("the problem is %+v", d.Problem())
	}
	for _, answer := range []string{"", "y", "YES"} {
		if _, err := locked.Answer(answer); err == nil {
			t.Errorf("%q is taken for yes", answer)
		}
	}
	equal(t, "runs", len(runs), 0)
	opened := must[*Desk](t)(locked.Answer(Yes))
	equal(t, "the problem", opened.Problem(), nil)
	equal(t, "the algorithm", opened.Key().Algorithm(), auth.HS256)
	equal(t, "the name", opened.Settings().KeyName, "SECRET_KEY_COMMAND")
	equal(t, "runs", len(runs), 1)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, opened); strings.Contains(text, testSecret) {
			t.Errorf("%s prints the output", verb)
		}
	}

	// The list has it now, and reading the settings again runs it again.
	again, ok := errors.AsType[*Locked](opened.Reload(t.Context()).Problem())
	if !ok || !again.Trusted {
		t.Fatalf("the problem is %+v", again)
	}
	fails = errors.New("it failed")
	if _, err := again.Answer(""); !errors.Is(err, fails) {
		t.Errorf("the error is %v", err)
	}
	fails = nil
	equal(t, "the key", must[*Desk](t)(again.Answer("")).Key() != nil, true)
	equal(t, "runs", len(runs), 3)
}

// The program of another profile is run when the profile is changed, and that of this one
// is not run again.
func TestKeyCommandOfProfile(t *testing.T) {
	t.Parallel()
	runs := 0
	dir := write(t, map[string]string{".env": "SECRET_KEY=" + testSecret, ".env.staging": "KEY_COMMAND='age -d key'"})
	from := source(dir)
	from.Trust = settings.Trust{Path: filepath.Join(dir, "trusted")}
	from.Run = func(context.Context, *settings.Command) ([]byte, error) {
		runs++
		return must[[]byte](t)(pair(t, auth.ES256).EncodePrivate(auth.FormatPEM)), nil
	}
	d := Open(t.Context(), from)
	staging := settings.Profile{Name: "staging", File: filepath.Join(dir, ".env.staging")}
	_, err := d.Switch(t.Context(), staging)
	locked, ok := errors.AsType[*Locked](err)
	if !ok || locked.Asks != KeyCommand || locked.Profile != "staging" {
		t.Fatalf("the error is %v", err)
	}
	equal(t, "runs", runs, 0)
	with := must[*Desk](t)(locked.Answer(Yes))
	equal(t, "still the key of the first", with.Key().Algorithm(), auth.HS256)
	other := must[*Desk](t)(with.Switch(t.Context(), staging))
	equal(t, "the key", other.Key().Algorithm(), auth.ES256)
	equal(t, "runs", runs, 1)
}
