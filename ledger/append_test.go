package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tokendesk/auth/advice"
)

// open returns a ledger in a new folder, by a stopped clock.
func open(t *testing.T) *Ledger {
	t.Helper()
	return Open(filepath.Join(t.TempDir(), "ledger.jsonl"), func() time.Time { return at(1) })
}

// collect returns the rows and the damaged lines that a query finds, the newest first.
func collect(t *testing.T, l *Ledger, q Query) (rows []Row, damaged []*Damaged) {
	t.Helper()
	for row, err := range l.Rows(q) {
		one, isDamaged := errors.AsType[*Damaged](err)
		switch {
		case isDamaged:
			damaged = append(damaged, one)
		case err != nil:
			t.Fatal(err)
		default:
			rows = append(rows, row)
		}
	}
	return rows, damaged
}

func content(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A program that is stopped at any byte of a row leaves a line that the next one closes. Every
// row that was whole is found, and the line that is not is named, once.
func TestTornAtEveryByte(t *testing.T) {
	t.Parallel()
	var whole []byte
	for n := range 2 {
		r := Row{When: at(n), Event: Issued, ID: "a", Payload: []byte(`{"x":1}`)}
		whole = encode(whole, &r)
	}
	first := bytes.IndexByte(whole, '\n') + 1
	l := open(t)
	for cut := range len(whole) + 1 {
		if err := os.WriteFile(l.path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		err := l.Append(Row{Event: Removed, ID: "next"})
		again := l.Append(Row{Event: Removed, ID: "after"})
		complete := []int{0, first - 1, first, len(whole) - 1, len(whole)} // with or without the line feed
		isWhole := false
		for _, length := range complete {
			isWhole = isWhole || cut == length
		}
		torn, isTorn := errors.AsType[*Torn](err)
		line := 1 + bytes.Count(whole[:cut], []byte("\n"))
		if isTorn == isWhole || !isTorn && err != nil || isTorn && (torn.Line != line || advice.Of(err) == "") || again != nil {
			t.Fatalf("cut at byte %d: %v, then %v", cut, err, again)
		}
		rows, damaged := collect(t, l, Query{})
		want := 2
		for _, end := range []int{first, len(whole)} {
			if cut >= end-1 {
				want++
			}
		}
		if len(rows) != want || rows[0].ID != "after" || rows[1].ID != "next" {
			t.Fatalf("cut at byte %d: %d rows, want %d", cut, len(rows), want)
		}
		if isTorn && (len(damaged) != 1 || damaged[0].Line != line) || !isTorn && len(damaged) > 0 {
			t.Fatalf("cut at byte %d: damaged are %v", cut, damaged)
		}
	}
}

// Forty programs at once write whole rows, none is lost, and each rotation keeps the rows.
func TestManyWriters(t *testing.T) {
	t.Parallel()
	const writers, each = 40, 25
	path := filepath.Join(t.TempDir(), "not", "there yet", "ledger.jsonl")
	var running sync.WaitGroup
	for w := range writers {
		running.Go(func() {
			l := Open(path, nil)
			for n := range each {
				r := issued(n)
				r.When, r.ID = time.Time{}, fmt.Sprintf("%d of %d", n, w)
				if err := l.Append(r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	running.Wait()
	rows, damaged := collect(t, Open(path, nil), Query{})
	seen := map[string]bool{}
	for n, r := range rows {
		seen[r.ID] = true
		if n > 0 && r.When.After(rows[n-1].When) && r.When.Sub(rows[n-1].When) > time.Second {
			t.Errorf("row %d is newer than the one before it", n)
		}
	}
	if len(seen) != writers*each || len(rows) != len(seen) || len(damaged) > 0 {
		t.Errorf("%d rows, %d different ones, %d damaged", len(rows), len(seen), len(damaged))
	}
}

// Writers that rotate at the same moment never replace the older file by an almost empty one,
// and readers see every row at most once.
func TestRotationRace(t *testing.T) {
	t.Parallel()
	const writers, each = 8, 60
	path := filepath.Join(t.TempDir(), "ledger.jsonl")
	small := func() *Ledger {
		l := Open(path, nil)
		l.maxBytes = 20 << 10
		return l
	}
	var running sync.WaitGroup
	stop := make(chan struct{})
	running.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			seen := map[string]bool{}
			for row, err := range small().Rows(Query{}) {
				if err != nil || seen[row.ID] {
					t.Errorf("row %s again, or %v", row.ID, err)
					return
				}
				seen[row.ID] = true
			}
		}
	})
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			l := small()
			for n := range each {
				r := issued(n)
				r.When, r.ID = time.Time{}, fmt.Sprintf("%d of %d", n, w)
				if err := l.Append(r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	close(stop)
	running.Wait()
	l := small()
	for _, name := range []string{l.path, l.Older()} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > l.maxBytes+maxRow || name == l.Older() && info.Size() < l.maxBytes {
			t.Errorf("%s has %d bytes", name, info.Size())
		}
	}
}

// The file becomes the older one when its first row is 90 days old.
func TestRotationByAge(t *testing.T) {
	t.Parallel()
	l := open(t)
	now := at(0)
	l.now = func() time.Time { return now }
	write := func() {
		t.Helper()
		if err := l.Append(Row{Event: Removed, ID: now.Format(time.RFC3339)}); err != nil {
			t.Fatal(err)
		}
	}
	write()
	now = now.Add(MaxAge - time.Millisecond)
	write()
	if _, err := os.Stat(l.Older()); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("rotated too early: %v", err)
	}
	now = now.Add(time.Millisecond)
	write()
	rows, _ := collect(t, l, Query{})
	if older := bytes.Count(content(t, l.Older()), []byte("\n")); older != 2 || len(rows) != 3 {
		t.Errorf("%d rows in the older file, %d in both", older, len(rows))
	}
	now = at(0) // the clock was set back
	write()
	if n := bytes.Count(content(t, l.path), []byte("\n")); n != 2 {
		t.Errorf("%d rows in the file", n)
	}
}

// Nothing is appended to a file that is no ledger, and nothing that is wrong is silent.
func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(notes, []byte("my notes\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"":                                  "there is no folder for the ledger",
		notes:                               notes + " is not a ledger and was not changed",
		dir:                                 "cannot be written",
		filepath.Join(notes, "x", "a.json"): "cannot be written because there is no folder",
	} {
		err := Open(path, nil).Append(Row{Event: Removed})
		if err == nil || !strings.Contains(err.Error(), want) || advice.Of(err) == "" {
			t.Errorf("%q: %v; %s", path, err, advice.Of(err))
		}
		if health := Open(path, nil).Health(); health.Problem == nil {
			t.Errorf("%q is said to be writable", path)
		}
	}
	if text := content(t, notes); string(text) != "my notes\n" {
		t.Errorf("the notes are now %q", text)
	}
}

// Lines that somebody has changed, added or removed are named by their numbers, in both files.
func TestForeignEdits(t *testing.T) {
	t.Parallel()
	l := open(t)
	var text []byte
	for n := range 5 {
		r := issued(n)
		text = encode(text, &r)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	lines[0] = []byte("\ufeff" + string(lines[0]))
	lines[2] = bytes.Replace(lines[2], []byte("user2"), []byte("user9"), 1)
	lines[3] = append([]byte("a comment\n\n"), bytes.Replace(lines[3], []byte("\n"), []byte("\r\n"), 1)...)
	edited := bytes.Join(lines, nil)
	for _, path := range []string{l.path, l.Older()} {
		if err := os.WriteFile(path, edited, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Append(Row{Event: Removed, ID: "last"}); err != nil { // the last row is whole
		t.Fatal(err)
	}
	rows, damaged := collect(t, l, Query{})
	var places []string
	for _, d := range damaged {
		places = append(places, fmt.Sprintf("%s:%d", filepath.Base(d.Path), d.Line))
	}
	want := "ledger.jsonl:6 ledger.jsonl:5 ledger.jsonl:4 ledger.jsonl:3 ledger.jsonl:1 " +
		"ledger.1.jsonl:6 ledger.1.jsonl:5 ledger.1.jsonl:4 ledger.1.jsonl:3 ledger.1.jsonl:1"
	if got := strings.Join(places, " "); got != want || len(rows) != 5 {
		t.Errorf("%d rows, damaged are %s, want %s", len(rows), got, want)
	}
}

// A row that is too long loses its payload, then the ends of its texts, and is found.
func TestLongRows(t *testing.T) {
	t.Parallel()
	l := open(t)
	long := strings.Repeat("ü\x01", maxRow)
	list := []string{long, long}
	for _, r := range []Row{
		{Event: Issued, ID: "payload", Payload: []byte(long), Header: []byte("{}")},
		{Event: Issued, ID: "all", Subject: long, Payload: []byte(long), Header: []byte(long), Audience: list, Label: long, Expires: "1"},
	} {
		if err := l.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	if list[0] != long {
		t.Error("the list of the caller was changed")
	}
	rows, damaged := collect(t, l, Query{})
	if len(rows) != 2 || len(damaged) > 0 || rows[1].Withheld != WithheldSize || string(rows[1].Header) != "{}" ||
		len(rows[0].Subject) > maxText+8 {
		t.Errorf("%d rows, damaged %v", len(rows), damaged)
	}
}
