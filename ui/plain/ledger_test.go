package plain_test

import (
	"path/filepath"
	"strings"
	"testing"

	"tokendesk/ledger"
	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// withLedger gives the console a ledger in a folder.
func withLedger(folder string) change {
	return func(c *plain.Config, s *settings.Settings) {
		s.Profile, s.Ledger.Claims = "default", true
		c.Source.Ledger, c.Source.Face = ledger.Open(filepath.Join(folder, "ledger.jsonl"), c.Source.Now), "plain"
	}
}

func TestPlainLedger(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	got, err := dialogue(t, []string{"/ledger", "ada@example.com", "/label cart", "/remove", "bob@example.com"}, withLedger(folder))
	if err != nil {
		t.Fatal(err)
	}
	first := strings.Fields(got[strings.Index(got, "Token #1: "):])[2]
	if !strings.Contains(got, "Nothing has been issued yet.") {
		t.Errorf("got\n%s", got)
	}
	again, err := dialogue(t, []string{"/ledger", "/ledger token 2", "/ledger ada", "/ledger again 1", "/ledger nobody"}, withLedger(folder),
		func(c *plain.Config, _ *settings.Settings) { c.Source.Rand = &counter{n: 99} })
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"> 1: 14:05:12 UTC, for bob@example.com, profile default, key abc5cd36, HS256, by plain, 30m left.\n" +
			"2: 14:05:12 UTC, for ada@example.com,",
		"/ledger token 1 signs the first one again, /ledger again 1 issues one like it.\n",
		"Verdict: valid: signed with HS256 by key abc5cd36", "Token #1: " + first, "Token #2: ", "No row of the ledger matches.",
	} {
		if !strings.Contains(again, want) {
			t.Errorf("%q is missing in\n%s", want, again)
		}
	}
	rows := map[ledger.Event]int{}
	for row, err := range ledger.Open(filepath.Join(folder, "ledger.jsonl"), nil).Rows(ledger.Query{}) {
		if err != nil {
			t.Error(err)
		}
		rows[row.Event]++
	}
	if rows[ledger.Labelled] != 1 || rows[ledger.Removed] != 1 {
		t.Errorf("the events are %v", rows)
	}
}

// What cannot be done is said, with what to do.
func TestPlainLedgerRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	other := func(_ *plain.Config, s *settings.Settings) { s.Key, s.Profile = testKey(t, stagingSecret), "staging" }
	if _, err := dialogue(t, []string{"ada"}, withLedger(folder)); err != nil {
		t.Fatal(err)
	}
	got, _ := dialogue(t, []string{"/ledger", "/ledger token 1", "/ledger token 9"}, withLedger(folder), other)
	for _, want := range []string{
		"it cannot be signed again: the key abc5cd36 that signed the token is not a key of staging; use the profile default, whose key it was",
		"there is no row with that number; /ledger lists them",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	got, _ = dialogue(t, []string{"/ledger"}, withLedger(folder), func(_ *plain.Config, s *settings.Settings) { s.Ledger.Off = true })
	if want := "the ledger is off"; !strings.Contains(got, want) {
		t.Errorf("%q is missing in\n%s", want, got)
	}
}
