package desk

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tokendesk/auth"
	"tokendesk/ledger"
)

// recording returns a Desk with a ledger of its own.
func recording(t *testing.T, more string, changes ...func(*Source)) *Desk {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.jsonl")
	d := openWith(t, "SECRET_KEY="+testSecret+"\n"+more, append([]func(*Source){func(s *Source) {
		s.Ledger, s.Face = ledger.Open(path, s.Now), "console"
	}}, changes...)...)
	if d.Problem() != nil {
		t.Fatal(d.Problem())
	}
	return d
}

// rowsOf returns the rows of the ledger of a Desk, the oldest first.
func rowsOf(t *testing.T, d *Desk) []ledger.Row {
	t.Helper()
	var rows []ledger.Row
	for row, err := range LedgerOf(d).Rows(ledger.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows
}

// A row says everything about a token but its signature.
func TestRecord(t *testing.T) {
	t.Parallel()
	d := recording(t, "ISSUER=https://issuer.example\n")
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Audience: []string{"a", "b"}}))
	equal(t, "it is recorded", e.Recorded, true)
	row := rowsOf(t, d)[0]
	payload := must[[]byte](t)(base64.RawURLEncoding.DecodeString(e.Token.PayloadSegment))
	equal(t, "the payload", string(row.Payload), string(payload))
	equal(t, "the check", row.Check, ledger.Check(e.Token, d.Key()))
	equal(t, "the issuer", row.Issuer, "https://issuer.example")
	equal(t, "the audience", strings.Join(row.Audience, " "), "a b")
	equal(t, "the face", row.Face, "console")
	equal(t, "the file", row.Settings, d.file)
	equal(t, "the time", row.When.Equal(moment), true)
	if _, err := Trial(d).Issue(t.Context(), Draft{Subject: "eve"}); err != nil {
		t.Fatal(err)
	}
	equal(t, "rows after a trial", len(rowsOf(t, d)), 1)
}

// What the settings say decides what is kept.
func TestRecordSettings(t *testing.T) {
	t.Parallel()
	for more, want := range map[string]ledger.Withheld{
		"": "", "LEDGER_CLAIMS=off": ledger.WithheldSetting, "PROTECTED=true": ledger.WithheldProtected, "PROTECTED=true\nLEDGER_CLAIMS=on": "",
	} {
		d := recording(t, more)
		Record(d, must[*auth.Token](t)(Trial(plain(t, "")).Token(t.Context(), Draft{Subject: "ada"})), Draft{})
		row := rowsOf(t, d)[0]
		equal(t, more+": why the claims are not kept", row.Withheld, want)
		equal(t, more+": the claims are kept", row.Payload != nil, want == "")
	}
	d := recording(t, "LEDGER=off")
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	equal(t, "with LEDGER=off there is a ledger", LedgerOf(d) != nil, false)
	equal(t, "with LEDGER=off it is recorded", e.Recorded, false)
	RecordLater(d, ledger.Removed, e)()
	RecordBatch(d, nil, 2, "x{n}")
}

