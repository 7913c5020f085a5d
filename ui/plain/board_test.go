package plain_test

import (
	"os"
	"path/filepath"
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
			"> Error: there is no order \"length\"; use one of time, subject, newest\n",
		"> #1 was removed from the board. /undo brings it back.\n> #2 ada, smoke test, HS256: active, 1h left\n",
		"> #1 is on the board again.\n> The label is as it was.\n> Error: there is nothing to undo\n",
		"> #2 was removed from the board. /undo brings it back.\n> Error: that token is not on the board; /board lists those that are\n",
		"> Error: there is no token with that number; /token lists them\n> #2 is on the board again.\n> #2 ada, HS256: active, 1h left\n#1 bob")
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
	says(t, got, "> No token on the board has expired.\n", "Board: the token for ada expired\n",
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
