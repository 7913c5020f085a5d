package batch_test

import (
	"encoding/json"
	"errors"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
	"tokendesk/cli/batch"
	"tokendesk/settings"
)

const presets = `
fixed: {subject: carla, lifetime: 1h, claims: {role: customer, iss: shop}}
fresh: {subject: "user{{n}}", claims: {id: "{{uuid}}", at: "{{now}}", role: fresh}}
later: {subject: lou, lifetime: "until 2026-11-24"}
past: {subject: lou, lifetime: "until 2020-01-01"}
`

// withPersonas has the options find the personas above.
func withPersonas(t testing.TB, name string) func(*batch.Options) {
	t.Helper()
	personas, err := settings.ParsePersonas("p", []byte(presets))
	if err != nil {
		t.Fatal(err)
	}
	return func(o *batch.Options) {
		o.Persona = name
		issuer, common := o.Issuer, o.Common
		o.Personas = func(name, _ string) (*batch.Persona, error) {
			p := settings.FindPersona(personas, name)
			if p == nil {
				return nil, errors.New("nobody")
			}
			return &batch.Persona{Holds: p.With(common.Claims), Issuer: issuer, Lifetime: common.Lifetime}, nil
		}
	}
}

func TestPersonas(t *testing.T) {
	t.Parallel()
	rows := read(t, "subject,persona,role\n,fixed,\nada,fixed,own\n,later,\neve,past,\nbob,,cook\nbob,nobody,\n", batch.CSV)
	got := run(t, rows, withPersonas(t, ""))
	want := []string{
		`{"sub":"carla","iss":"shop","exp":` + secondsAt(noon.Add(time.Hour)) + `,"role":"customer"}`,
		`{"sub":"ada","iss":"shop","exp":` + secondsAt(noon.Add(time.Hour)) + `,"role":"own"}`,
		`{"sub":"lou","exp":` + secondsAt(time.Date(2026, 11, 24, 0, 0, 0, 0, noon.Location())) + `}`,
		`{"sub":"bob","role":"cook"}`,
	}
	for i, text := range want {
		if i >= len(got.claims) || !sameMembers(t, got.claims[i], text) {
			t.Errorf("token %d is %s, want %s", i, got.claims, text)
		}
	}
	if len(got.refused) != 2 || !strings.HasPrefix(got.refused[0], "5: p:5:1: the lifetime of past cannot be used") ||
		got.refused[1] != "7: nobody" {
		t.Errorf("refused %q", got.refused)
	}
}

// Placeholders are filled for every token, on all cores, with the number of the row.
func TestPersonaFresh(t *testing.T) {
	t.Parallel()
	const count = 5000
	got := run(t, batch.Count("", count), withPersonas(t, "fresh"))
	if got.err != nil || len(got.claims) != count {
		t.Fatal(len(got.claims), got.err, got.refused)
	}
	seen := map[string]bool{}
	for n, text := range got.claims {
		claims, err := jsontext.ParseObject([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		id, _ := claims.String("id")
		subject, _ := claims.String("sub")
		at, _ := claims.Get("at")
		if seen[id] || len(id) != 36 || subject != "user"+secondsAt(time.Unix(int64(n+1), 0)) || string(at) != secondsAt(noon) {
			t.Fatalf("token %d is %s", n, text)
		}
		seen[id] = true
	}
}

func TestPersonaOfAllRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"past", "nobody"} {
		if got := run(t, batch.Count("", 3), withPersonas(t, name)); !errors.Is(got.err, batch.ErrCommon) {
			t.Errorf("%s: %v", name, got.err)
		}
	}
}

func secondsAt(moment time.Time) string { return strconv.FormatInt(moment.Unix(), 10) }

// sameMembers reports whether two objects have the same members.
func sameMembers(t *testing.T, one, other string) bool {
	t.Helper()
	var a, b map[string]any
	if err := errors.Join(json.Unmarshal([]byte(one), &a), json.Unmarshal([]byte(other), &b)); err != nil {
		t.Fatal(err)
	}
	return maps.Equal(a, b)
}