// A signature that was made in this run is not kept, also where others look like one: in an ID,
// a subject, the ID of a key or a nonce.
func TestRecordOwnSignature(t *testing.T) {
	t.Parallel()
	d := recording(t, "")
	first := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	raw := first.Token.Signature
	text := first.Token.Compact[strings.LastIndexByte(first.Token.Compact, '.')+1:]
	forms := []string{text, base64.StdEncoding.EncodeToString(raw), hex.EncodeToString(raw), "see " + text, "https://x.example/" + text + "?a"}
	for _, form := range forms {
		quoted := must[[]byte](t)(json.Marshal(form))
		for _, name := range []string{"jti", "sub", "nonce", "sid", "at_hash"} {
			if _, err := d.Issue(t.Context(), Draft{Claims: auth.Object{{Name: "sub", Value: []byte(`"ada"`)}}.Set(name, quoted)}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.Issue(t.Context(), Draft{Subject: "ada", Header: auth.Object{{Name: "kid", Value: quoted}}}); err != nil {
			t.Fatal(err)
		}
	}
	again := must[*Entry](t)(Recall(t.Context(), d, rowsOf(t, d)[0]))
	again.Label = text
	RecordLater(d, ledger.Labelled, again)()
	rows := rowsOf(t, d)
	equal(t, "rows", len(rows), 2+6*len(forms))
	data := string(must[[]byte](t)(os.ReadFile(LedgerOf(d).Path())))
	for _, form := range append(forms[:3], string(raw)) {
		if strings.Contains(data, form) {
			t.Errorf("the ledger has the signature as %q", form)
		}
	}
	equal(t, "the first row has its claims", rows[0].Payload != nil, true)
}

// What happens to a token later is recorded if the token was.
func TestRecordLater(t *testing.T) {
	t.Parallel()
	d := recording(t, "", func(s *Source) { s.Lookup = func(name string) (string, bool) { return "grace", name == "LOGNAME" } })
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Persona: persona(t, "admin:\n  subject: ada\n")}))
	trial := must[*Entry](t)(Trial(d).Issue(t.Context(), Draft{Subject: "eve"}))
	e.Label = "flaky cart"
	labelled := RecordLater(d, ledger.Labelled, e)
	e.Label = "changed since"
	labelled()
	unsigned := Recorded(d, rowsOf(t, d)[0])[0]
	var running sync.WaitGroup
	for _, write := range []func(){
		RecordLater(d, ledger.Removed, trial, e), RecordLater(d, ledger.Removed, unsigned), RecordLater(d, ledger.Removed),
	} {
		running.Go(write)
	}
	running.Wait()
	rows := rowsOf(t, d)
	equal(t, "rows", len(rows), 4)
	for _, row := range rows {
		equal(t, "the token of the row", row.Token(), rows[0].Token())
		equal(t, "its persona", row.Persona, "admin")
		equal(t, "who", row.Person, "grace")
		equal(t, "its face", row.Face, "console")
		equal(t, "only what was issued has claims", row.Payload != nil, row.Event == ledger.Issued)
		equal(t, "nothing else has a check", row.Check != "", row.Event == ledger.Issued)
	}
	equal(t, "the label", rows[1].Label, "flaky cart")
	equal(t, "the event", rows[2].Event, ledger.Removed)
	equal(t, "the label of a removal", rows[2].Label, "")
}

// What cannot be recorded is said once, and the token is there.
func TestUnrecorded(t *testing.T) {
	t.Parallel()
	d := recording(t, "")
	path := LedgerOf(d).Path()
	if err := os.WriteFile(path, []byte("a shopping list\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
		equal(t, "it is recorded", e.Recorded, false)
		equal(t, "it is said", Unrecorded(d) != nil, n == 0)
	}
	torn := strings.TrimSuffix(`{"when":"2026-11-27T03:33:01.000Z","event":"iss`, "\n")
	if err := os.WriteFile(path, []byte(torn), 0o600); err != nil {
		t.Fatal(err)
	}
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	equal(t, "it is recorded beside a torn line", e.Recorded, true)
	if _, is := errors.AsType[*ledger.Torn](Unrecorded(d)); !is {
		t.Error("a torn line is not said")
	}
}

// A batch is one row.
func TestRecordBatch(t *testing.T) {
	t.Parallel()
	d := recording(t, "")
	RecordBatch(d, nil, 0, "none{n}")
	RecordBatch(d, persona(t, "admin:\n  subject: ada\n"), 500, "load{n}@shop.example")
	RecordBatch(d, nil, 2, testSecret+"{n}")
	rows := rowsOf(t, d)
	equal(t, "rows", len(rows), 2)
	equal(t, "the count", rows[0].Count, 500)
	equal(t, "the pattern", rows[0].Pattern, "load{n}@shop.example")
	equal(t, "the persona", rows[0].Persona, "admin")
	equal(t, "the key", rows[0].Fingerprint, d.Key().Fingerprint())
	equal(t, "a pattern with the secret", strings.Contains(rows[1].Pattern, testSecret), false)
}
