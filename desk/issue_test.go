package desk

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/jsontext"
	"tokendesk/explain"
	"tokendesk/settings"
)

// payload returns the claims of an entry without the random "jti".
func payload(t *testing.T, e *Entry) string {
	t.Helper()
	return string(must[[]byte](t)(e.Token.Claims.Without("jti").MarshalJSON()))
}

func object(t *testing.T, text string) auth.Object {
	t.Helper()
	return must[auth.Object](t)(jsontext.ParseObject([]byte(text)))
}

const service = `service:
  subject: worker-{{n}}
  lifetime: 5m
  claims:
    iss: persona
    role: "{{n}} at {{now}}"
`

// A draft overrides its persona and the settings.
func TestIssue(t *testing.T) {
	t.Parallel()
	const iat = 1795442712
	at := func(text string) string { return strings.ReplaceAll(text, "IAT", "1795442712") }
	equal(t, "the moment", moment.Unix(), iat)
	p := persona(t, service)
	for _, test := range []struct {
		name   string
		draft  Draft
		claims string
	}{
		{"the settings", Draft{Subject: "ada"}, `{"sub":"ada","iss":"shop","aud":"api","iat":IAT,"exp":1795444512}`},
		{"a lifetime", Draft{Subject: "ada", Lifetime: "until 14:06"}, `{"sub":"ada","iss":"shop","aud":"api","iat":IAT,"exp":1795442760}`},
		{
			"everything",
			Draft{
				Subject: "ada", Lifetime: "1m", Issuer: "me", Audience: []string{"a", "b"}, ID: "one", NotBefore: moment,
				Claims: object(t, `{"role":"admin"}`),
			},
			`{"sub":"ada","iss":"me","aud":["a","b"],"iat":IAT,"exp":1795442772,"role":"admin","nbf":IAT}`,
		},
		{"a persona", Draft{Persona: p}, `{"sub":"worker-1","iss":"persona","aud":"api","iat":IAT,"exp":1795443012,"role":"1 at IAT"}`},
		{
			"instead of a persona's",
			Draft{Persona: p, Subject: "{{n}}", Lifetime: "1m", Issuer: "me", Claims: object(t, `{"role":"{{n}}"}`)},
			`{"sub":"{{n}}","iss":"me","aud":"api","iat":IAT,"exp":1795442772,"role":"{{n}}"}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := must[*Entry](t)(plain(t, "ISSUER=shop\nAUDIENCE=api").Issue(t.Context(), test.draft))
			equal(t, "the claims", payload(t, e), at(test.claims))
			if test.draft.ID != "" {
				id, _ := e.Token.Claims.String("jti")
				equal(t, "the ID", id, test.draft.ID)
			}
			equal(t, "verified", explain.Verified(&e.Result), true)
			equal(t, "the key", e.Fingerprint(), e.Result.Key.Fingerprint())
			equal(t, "the profile", e.Profile, settings.DefaultProfile)
			equal(t, "the persona", e.Persona() == "service", test.draft.Persona != nil)
		})
	}
}

func TestIssueHeader(t *testing.T) {
	t.Parallel()
	e := must[*Entry](t)(plain(t, "").Issue(t.Context(), Draft{Subject: "ada", Header: object(t, `{"typ":"at+jwt"}`)}))
	typ, _ := e.Token.Header.String("typ")
	equal(t, "typ", typ, "at+jwt")
}

func TestIssueRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		draft Draft
		err   string
	}{
		{"the limit", Draft{Subject: "ada", Lifetime: "2h"}, "the lifetime 2h is above the limit of 1h"},
		{"a lifetime", Draft{Subject: "ada", Lifetime: "soon"}, ""},
		{"no subject", Draft{Persona: persona(t, "p: {}")}, "the persona p has no subject; give one"},
		{
			"the key",
			Draft{Persona: persona(t, "p: {subject: ada, key: other}")},
			`personas.yaml:1:1: the persona p signs with the key "other", which is not configured; ` +
				`set KEY_FILE, or --key-file, to a file that has it`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := plain(t, "MAX_TOKEN_MINUTES=60").Issue(t.Context(), test.draft)
			if test.err != "" {
				fails(t, err, test.err)
			} else if err == nil {
				t.Error("it was issued")
			}
		})
	}
	d := openWith(t, "SECRET_KEY="+testSecret, func(s *Source) { s.Rand = failing{} })
	if _, err := d.Issue(t.Context(), Draft{Subject: "ada"}); err == nil {
		t.Error("it was issued without randomness")
	}
}

func TestLifetime(t *testing.T) {
	t.Parallel()
	d := plain(t, "MAX_TOKEN_MINUTES=60")
	got := must[time.Duration](t)(d.Lifetime("until 14:10", moment))
	equal(t, "until", got, 4*time.Minute+48*time.Second)
	_, err := d.Lifetime("61m", moment)
	fails(t, err, "the lifetime 1h 1m is above the limit of 1h")
	if limit, ok := errors.AsType[*auth.LimitError](err); !ok || limit.Limit != time.Hour {
		t.Errorf("got %v", limit)
	}
	if _, err := d.Lifetime("soon", moment); err == nil {
		t.Error("an invalid lifetime was accepted")
	}
	for d, want := range map[time.Duration]string{
		90 * time.Minute: "1h30m", 365 * 24 * time.Hour: "365d", 400*24*time.Hour + time.Minute: "400d1m", 45 * time.Second: "45s",
	} {
		equal(t, "the text", LifetimeText(d), want)
	}
}

// All desks of a run share the number.
func TestNumber(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	draft := Draft{Persona: persona(t, service)}
	subject := func(d *Desk) string { return must[*Entry](t)(d.Issue(t.Context(), draft)).Token.Subject() }
	equal(t, "the first", subject(d), "worker-1")
	equal(t, "the second", subject(d.At(moment.Add(time.Hour))), "worker-2")
	equal(t, "the third", subject(d.Reload(t.Context())), "worker-3")
	d.Faults(draft).Impossible()
	equal(t, "the fourth", must[*Entry](t)(d.Faults(draft).Make(t.Context(), chosen(t, "expired"))).Token.Subject(), "worker-4")
}

// At stops the clock.
func TestAt(t *testing.T) {
	t.Parallel()
	later := moment.Add(time.Hour)
	d := plain(t, "")
	equal(t, "the clock", d.At(later).Now(), later)
	equal(t, "the clock before", d.Now(), moment)
}

// The source overrides the key of the persona.
func TestSigningKey(t *testing.T) {
	t.Parallel()
	file := filepath.Join(write(t, map[string]string{"private.jwks": keySet(t)}), "private.jwks")
	ed, ec := persona(t, "p: {key: 2026-11}"), persona(t, "p: {algorithm: ES256}")
	for _, test := range []struct {
		name    string
		change  func(*Source)
		persona *settings.Persona
		alg     auth.Algorithm
		err     string
	}{
		{"the persona's", func(*Source) {}, ed, auth.EdDSA, ""},
		{"by its algorithm", func(*Source) {}, ec, auth.ES256, ""},
		{"the ID above it", func(s *Source) { s.KeyID = "2026-11" }, ec, auth.EdDSA, ""},
		{"the algorithm above it", func(s *Source) { s.Algorithm = auth.EdDSA }, ec, auth.EdDSA, ""},
		{
			"two that differ", func(s *Source) { s.Algorithm = auth.ES256 }, ed, "",
			`the persona p signs with the key "2026-11", which is for EdDSA`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := openWith(t, "", func(s *Source) { s.KeyFile = file }, test.change)
			key, err := d.SigningKey(test.persona)
			if test.err != "" {
				fails(t, err, test.err)
				return
			}
			equal(t, "the error", err, nil)
			equal(t, "the algorithm", key.Algorithm(), test.alg)
		})
	}
}

// A recipe is a draft for many tokens.
func TestRecipe(t *testing.T) {
	t.Parallel()
	d := plain(t, "ISSUER=shop")
	draft := Draft{Lifetime: "1m", Claims: object(t, `{"role":"admin"}`), ID: "one"}
	r := must[Recipe](t)(d.Recipe(draft))
	equal(t, "the issuer", r.Issuer.Iss, "shop")
	equal(t, "the lifetime", r.Common.Lifetime, time.Minute)
	equal(t, "the claims", string(must[[]byte](t)(r.Common.Claims.MarshalJSON())), `{"role":"admin","jti":"one"}`)
	equal(t, "a persona", r.Holds, nil)

	draft.Persona = persona(t, service)
	r = must[Recipe](t)(d.Recipe(draft))
	equal(t, "its lifetime", r.Holds.Lifetime, "")
	equal(t, "its claims", string(must[[]byte](t)(r.Holds.Claims.MarshalJSON())), `{"iss":"persona","role":"admin","jti":"one"}`)
	equal(t, "the persona of before", draft.Persona.Lifetime, "5m")
	draft.Lifetime = ""
	equal(t, "its own lifetime", must[Recipe](t)(d.Recipe(draft)).Holds.Lifetime, "5m")

	_, err := plain(t, "PROTECTED=true").Recipe(draft)
	equal(t, "a protected profile", locked(t, err).Asks, ProfileName)
}

func TestPersonas(t *testing.T) {
	t.Parallel()
	dir := write(t, map[string]string{".env": "SECRET_KEY=" + testSecret, "personas.yaml": service})
	d := Open(t.Context(), source(dir))
	equal(t, "personas", len(must[[]*settings.Persona](t)(d.Personas())), 1)
}

// DraftOf issues a token like one that was read.
func TestDraftOf(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Lifetime: "8h", Claims: object(t, `{"role":"admin"}`)}))
	draft := DraftOf(e.Token, time.Minute)
	equal(t, "the subject", draft.Subject, "ada")
	equal(t, "the lifetime", draft.Lifetime, "8h")
	equal(t, "the claims", string(must[[]byte](t)(draft.Claims.MarshalJSON())), `{"role":"admin"}`)
	equal(t, "without a life", DraftOf(&auth.Token{}, time.Minute).Lifetime, "1m")
}

// One Desk can be used from many goroutines.
func TestMany(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	draft := Draft{Persona: persona(t, service)}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if _, err := d.Issue(t.Context(), draft); err != nil {
					t.Error(err)
				}
				_, _ = d.At(moment).Faults(draft).Make(t.Context(), chosen(t, "alg-none"))
			}
		})
	}
	all.Wait()
}
