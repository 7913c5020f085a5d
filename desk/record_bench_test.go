package desk

import (
	"path/filepath"
	"testing"

	"tokendesk/ledger"
)

// What the ledger costs a token: with one less without is at most 0.1 ms.
func BenchmarkToken(b *testing.B) {
	for name, to := range map[string]*ledger.Ledger{
		"without": nil, "with": ledger.Open(filepath.Join(b.TempDir(), "ledger.jsonl"), nil),
	} {
		b.Run(name+" a ledger", func(b *testing.B) {
			d := openWith(b, "SECRET_KEY="+testSecret+"\n", func(s *Source) { s.Ledger, s.Face = to, "issue" })
			draft := Draft{Subject: "ada@example.com"}
			for b.Loop() {
				if _, err := d.Token(b.Context(), draft); err != nil {
					b.Fatal(err)
				}
			}
			if err := Unrecorded(d); err != nil {
				b.Fatal(err)
			}
		})
	}
}
