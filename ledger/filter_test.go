package ledger

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
)

// A text is found whatever its case and however the row writes it.
func TestQueryOfText(t *testing.T) {
	t.Parallel()
	l := open(t)
	rows := []Row{
		{Event: Issued, Subject: "Müller"},
		{Event: Issued, Subject: "MÜLLER & Söhne"},
		{Event: Issued, Subject: "a/b<c>"},
		{Event: Issued, Subject: "bytes", Payload: []byte("caf\xe9 ÅNGSTRÖM plain")},
		{Event: Issued, Subject: "日本語", Label: "\u2028 line"},
		{Event: Issued, Subject: `quote " and \`, Payload: []byte(`{"name":"Ülkü"}`)},
	}
	if err := l.Append(rows...); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"ü": "Müller,MÜLLER & Söhne,quote \" and \\", "mülLER": "Müller,MÜLLER & Söhne", "R & SÖ": "MÜLLER & Söhne", "/b<": "a/b<c>",
		"ångström": "bytes", "PLAIN": "bytes", "本": "日本語", "\u2028 l": "日本語",
		`"`: `quote " and \`, `" and \`: `quote " and \`, "ж": "", "ülkü": `quote " and \`,
	} {
		var found []string
		for row, err := range l.Rows(Query{Text: text}) {
			if err != nil {
				t.Fatal(err)
			}
			found = append([]string{row.Subject}, found...)
		}
		if got := strings.Join(found, ","); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

// A row across the border of two blocks is found once, and so is each of its neighbours.
func TestRowsAcrossBlocks(t *testing.T) {
	t.Parallel()
	const rows = 9000 // about 4 MB
	l := many(t, rows)
	n := rows
	for row, err := range l.Rows(Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n--; row.ID != fmt.Sprintf("%032x", n) {
			t.Fatalf("row %d has the ID %s", n, row.ID)
		}
	}
	if n != 0 {
		t.Errorf("%d rows are missing", n)
	}
}

// Whoever searches can end it, between two rows or while nothing is found.
func TestQueryEnded(t *testing.T) {
	t.Parallel()
	const rows = 20_000
	l := many(t, rows)
	var ended atomic.Bool
	seen := 0
	for _, err := range l.Rows(Query{Ended: ended.Load}) {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen == 10 {
			ended.Store(true)
		}
	}
	if seen > rows/10 { // those of the first block
		t.Errorf("%d rows came after the end", seen)
	}
	var asked atomic.Int32
	for _, err := range l.Rows(Query{Text: "nowhere", Ended: func() bool { return asked.Add(1) > 2 }}) {
		t.Error("a row was found, or", err)
	}
	if n := asked.Load(); n > 10 { // a part of 1 MB each
		t.Errorf("it went on after it was asked %d times", n)
	}
}
