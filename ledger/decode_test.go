package ledger

import (
	"bytes"
	"reflect"
	"testing"
	"time"
)

// What is encoded is decoded, and both ways to read a line say the same about it.
func FuzzDecode(f *testing.F) {
	for _, r := range []Row{full(), issued(1), {When: at(1), Event: Removed}, {When: at(2), Event: Batch, Count: 12, Pattern: "a\tb\x7f"}} {
		f.Add(bytes.TrimSuffix(encode(nil, &r), []byte("\n")))
	}
	for _, line := range []string{"", "{", "{}", `{"when":"`, `{"when":"2026-11-27T03:00:00.000Z","event":"issued"`} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		_, _ = decode(line)
		line = bytes.TrimSuffix(line, []byte("}"))
		line = bytes.TrimSuffix(seal(bytes.Clone(line), 0), []byte("\n"))
		row, err := decode(line)
		if err != nil {
			return
		}
		var parsed Row
		if !parsed.parse(line) {
			t.Skip("a member is there twice, which nothing writes")
		}
		if !reflect.DeepEqual(row, parsed) {
			t.Fatalf("scanned %+v\nparsed %+v", row, parsed)
		}
		again, err := decode(bytes.TrimSuffix(encode(nil, &row), []byte("\n")))
		if err != nil || !reflect.DeepEqual(row, again) {
			t.Fatalf("%v: read %+v\nagain %+v", err, row, again)
		}
	})
}

// A line is damaged, or it is the row that was written: never another one.
func TestDamage(t *testing.T) {
	t.Parallel()
	want := full()
	line := bytes.TrimSuffix(encode(nil, &want), []byte("\n"))
	for n := range line {
		for _, changed := range [][]byte{line[:n], append(bytes.Clone(line[:n]), line[n+1:]...)} {
			if row, err := decode(changed); err == nil {
				t.Errorf("without byte %d: %+v", n, row)
			}
		}
		for bit := range 8 {
			changed := bytes.Clone(line)
			changed[n] ^= 1 << bit
			if row, err := decode(changed); err == nil {
				t.Errorf("bit %d of byte %d: %+v", bit, n, row)
			}
		}
	}
}

// Members of a later version do no harm.
func TestLaterMember(t *testing.T) {
	t.Parallel()
	want := Row{When: at(3), Event: Issued, ID: "a"}
	line := encode(nil, &want)
	line = append(line[:bytes.Index(line, []byte(sumStart))], `,"later":{"x":[1,null]}`...)
	row, err := decode(bytes.TrimSuffix(seal(line, 0), []byte("\n")))
	if err != nil || !reflect.DeepEqual(row, want) {
		t.Errorf("%+v, %v", row, err)
	}
	line = encode(nil, &Row{When: time.Time{}, Event: Issued})
	if _, err := decode(bytes.TrimSuffix(line, []byte("\n"))); err == nil {
		t.Error("a row without a time")
	}
}
