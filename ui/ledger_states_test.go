package ui

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"tokendesk/ledger"
	"tokendesk/settings"
)

// withLedger gives a console a ledger of its own, with rows in it, the oldest first.
func withLedger(t testing.TB, rows ...ledger.Row) change {
	t.Helper()
	return withLedgerIn(t, t.TempDir(), rows...)
}

func withLedgerIn(t testing.TB, folder string, rows ...ledger.Row) change {
	t.Helper()
	return func(cfg *Config, set *settings.Settings) {
		set.Profile, set.Ledger.Claims = "default", true
		cfg.Source.Ledger = ledger.Open(filepath.Join(folder, "ledger.jsonl"), cfg.Source.Now)
		cfg.Source.Face = "console"
		if len(rows) > 0 {
			if err := cfg.Source.Ledger.Append(rows...); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// ledgerRow returns the row of a token that was issued so long before moment, with the test key.
func ledgerRow(t testing.TB, subject string, before, lifetime time.Duration) ledger.Row {
	t.Helper()
	at := moment.Add(-before)
	iat, exp := json.Number(strconv.FormatInt(at.Unix(), 10)), json.Number(strconv.FormatInt(at.Add(lifetime).Unix(), 10))
	id := fmt.Sprintf("%032x", at.Unix())
	key := testKey(t, "HS256", testSecret)
	payload := fmt.Sprintf(`{"sub":%q,"iat":%s,"exp":%s,"jti":%q,"role":"admin"}`, subject, iat, exp, id)
	return ledger.Row{
		When: at, Event: ledger.Issued, ID: id, Subject: subject, Algorithm: "HS256", Fingerprint: key.Fingerprint(),
		IssuedAt: iat, Expires: exp, Header: []byte(plainHeader), Payload: []byte(payload),
		Profile: "default", Person: "ada", Face: "console", Settings: ".env",
	}
}

// invented are rows as a user has them.
func invented(t testing.TB) []ledger.Row {
	t.Helper()
	expired := ledgerRow(t, "mallory@example.com", 26*time.Hour, time.Hour)
	expired.Face = "issue"
	admin := ledgerRow(t, "grace@example.com", 20*time.Minute, 8*time.Hour)
	admin.Persona = "admin"
	other := ledgerRow(t, "bob@example.com", 10*time.Minute, time.Hour)
	other.Fingerprint, other.Profile = "9b1d22e0", "staging"
	batch := ledger.Row{
		When: moment.Add(-5 * time.Minute), Event: ledger.Batch, Algorithm: "HS256", Fingerprint: admin.Fingerprint, Persona: "customer",
		Count: 1000, Pattern: "load-{{n}}@example.com", Face: "batch", Person: "ada", Profile: "default",
	}
	labelled := admin.Of(ledger.Labelled)
	labelled.When, labelled.Label = moment.Add(-4*time.Minute), "yesterday"
	kept := ledgerRow(t, "prod-user", 2*time.Minute, 15*time.Minute)
	kept.Payload, kept.Withheld = nil, ledger.WithheldProtected
	return []ledger.Row{expired, admin, other, batch, labelled, kept, ledgerRow(t, "ada@example.com", 19*time.Second, 30*time.Minute)}
}

// toLedger brings the screen to the front.
func (d *desktop) toLedger() {
	d.t.Helper()
	d.toScreen("Ledger")
}

func (d *desktop) toScreen(name string) {
	d.t.Helper()
	n := slices.IndexFunc(d.stack.rows, func(r row) bool { return r.name == name })
	d.run(d.Model.goTo(n))
	d.send(nil)
}

func ledgerStates() []state {
	open := func(name string, steps func(*desktop), rows func(*testing.T) []ledger.Row) state {
		return state{name, func(t *testing.T) *desktop {
			t.Helper()
			d := newDesktop(t, withLedger(t, rows(t)...))
			d.toLedger()
			steps(d)
			return d
		}}
	}
	all := func(t *testing.T) []ledger.Row { t.Helper(); return invented(t) }
	none := func(*testing.T) []ledger.Row { return nil }
	return []state{
		open("ledger", func(*desktop) {}, all),
		open("ledger batch", func(d *desktop) { d.press("down", "down") }, all),
		open("ledger other key", func(d *desktop) { d.press("down", "down", "down") }, all),
		open("ledger filter", func(d *desktop) { d.press("/"); d.typed("example") }, all),
		open("ledger no match", func(d *desktop) { d.press("/"); d.typed("nobody"); d.press("enter") }, all),
		open("ledger opened", func(d *desktop) { d.press("enter"); d.hush() }, all),
		open("ledger not again", func(d *desktop) { d.press("end", "enter") }, all),
		open("ledger every event", func(d *desktop) { d.press("s") }, all),
		open("ledger empty", func(*desktop) {}, none),
		{"ledger off", func(t *testing.T) *desktop {
			t.Helper()
			d := newDesktop(t)
			d.toLedger()
			return d
		}},
	}
}
