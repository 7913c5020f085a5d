package ledger

import (
	"testing"
	"time"
)

// The latest row of each persona counts, if it was issued with these settings.
func TestLatest(t *testing.T) {
	t.Parallel()
	l := open(t)
	row := func(minute int, event Event, persona, settings string) Row {
		return Row{When: at(0).Add(time.Duration(minute) * time.Minute), Event: event, Persona: persona, Settings: settings}
	}
	batch := row(3, Batch, "load", "/a/.env")
	batch.Count = 5
	if err := l.Append(
		row(0, Issued, "admin", "/a/.env"), row(1, Issued, "admin", "/a/.env"), row(2, Issued, "", "/a/.env"), batch,
		row(4, Removed, "admin", "/a/.env"), row(5, Issued, "admin", "/b/.env"), row(6, Issued, "other", "/a/.env"),
	); err != nil {
		t.Fatal(err)
	}
	got := l.Latest("/a/.env", []string{"admin", "load", "never"}, time.Minute)
	if len(got) != 2 || !got["admin"].Equal(at(0).Add(time.Minute)) || !got["load"].Equal(at(0).Add(3*time.Minute)) {
		t.Errorf("got %v", got)
	}
	if got := l.Latest("/a/.env", nil, time.Minute); len(got) != 0 {
		t.Errorf("of nobody: got %v", got)
	}
}

// A search that takes too long ends.
func TestLatestEnds(t *testing.T) {
	t.Parallel()
	l := many(t, 100_000)
	began := time.Now()
	l.Latest("/home/ada/api/.env", []string{"nobody"}, time.Millisecond)
	l.Latest("/home/ada/api/.env", []string{"nobody"}, -time.Second)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
