package ledger

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// issued is a row as the desk writes it for a token of user n.
func issued(n int) Row {
	iat := at(0).Unix() + int64(n)
	return Row{
		When: at(0).Add(time.Duration(n) * time.Second), Event: Issued, ID: fmt.Sprintf("%032x", n),
		Subject: fmt.Sprintf("user%d@example.com", n),
		Issuer:  "https://issuer.example.com", Audience: []string{"api"}, Algorithm: "HS256", Fingerprint: "0011aabb",
		IssuedAt: number(iat), Expires: number(iat + 1800), Header: []byte(`{"alg":"HS256","typ":"JWT"}`),
		Payload: fmt.Appendf(nil, `{"sub":"user%d@example.com","iat":%d,"exp":%d,"jti":"%032x","roles":["Reader"]}`, n, iat, iat+1800, n),
		Check:   "0123456789abcdef", Profile: "default", Settings: "/home/ada/api/.env", Person: "ada", Face: "issue",
	}
}

// many writes a ledger of so many rows.
func many(tb testing.TB, rows int) *Ledger {
	tb.Helper()
	l := Open(filepath.Join(tb.TempDir(), "ledger.jsonl"), nil)
	f, err := os.Create(l.path)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	var line []byte
	for n := range rows {
		r := issued(n)
		line = encode(line[:0], &r)
		if _, err := w.Write(line); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return l
}

// A row is written in less than 0.1 ms.
func BenchmarkAppend(b *testing.B) {
	l := Open(filepath.Join(b.TempDir(), "ledger.jsonl"), nil)
	row := issued(1)
	for b.Loop() {
		if err := l.Append(row); err != nil {
			b.Fatal(err)
		}
	}
}

// A million rows are searched in less than a second.
func BenchmarkRows(b *testing.B) {
	l := many(b, 1_000_000)
	for _, q := range []Query{
		{Subject: "user77@example.com"},
		{Key: "ffffffff"},
		{Text: "USER77@"},
		{Text: "nowhere"},
		{ID: fmt.Sprintf("%032x", 1)},
		{Since: at(0).Add(999_990 * time.Second)},
		{Persona: "ada", Face: "issue"},
		{Text: "example.com nowhere"},
		{Text: "ü"},
	} {
		b.Run(fmt.Sprintf("%v", q), func(b *testing.B) {
			for b.Loop() {
				n := 0
				for _, err := range l.Rows(q) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				b.ReportMetric(float64(n), "rows")
			}
		})
	}
	b.Run("newest", func(b *testing.B) {
		for b.Loop() {
			for _, err := range l.Rows(Query{}) {
				if err != nil {
					b.Fatal(err)
				}
				break
			}
		}
	})
}
