package desk

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
	"tokendesk/ledger"
	"tokendesk/settings"
)

// rowIssued returns the row of an entry that a key has signed.
func rowIssued(t *testing.T, e *Entry, key *auth.Key, profile string) ledger.Row {
	t.Helper()
	part := func(segment string) []byte { return must[[]byte](t)(base64.RawURLEncoding.DecodeString(segment)) }
	row := ledger.Row{
		When: moment, Event: ledger.Issued, Subject: e.Token.Subject(), Algorithm: string(key.Algorithm()), KeyID: e.Token.KeyID(),
		Fingerprint: key.Fingerprint(), Header: part(e.Token.HeaderSegment), Payload: part(e.Token.PayloadSegment),
		Check: ledger.Check(e.Token, key), Persona: e.Persona(), Profile: profile,
	}
	row.ID, _ = e.Token.Claims.String("jti")
	row.Issuer, _ = e.Token.Claims.String("iss")
	for name, into := range map[string]*json.Number{"iat": &row.IssuedAt, "exp": &row.Expires} {
		value, _ := e.Token.Claims.Get(name)
		*into = json.Number(value)
	}
	return row
}

// newKey returns a new private key as a JWK.
func newKey(t *testing.T, alg auth.Algorithm) string {
	t.Helper()
	key := must[*auth.Key](t)(auth.GenerateKey(alg, 0, rand.Reader))
	return string(must[[]byte](t)(key.EncodePrivate(auth.FormatJWK)))
}

// later moves the clock of a Desk.
func later(d *Desk, by time.Duration) *Desk { return d.At(moment.Add(by)) }

// A row becomes its very token again, whatever the claims are and whichever of the keys signed.
func TestRecall(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"private.jwks": keySet(t)})
	for _, test := range []struct {
		name  string
		desk  *Desk
		draft Draft
	}{
		{"a secret", plain(t, ""), Draft{Subject: "ada", Claims: auth.Object{{Name: "n", Value: json.RawMessage("1.0")}}}},
		{"a weak secret", openWith(t, "SECRET_KEY=changeme"), Draft{Subject: "ada"}},
		{"bytes", plain(t, ""), Draft{Bytes: []byte("{ \"a\" : 1,\n \"a\":2}")}},
		{"the first key", openWith(t, "KEY_FILE="+filepath.Join(dir, "private.jwks")), Draft{Subject: "ada"}},
		{"another key", openWith(t, "KEY_FILE="+filepath.Join(dir, "private.jwks")), Draft{
			Subject: "ada", Persona: persona(t, "p:\n  subject: ada\n  key: 2026-11\n"),
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			key := test.desk.Key()
			if test.draft.Persona != nil {
				key = must[*auth.Key](t)(test.desk.SigningKey(test.draft.Persona))
			}
			made := must[*Entry](t)(test.desk.Issue(t.Context(), test.draft))
			row := rowIssued(t, made, key, "default")
			equal(t, "a hash is kept", row.Check != "", key.Weakness() == nil)
			again := must[*Entry](t)(Recall(t.Context(), later(test.desk, time.Minute), row))
			equal(t, "the token", again.Token.Compact, made.Token.Compact)
			equal(t, "unsigned", again.Unsigned(), false)
			equal(t, "the verdict", again.Result.Verdict, made.Result.Verdict)
			equal(t, "from", again.Arrival.String(), "ledger")
		})
	}
}

