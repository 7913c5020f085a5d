package plain_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/settings"
	"tokendesk/ui/plain"
)

// The board is searched, sorted and labelled, and what is removed comes back.
func TestPlainBoard(t *testing.T) {
	t.Parallel()
	got, err := dialogue(t, []string{
		"/lifetime 2h", "bob", "/lifetime 1h", "ada", "/label smoke test", "/board", "/board SMOKE", "/board nobody",
		"/sort subject", "/sort newest",
		"/sort length", "/remove 1", "/board", "/undo", "/undo", "/undo", "/remove", "/remove", "/remove 7", "/undo", "/board",
	})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> #2 has the label smoke test.\n", "> #2 ada, smoke test, HS256: active, 1h left\n#1 bob, HS256: active, 2h left\n",
		"> #2 ada, smoke test, HS256: active, 1h left\n> None of the 2 tokens on the board has that.\n",
		"> The board is sorted: by subject.\n> The board is sorted: newest first.\n"+
			"> Error: there is no order \"length\"; use one of time, subject, newest, persona, label, key, origin\n",
		"> #1 was removed from the board. /undo brings it back.\n> #2 ada, smoke test, HS256: active, 1h left\n",
		"> 1 token is on the board again.\n> The label of #2 is as it was.\n> Error: there is nothing to undo\n",
		"> #2 was removed from the board. /undo brings it back.\n> Error: that token is not on the board; /board lists those that are\n",
		"> Error: there is no token with that number; /token lists them\n> 1 token is on the board again.\n"+
			"> #2 ada, HS256: active, 1h left\n#1 bob")
}

// The expired are removed together, and come back together.
func TestPlainRemoveExpired(t *testing.T) {
	t.Parallel()
	now := moment
	got, err := dialogue(t, []string{
		"/remove expired", "/lifetime 10s", "ada", "bob", "/lifetime 2h", "eve", "/remove expired", "/board", "/undo", "/board",
	}, func(c *plain.Config, _ *settings.Settings) {
		c.Source.Now = func() time.Time {
			now = now.Add(2 * time.Second)
			return now
		}
	})
	if err != nil {
		t.Error(err)
	}
	says(t, got, "> No token on the board has expired.\n",
		"> 2 tokens are gone from the board. /undo brings them back.\n> #3 eve, HS256: active, ",
		"> 2 tokens are on the board again.\n", "#1 ada, HS256: expired ")
}

// A file of tokens is opened.
func TestPlainOpen(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "tokens.txt")
	text := handmade(t, testHeader, `{"sub":"ada"}`) + "\nsomething else\n" + handmade(t, testHeader, `{"sub":"bob"}`) + "\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := dialogue(t, []string{"/open " + file, "/board", "/token 2", "/open " + file, "/undo", "/board", "/open", "/open /no/such"})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> 2 tokens are on the board now. /board lists them.\n> #1 ada, HS256: no expiry\n#2 bob", "Claim sub: bob",
		"> Error: "+file+": it has no token that could be added to the board\n> 2 tokens are gone from the board.\n> The board is empty.\n",
		"> Error: type a file name after /open\n> Error: /no/such: ")
}

// A token that is kept alive is issued again before it expires.
func TestPlainKeep(t *testing.T) {
	t.Parallel()
	now := moment
	got, err := dialogue(t, []string{
		"/lifetime 100s", "ada", "/keep", "/keep", "/keep", "", "", "", "", "", "", "", "/status",
		"/read " + handmade(t, testHeader, `{"sub":"ada"}`), "/keep",
	}, func(c *plain.Config, _ *settings.Settings) {
		c.Source.Now = func() time.Time {
			now = now.Add(3 * time.Second)
			return now
		}
	})
	if !isFailed(err) {
		t.Error(err)
	}
	says(t, got, "> #1 is kept alive, and issued again shortly before the end.\n> #1 is not kept alive any more.\n> #1 is kept alive",
		"Board: #1 was issued again as #2, the current one\n", "> ada: expires soon, ", "> Error: it never expires\n")
}

// A file that changes on disk is noticed.
func TestPlainChangedFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".env")
	write := func(secret string) {
		if err := os.WriteFile(path, []byte("SECRET_KEY="+secret+"\n"), 0o600); err != nil {
			t.Error(err)
		}
	}
	write(testSecret)
	calls := 0
	got, err := dialogue(t, []string{"/board", "/board", "/board", "/reload", "/board"}, func(c *plain.Config, _ *settings.Settings) {
		c.Source.File, c.Source.Load = path, settings.Load
		c.Source.Lookup = func(string) (string, bool) { return "", false }
		c.Source.Now = func() time.Time {
			if calls++; calls == 8 {
				write(stagingSecret)
			}
			return moment
		}
	})
	if err != nil {
		t.Error(err)
	}
	const note = ".env: it has changed; /reload reads it again, and until then it counts as it was\n"
	says(t, got, "key "+testKey(t, testSecret).Fingerprint(), note, "key "+testKey(t, stagingSecret).Fingerprint())
	if strings.Count(got, note) != 1 {
		t.Errorf("the note is there %d times:\n%s", strings.Count(got, note), got)
	}
}
