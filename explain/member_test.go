package explain

import (
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

// Every name in the tables has one explanation, and that of a date can be followed by a
// moment.
func TestNames(t *testing.T) {
	t.Parallel()
	for title, table := range map[string][]meaning{"claims": claims[:], "parameters": parameters[:]} {
		seen := map[string]bool{}
		for _, k := range table {
			if seen[k.name] {
				t.Errorf("%s: %s is explained twice", title, k.name)
			}
			seen[k.name] = true
			if k.about == "" || strings.TrimSpace(k.about) != k.about || strings.HasSuffix(k.about, ".") || len(k.about) > 42 {
				t.Errorf("%s: %s is explained as %q", title, k.name, k.about)
			}
		}
	}
	for _, name := range []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"} { // RFC 7519 section 4.1
		if Claim(name) == "" {
			t.Errorf("%s is not explained", name)
		}
	}
	for _, name := range []string{"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit"} { // RFC 7515 section 4.1
		if Parameter(name) == "" {
			t.Errorf("%s is not explained", name)
		}
	}
	dates := map[string]string{
		"exp": "expires", "nbf": "valid from", "iat": "issued", "auth_time": "signed in", "updated_at": "profile updated",
	}
	for _, k := range claims {
		equal(t, k.name+" is a date", auth.IsDate(k.name), dates[k.name] != "")
		if auth.IsDate(k.name) {
			equal(t, k.name, k.about, dates[k.name])
		}
	}
	equal(t, "in another case, and unknown", Claim("EXP")+Parameter("ALG")+Claim("")+Claim("role "), "")
}

func TestNotes(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("CET", 3600)
	for _, test := range []struct {
		name, value, zoned, brief string
	}{
		{"sub", `"ada"`, "subject", "subject"},
		{"own", `"ada"`, "", ""},
		{"exp", `1795444512`, "expires 2026-11-23 15:35:12 CET, in 30m", "expires 15:35:12 CET, in 30m"},
		{"exp", `1795442712.5`, "expires 2026-11-23 15:05:12 CET, in 1s", "expires 15:05:12 CET, in 1s"},
		{"exp", `1795442712`, "expired 2026-11-23 15:05:12 CET, just now", "expired 15:05:12 CET, just now"},
		{"exp", `1795442700`, "expired 2026-11-23 15:05:00 CET, 12s ago", "expired 15:05:00 CET, 12s ago"},
		{"nbf", `1795443012`, "valid from 2026-11-23 15:10:12 CET, in 5m", "valid from 15:10:12 CET, in 5m"},
		{"nbf", `1795442000`, "valid from 2026-11-23 14:53:20 CET, 11m 52s ago", "valid from 14:53:20 CET, 11m 52s ago"},
		{"iat", `1795442712`, "issued 2026-11-23 15:05:12 CET, just now", "issued 15:05:12 CET, just now"},
		{"iat", `1795356312`, "issued 2026-11-22 15:05:12 CET, 1d ago", "issued 2026-11-22 15:05:12 CET, 1d ago"},
		{"auth_time", `1795442652`, "signed in 2026-11-23 15:04:12 CET, 1m ago", "signed in 15:04:12 CET, 1m ago"},
		{"updated_at", `0`, "profile updated 1970-01-01 01:00:00 CET, 56y 340d ago", "profile updated 1970-01-01 01:00:00 CET, 56y 340d ago"},
		{"exp", `1795442712000`, "expires after the year 9999", "expires after the year 9999"},
		{"exp", `1e400`, "expires after the year 9999", "expires after the year 9999"},
		{"exp", `-62135596801`, "expired before the year 1", "expired before the year 1"},
		{"exp", `"soon"`, "expires: not a number, so not a date", "expires: not a number, so not a date"},
		{"nbf", `null`, "valid from: not a number, so not a date", "valid from: not a number, so not a date"},
	} {
		m := members(auth.Object{{Name: test.name, Value: []byte(test.value)}}, claim, nil)[0]
		equal(t, test.name+" "+test.value, m.Note(Clock{Now: moment, Zone: zone}), test.zoned)
		equal(t, "briefly, "+test.name+" "+test.value, m.Note(Clock{Now: moment, Zone: zone, Brief: true}), test.brief)
	}
}

// The moment stays the same while the distance changes with the clock.
func TestDateMoves(t *testing.T) {
	t.Parallel()
	m := members(auth.Object{{Name: "exp", Value: []byte("1795442715.25")}}, claim, nil)[0]
	var got []string
	for ms := 0; ms <= 5000; ms += 250 {
		now := moment.Add(time.Duration(ms) * time.Millisecond)
		next := m.Label(now) + " " + m.Moment(Clock{Now: now, Brief: true}) + ", " + m.Distance(now)
		if n := len(got); n == 0 || got[n-1] != next {
			got = append(got, next)
		}
	}
	equal(t, "second by second", strings.Join(got, "\n"), strings.Join([]string{
		"expires 14:05:15 UTC, in 4s", "expires 14:05:15 UTC, in 3s", "expires 14:05:15 UTC, in 2s", "expires 14:05:15 UTC, in 1s",
		"expired 14:05:15 UTC, just now", "expired 14:05:15 UTC, 1s ago",
	}, "\n"))
	if m.Date.Seconds != 1795442715 || m.Date.Nanoseconds != 250_000_000 || string(m.Raw) != "1795442715.25" {
		t.Errorf("the date is %+v, out of %s", m.Date, m.Raw)
	}
}

func TestHeaderNotes(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		`"HS256"`: "HMAC with SHA-256", `"none"`: "algorithm", `"hs256"`: "algorithm", `5`: "algorithm",
	} {
		equal(t, "alg "+value, members(auth.Object{{Name: "alg", Value: []byte(value)}}, parameter, nil)[0].Note(Clock{Now: moment}), want)
	}
	equal(t, "exp in the header", members(auth.Object{{Name: "exp", Value: []byte("1")}}, parameter, nil)[0].Note(Clock{Now: moment}), "")
}

// A value is written for people, and cannot be mistaken for another.
func TestReadableValues(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"ada@example.com"`:         `ada@example.com`,
		`"a \"b\" c"`:               `a "b" c`,
		`"Zo\u00eb"`:                `Zoë`,
		`""`:                        `""`,
		`"42"`:                      `"42"`,
		`"true"`:                    `"true"`,
		`"null"`:                    `"null"`,
		`" a"`:                      `" a"`,
		`"{}"`:                      `"{}"`,
		`"[draft] x"`:               `"[draft] x"`,
		`"\"x\""`:                   `"\"x\""`,
		`42`:                        `42`,
		`1.50e2`:                    `1.50e2`,
		`9007199254740993`:          `9007199254740993`,
		`true`:                      `true`,
		`null`:                      `null`,
		"[ \"a\",\n \"b\" ]":        `["a","b"]`,
		`{"n": "Zo\u00eb \\ \"x"}`:  `{"n":"Zoë \\ \"x"}`,
		`{"\u00e9":[1.0,"\u0001"]}`: `{"é":[1.0,"\u0001"]}`,
		`["\ud83d\ude00\u2028"]`:    `["😀\u2028"]`,
		`["<&>"]`:                   `["<&>"]`,
		`{`:                         `{`,
	} {
		equal(t, raw, readable([]byte(raw)), want)
	}
	m := members(auth.Object{{Name: "sub", Value: []byte(`"Zo\u00eb"`)}}, claim, nil)[0]
	equal(t, "the raw value", string(m.Raw), `"Zo\u00eb"`)
}