// Each condition fails with a reason of its own.
func TestRecallRefuses(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	good := rowIssued(t, must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"})), d.Key(), "default")
	pss := openWith(t, "KEY_FILE="+filepath.Join(write(t, map[string]string{"k.jwk": newKey(t, auth.PS256)}), "k.jwk"))
	for _, test := range []struct {
		name   string
		desk   *Desk
		change func(*ledger.Row)
		fails  Condition
		text   string
	}{
		{"a batch", d, func(r *ledger.Row) { r.Event = ledger.Batch }, OneToken, "a batch is one row"},
		{"a label", d, func(r *ledger.Row) { *r = r.Of(ledger.Labelled) }, OneToken, "does not have the claims"},
		{"expired", later(d, 30*time.Minute), func(*ledger.Row) {}, NotExpired, "the token expired just now"},
		{"no claims", d, func(r *ledger.Row) { r.Payload, r.Withheld = nil, ledger.WithheldSetting }, Kept, "LEDGER_CLAIMS is off"},
		{"random", pss, func(r *ledger.Row) { r.Algorithm = "PS256" }, SameSignature, "PS256 signs differently each time"},
		{"no key", d, func(r *ledger.Row) { r.Fingerprint = "00000000" }, KeyThere, "the key 00000000 that signed the token is not a key"},
		{"another profile", d, func(r *ledger.Row) { r.Fingerprint, r.Profile = "0", "staging" }, KeyThere, "use the profile staging"},
		{"another project", d, func(r *ledger.Row) { r.Fingerprint, r.Settings = "0", "/shop/.env" }, KeyThere, "is that of /shop/.env"},
		{"this run", d, func(r *ledger.Row) { r.Fingerprint, r.Profile = "0", ThisRun }, KeyThere, "it existed for one run only"},
		{"another token", d, func(r *ledger.Row) { r.Check = "0011223344556677" }, SameToken, "a different signature"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			row := good
			test.change(&row)
			_, err := Recall(t.Context(), test.desk, row)
			not, ok := errors.AsType[*NotAgain](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			equal(t, "what fails", not.Fails, test.fails)
			if line := explain.Lines(err)[0]; !strings.Contains(line.String(), test.text) || line.Do == "" {
				t.Errorf("it says %q", line)
			}
		})
	}
}

// What asks for issuing also asks here, and what is refused stays refused.
func TestRecallAsks(t *testing.T) {
	t.Parallel()
	open := plain(t, "")
	row := rowIssued(t, must[*Entry](t)(open.Issue(t.Context(), Draft{Subject: "ada"})), open.Key(), "default")
	_, err := Recall(t.Context(), plain(t, "PROTECTED=true"), row)
	locked, ok := errors.AsType[*Locked](err)
	if !ok || locked.Asks != ProfileName {
		t.Fatalf("a protected profile: %v", err)
	}
	unlocked := must[*Desk](t)(locked.Answer(locked.Profile))
	if _, err := Recall(t.Context(), unlocked, row); err != nil {
		t.Errorf("after the answer: %v", err)
	}
	_, err = Recall(t.Context(), plain(t, "MAX_TOKEN_MINUTES=5"), row)
	if _, ok := errors.AsType[*auth.LimitError](err); !ok {
		t.Errorf("a lifetime above the limit: %v", err)
	}
	weak := openWith(t, "SECRET_KEY=changeme")
	row = rowIssued(t, must[*Entry](t)(weak.Issue(t.Context(), Draft{Subject: "ada"})), weak.Key(), "default")
	_, err = Recall(t.Context(), openWith(t, "SECRET_KEY=changeme\nPROTECTED=true"), row)
	if err == nil || !strings.Contains(err.Error(), "does not sign with a weak key") {
		t.Errorf("a weak key of a protected profile: %v", err)
	}
}

// An entry of a row says what is known, and nothing about a signature.
func TestRecorded(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	made := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	whole := rowIssued(t, made, d.Key(), "default")
	whole.Label, whole.Persona = "cart", "gone"
	bare := whole
	bare.Header, bare.Payload, bare.Withheld = nil, nil, ledger.WithheldProtected
	for i, e := range Recorded(d, whole, bare) {
		equal(t, "unsigned", e.Unsigned(), true)
		equal(t, "the token", e.Token.Compact, "")
		equal(t, "the subject", e.Token.Subject(), "ada")
		equal(t, "the state", e.State, auth.StateActive)
		equal(t, "the key", e.Fingerprint(), d.Key().Fingerprint())
		equal(t, "the persona", e.Persona(), "gone")
		equal(t, "the label", e.Label, "cart")
		if of := RowOf(d, e); of.Token() != whole.Token() || of.Persona != "gone" {
			t.Errorf("its row is that of another token: %+v", of)
		}
		row, ok := e.Row()
		equal(t, "the row", ok && row.ID == whole.ID, true)
		status := explain.StatusOf(&e.Result, moment)
		equal(t, "the status", status.String(), "not signed, 30m left")
		var said []string
		for _, line := range explain.Token(e.Known(), moment).Verdict(explain.Clock{Now: moment}) {
			said = append(said, line.String())
		}
		equal(t, "it says", strings.Join(said, "; "), [...]string{
			"not signed, from the ledger", "not signed, from the ledger; its claims were not kept: its profile is protected",
		}[i])
		e.VerifyWith(d.Keyring(), moment)
		e.Verify(moment.Add(time.Hour))
		equal(t, "the state later", e.State, auth.StateExpired)
		equal(t, "the verdict", e.Result.Verdict, 0)
		equal(t, "the status later", explain.StatusOf(&e.Result, moment.Add(time.Hour)).String(), "expired 30m ago")
	}
}

// A fresh token like that of a row.
func TestAgain(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{"p.yaml": "admin:\n  subject: root\n  claims:\n    role: admin\n    id: '{{uuid}}'\n"})
	d := plain(t, "ISSUER=https://a.example\nPERSONAS_FILE="+filepath.Join(dir, "p.yaml"))
	admin := must[[]*settings.Persona](t)(d.Personas())[0]
	for _, test := range []struct {
		name   string
		draft  Draft
		change func(*ledger.Row)
		want   string // the claims, without iat, exp and jti
	}{
		{
			"plain",
			Draft{Subject: "ada", Lifetime: "8h", Claims: object(t, `{"role":"qa"}`)},
			nil,
			`{"sub":"ada","iss":"https://a.example","role":"qa"}`,
		},
		{"another issuer", Draft{Subject: "ada", Issuer: "x", Lifetime: "8h"}, nil, `{"sub":"ada","iss":"x"}`},
		{
			"of another profile",
			Draft{Subject: "ada", Issuer: "x", Lifetime: "8h"},
			func(r *ledger.Row) { r.Profile = "staging" },
			`{"sub":"ada","iss":"https://a.example"}`,
		},
		{
			"a persona",
			Draft{Persona: admin, Lifetime: "8h", Claims: object(t, `{"team":1}`)},
			nil,
			`{"sub":"root","iss":"https://a.example","role":"admin","id":"fresh","team":1}`,
		},
		{
			"a persona that is gone",
			Draft{Persona: admin, Lifetime: "8h"},
			func(r *ledger.Row) { r.Persona = "gone" },
			`{"sub":"root","iss":"https://a.example","role":"admin","id":"kept"}`,
		},
		{"without sub", Draft{Without: []string{"sub"}, Lifetime: "8h"}, nil, `{"iss":"https://a.example"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			made := must[*Entry](t)(d.Issue(t.Context(), test.draft))
			row := rowIssued(t, made, d.Key(), "default")
			if test.change != nil {
				test.change(&row)
			}
			fresh := must[*Entry](t)(later(d, time.Hour).Issue(t.Context(), Again(d, row)))
			lifetime, _ := fresh.Token.Lifetime()
			equal(t, "the lifetime", lifetime, 8*time.Hour)
			claims := fresh.Token.Claims
			if id, ok := claims.Get("id"); ok {
				was, _ := made.Token.Claims.Get("id")
				claims = claims.Set("id", json.RawMessage(map[bool]string{true: `"kept"`, false: `"fresh"`}[string(id) == string(was)]))
			}
			text, _ := json.Marshal(claims.Without("iat").Without("exp").Without("jti"))
			equal(t, "the claims", string(text), test.want)
		})
	}
}

// The board takes rows like tokens, and a token takes the place of its row.
func TestBoardOfRows(t *testing.T) {
	t.Parallel()
	d, b := plain(t, ""), &Board{}
	var made []*Entry
	var rows []ledger.Row
	for _, subject := range []string{"ada", "bob"} {
		made = append(made, must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: subject})))
		rows = append(rows, rowIssued(t, made[len(made)-1], d.Key(), "default"))
	}
	entries := Recorded(d, rows...)
	for _, e := range append(entries, Recorded(d, rows...)...) {
		b.Add(e)
	}
	equal(t, "shown", shown(b, moment), "ada bob")
	b.Select(0, moment)
	b.Label("mine")
	b.Mark()
	equal(t, "replaced", Replace(b, entries[0], made[0], moment), true)
	equal(t, "it is there", b.Has(made[0]) && !b.Has(entries[0]), true)
	row := b.SelectedRow()
	equal(t, "the selected one", row.Entry, made[0])
	equal(t, "label, mark and number", row.Label == "mine" && row.Marked && row.Number == 1, true)
	equal(t, "again", Replace(b, entries[0], made[0], moment), false)
	b.Add(made[1])
	b.Select(1, moment)
	equal(t, "one that is there", Replace(b, entries[1], made[1], moment), true)
	equal(t, "shown then", shown(b, moment), "ada bob")
	b.Verify(moment.Add(time.Hour))
	b.Undo(moment)
}
