package desk

import (
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
	"tokendesk/auth/find"
	"tokendesk/explain"
)

func chosen(t *testing.T, name string) fault.Fault {
	t.Helper()
	f, ok := fault.ByName(name)
	if !ok {
		t.Fatalf("there is no fault %s", name)
	}
	return f
}

// Inspect verifies a token in pasted text.
func TestInspect(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	made := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Lifetime: "1h"}))
	r := Read("Authorization: Bearer "+made.Token.Compact, find.MaxPasted)
	equal(t, "found", len(r.Found), 1)
	e := d.Inspect(r, 0, moment)
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
	equal(t, "the draft", e.Draft.Subject+" "+e.Draft.Lifetime, "ada 1h")
	equal(t, "the state", e.State, auth.StateActive)
	e.Verify(moment.Add(2 * time.Hour))
	equal(t, "the state then", e.State, auth.StateExpired)
	equal(t, "the verdict then", e.Result.Verdict, auth.VerdictExpired)
	equal(t, "still verified", explain.Verified(&e.Result), true)

	e = d.Inspect(Read("no token", find.MaxPasted), 0, moment)
	equal(t, "no token", e.Result.Verdict, auth.VerdictMalformed)
	equal(t, "verified", explain.Verified(&e.Result), false)
	equal(t, "a key", e.Fingerprint(), "")

	e = d.Inspect(Read(strings.Repeat("x", 20), 10), 0, moment)
	before := e.Result.Failures[0].Reason
	e.Verify(moment)
	equal(t, "too large", e.Result.Failures[0].Reason, before)
	equal(t, "the origin of its key", e.Known().Origin.From, "")
	equal(t, "whose keys", e.Profile, "")
}

// A token keeps the keys that verified it, until it is verified with others.
func TestOtherKeys(t *testing.T) {
	t.Parallel()
	d, other := plain(t, ""), openWith(t, "SECRET_KEY="+testSecret+"!")
	e := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada"}))
	e.Verify(moment)
	equal(t, "with its own", e.Result.Verdict, auth.VerdictValid)
	e.VerifyWith(other.Keyring(), moment)
	equal(t, "with others", e.Result.Verdict, auth.VerdictBadSignature)
}

func TestChecks(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	made := must[*Entry](t)(d.Issue(t.Context(), Draft{Subject: "ada", Lifetime: "1m", Issuer: "me", Audience: []string{"api"}}))
	late := moment.Add(70 * time.Second)
	for name, test := range map[string]struct {
		want Checks
		now  time.Time
		is   auth.Verdict
	}{
		"nothing":       {Checks{}, moment, auth.VerdictValid},
		"late":          {Checks{}, late, auth.VerdictExpired},
		"leeway":        {Checks{Leeway: time.Minute}, late, auth.VerdictValid},
		"the signature": {Checks{SignatureOnly: true}, late, auth.VerdictValid},
		"the issuer":    {Checks{Issuer: "me", Audience: []string{"x", "api"}, Type: "JWT"}, moment, auth.VerdictValid},
		"another":       {Checks{Issuer: "you"}, moment, auth.VerdictWrongClaim},
		"no audience":   {Checks{Audience: []string{"x"}}, moment, auth.VerdictWrongClaim},
		"another type":  {Checks{Type: "at+jwt"}, moment, auth.VerdictWrongClaim},
	} {
		equal(t, name, d.Keyring().Verify(made.Token.Compact, test.want, test.now).Result.Verdict, test.is)
	}
}

// An edited document is signed again.
func TestDocument(t *testing.T) {
	t.Parallel()
	d := plain(t, "KEY_ID=mine\nMAX_TOKEN_MINUTES=60")
	text, note := d.Document(&auth.Token{
		Header: object(t, `{"typ":"at+jwt","alg":"RS256","kid":"old","x":1}`), Claims: object(t, `{"sub":"ada","exp":1795442800}`),
	})
	equal(t, "the note", note, `alg was "RS256", but the configured key signs with HS256`)
	const want = `{
  "header": {
    "typ": "at+jwt",
    "alg": "HS256",
    "kid": "mine",
    "x": 1
  },
  "claims": {
    "sub": "ada",
    "exp": 1795442800
  }
}`
	equal(t, "the document", text, want)
	header, claims, err := ParseDocument(text)
	if err != nil {
		t.Fatal(err)
	}
	e := must[*Entry](t)(d.Sign(header, claims, moment))
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictValid)
	equal(t, "the draft", e.Draft.Subject, "ada")
	_, err = d.Sign(header, claims.Without("exp"), moment)
	fails(t, err, "without exp the token never expires, but the limit is 1h")
	for text, want := range map[string]string{
		"{":                                   "",
		`{"header":{}}`:                       "header or claims is missing",
		`{"header":{},"claims":[]}`:           "claims must be a JSON object",
		`{"header":{},"claims":{},"more":{}}`: `unknown member "more"; keep header and claims only`,
	} {
		if _, _, err := ParseDocument(text); err == nil || want != "" && err.Error() != want {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}

// Faults makes faulty tokens, and says which it cannot make.
func TestFaults(t *testing.T) {
	t.Parallel()
	d := plain(t, "MAX_TOKEN_MINUTES=60")
	all := d.Faults(Draft{Subject: "ada"})
	e := must[*Entry](t)(all.Make(t.Context(), chosen(t, "expired")))
	equal(t, "the verdict", e.Result.Verdict, auth.VerdictExpired)
	equal(t, "the fault", e.Fault.Name, "expired")
	equal(t, "the profile", e.Profile, "default")
	e.Verify(moment)
	equal(t, "the verdict again", e.Result.Verdict, auth.VerdictExpired)

	without := chosen(t, "kid-missing")
	reason := all.Impossible()(without)
	if reason == "" {
		t.Fatal("a key without an ID makes it")
	}
	_, err := all.Make(t.Context(), without)
	fails(t, err, "the fault kid-missing cannot be made: "+reason)
	maker, err := all.Maker(t.Context())
	equal(t, "the error", err, nil)
	if _, err := maker.Good(); err != nil {
		t.Error(err)
	}
	long := d.Faults(Draft{Subject: "ada", Lifetime: "2h"})
	_, err = long.Make(t.Context(), chosen(t, "expired"))
	fails(t, err, "the lifetime 2h is above the limit of 1h")
	wrong := d.Faults(Draft{Subject: "ada", Lifetime: "soon"})
	if wrong.Impossible()(without) == "" {
		t.Error("faults with an invalid lifetime can be made")
	}
}
