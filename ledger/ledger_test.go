package ledger

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"
	"time"
)

func at(second int) time.Time { return time.Date(2026, 11, 27, 3, 0, second, 0, time.UTC) }

// full is a row with every field.
func full() Row {
	return Row{
		When: at(0), Event: Issued, ID: "a", Subject: "ada \"x\" \u2028 ü", Issuer: "https://issuer", Audience: []string{"api", "b,c"},
		Algorithm: "HS256", KeyID: "k1", Fingerprint: "0011aabb", IssuedAt: "1795000000", NotBefore: "1.5e3", Expires: "9007199254740993",
		Header: []byte(`{"alg":"HS256"}`), Payload: []byte("{\"sub\":\"ada\",\n \"x\": 1}\xff"),
		Withheld: WithheldSecret, Check: "0123456789abcdef",
		Persona: "ada", Profile: "staging", Settings: "/p/.env", Person: "me", Face: "issue", Label: "first", Count: 3, Pattern: "user{n}",
	}
}

func TestAppendAndRows(t *testing.T) {
	t.Parallel()
	l := Open(filepath.Join(t.TempDir(), "state", "tokendesk", "ledger.jsonl"), func() time.Time { return at(7) })
	rows := []Row{full(), {Event: Removed, ID: "b"}, {Event: Issued, When: at(9), Payload: []byte("{}")}}
	if err := l.Append(rows...); err != nil {
		t.Fatal(err)
	}
	rows[1].When = at(7)
	var got []Row
	for row, err := range l.Rows(Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	want := []Row{rows[2], rows[1], rows[0]}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func number(n int64) json.Number { return json.Number(strconv.FormatInt(n, 10)) }
