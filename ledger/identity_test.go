package ledger

import (
	"path/filepath"
	"strings"
	"testing"
)

// A query finds a token by the start of its jti, or of what stands for one.
func TestQueryOfIdentity(t *testing.T) {
	t.Parallel()
	l := Open(filepath.Join(t.TempDir(), "ledger.jsonl"), nil)
	without := Row{Event: Issued, Subject: "none", Payload: []byte(`{"note":",\"jti\":\"ab"}`)}
	rows := []Row{
		{Event: Issued, ID: "ab1", Subject: "one"},
		{Event: Issued, ID: "ab2", Subject: "two"},
		{Event: Issued, ID: `"ü`, Subject: "quote"},
		{Event: Batch, Count: 2, Subject: "many"},
		without,
	}
	if err := l.Append(rows...); err != nil {
		t.Fatal(err)
	}
	for start, want := range map[string]string{
		"": "none many quote two one", "ab": "two one", "ab1": "one", "b": "", `"`: "quote", without.Token()[:6]: "none",
	} {
		var found []string
		for row, err := range l.Rows(Query{ID: start}) {
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, row.Subject)
		}
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%q finds %q, want %q", start, got, want)
		}
	}
}
