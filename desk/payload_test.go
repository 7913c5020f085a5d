package desk

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
	"tokendesk/explain"
)

// keycloak is the payload of an access token that is long expired.
const keycloak = `{"exp":1400000300,"iat":1400000000,"jti":"onrtac:x","iss":"https://id.example.com/realms/demo","aud":["a","account"],` +
	`"sub":"u1","typ":"Bearer","realm_access":{"roles":["admin"]},"n":1.50}`

// Claims of a payload stay as they are, and what else the draft has stands above them.
func TestPayload(t *testing.T) {
	t.Parallel()
	whole := func(text string) *Payload { return &Payload{Claims: object(t, text), Whole: true} }
	part := func(text string) *Payload { return &Payload{Claims: object(t, text)} }
	for name, test := range map[string]struct {
		draft Draft
		want  string
	}{
		"as it is":  {Draft{Payload: whole(keycloak)}, keycloak},
		"no expiry": {Draft{Payload: whole(`{"some":"payload"}`)}, `{"some":"payload"}`},
		"nothing":   {Draft{Payload: whole(`{}`)}, `{}`},
		"a lifetime makes iat fresh": {
			Draft{Payload: whole(keycloak), Lifetime: "5m"},
			strings.NewReplacer("1400000300", "1795443012", "1400000000", "1795442712").Replace(keycloak),
		},
		"a lifetime and an iat": {
			Draft{Payload: whole(`{"iss":"x"}`), Lifetime: "9m", IssuedAt: moment.Add(-time.Minute)},
			`{"iss":"x","iat":1795442652,"exp":1795443252}`,
		},
		"everything else": {
			Draft{
				Payload: whole(`{"iss":"x","sub":"y","aud":"z"}`), Issuer: "me", Audience: []string{"a", "b"}, ID: "one", NotBefore: moment,
				Claims: object(t, `{"role":"admin"}`), Without: []string{"sub"},
			},
			`{"iss":"me","aud":["a","b"],"role":"admin","nbf":1795442712,"jti":"one"}`,
		},
		"a subject": {
			Draft{Subject: "ada", Payload: part(keycloak)},
			`{"sub":"ada","iss":"https://id.example.com/realms/demo","aud":["a","account"],"iat":1400000000,"exp":1400000300,"jti":"onrtac:x",` +
				`"typ":"Bearer","realm_access":{"roles":["admin"]},"n":1.50}`,
		},
		"a subject and a lifetime": {
			Draft{
				Subject: "ada", Lifetime: "5m", Issuer: "me", Audience: []string{"b"},
				Payload: part(`{"iss":"x","aud":"y","iat":1,"exp":2,"sub":"z","jti":"1"}`),
			},
			`{"sub":"ada","iss":"me","aud":"b","iat":1795442712,"exp":1795443012,"jti":"1"}`,
		},
		"some claims": {
			Draft{Subject: "ada", ID: "1", Payload: part(`{"role":"user","level":1}`), Claims: object(t, `{"role":"admin"}`)},
			`{"sub":"ada","iss":"shop","aud":"api","iat":1795442712,"exp":1795444512,"role":"admin","level":1,"jti":"1"}`,
		},
		"a persona": {
			Draft{Persona: persona(t, service), Payload: part(`{"sub":"z","role":"user","jti":"1"}`)},
			`{"sub":"z","iss":"persona","aud":"api","iat":1795442712,"exp":1795443012,"role":"user","jti":"1"}`,
		},
		"without": {
			Draft{
				Subject: "ada", Claims: object(t, `{"typ":"Bearer","a":1}`),
				Without: []string{"claims.typ", "exp", "iss", "aud", "jti", "header.typ", "a"},
			},
			`{"sub":"ada","iat":1795442712}`,
		},
		"a subject in the claims": {
			Draft{Claims: object(t, `{"sub":42}`), Without: []string{"exp", "iss", "aud", "jti", "iat"}}, `{"sub":42}`,
		},
		"no subject": {Draft{Without: []string{"exp", "iss", "aud", "jti", "sub"}}, `{"iat":1795442712}`},
	} {
		e, err := plain(t, "ISSUER=shop\nAUDIENCE=api").Issue(t.Context(), test.draft)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		claims := string(must[[]byte](t)(e.Token.Claims.MarshalJSON()))
		equal(t, name, claims, test.want)
		header := `{"alg":"HS256","typ":"JWT"}`
		if name == "without" {
			header = `{"alg":"HS256"}`
		}
		equal(t, name+": the header", string(must[[]byte](t)(e.Token.Header.MarshalJSON())), header)
	}
}

// What inspect prints about a token makes that token again, byte for byte.
func TestPayloadOfAReport(t *testing.T) {
	t.Parallel()
	d := plain(t, "KEY_ID=k1")
	for _, draft := range []Draft{
		{Subject: "ada"},
		{Subject: "ada", Header: object(t, `{"typ":"at+jwt","x":1.0}`)},
		{Subject: "Zoë", Without: []string{"typ", "exp"}, Claims: object(t, `{"n":9007199254740993}`)},
	} {
		token := must[*auth.Token](t)(d.Token(t.Context(), draft))
		report := explain.Token(explain.Known{Result: explain.Decoded(token.Compact)}, moment)
		payload, err := ParsePayload(must[[]byte](t)(json.Marshal(report.Inspection())))
		if err != nil {
			t.Fatal(err)
		}
		payload.Whole = true
		again := must[*auth.Token](t)(d.Token(t.Context(), Draft{Payload: payload}))
		equal(t, "the token", again.Compact, token.Compact)
	}
	other := plain(t, "")
	payload := &Payload{Whole: true, Claims: object(t, `{}`), Header: object(t, `{"alg":"RS256","kid":"abc","typ":"at+jwt","a":1}`)}
	for name, test := range map[string]struct {
		desk *Desk
		with string
		want string
	}{
		"a key without an ID": {other, `{}`, `{"alg":"HS256","typ":"at+jwt","kid":"abc","a":1}`},
		"a key with an ID":    {d, `{"a":2}`, `{"alg":"HS256","typ":"at+jwt","kid":"k1","a":2}`},
	} {
		token := must[*auth.Token](t)(test.desk.Token(t.Context(), Draft{Payload: payload, Header: object(t, test.with)}))
		equal(t, name, string(must[[]byte](t)(token.Header.MarshalJSON())), test.want)
	}
}

func TestParsePayload(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"claims":{"a":1},"header":{}}`:                                    `{"claims":{"a":1},"header":{}}`,
		`{"claims":{"a":1},"header":{"alg":"x"},"signature_checked":false}`: `{"a":1}`,
	} {
		p, err := ParsePayload([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		equal(t, text, string(must[[]byte](t)(p.Claims.MarshalJSON())), want)
	}
	_, err := ParsePayload([]byte(`{"claims":null,"header":{},"signature_checked":false}`))
	fails(t, err, "it describes a token whose claims could not be read")
	_, err = ParsePayload([]byte(`{"claims":{},"header":null,"signature_checked":false}`))
	fails(t, err, "it describes a token whose header could not be read")
	if _, err = ParsePayload([]byte(`[`)); err == nil {
		t.Error("an array was read")
	}
}

// Names that can be left out, and those that cannot.
func TestWithoutRefuses(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	for name, want := range map[string]string{
		"alg":        "alg cannot be left out: a token names its algorithm",
		"header.alg": "alg cannot be left out: a token names its algorithm",
		"typ":        "the header and the claims both have typ; write header.typ or claims.typ",
		"rle":        "the token has no claim and no header parameter rle; check the name",
		"header.exp": "the token has no header parameter exp; check the name",
	} {
		_, err := d.Token(t.Context(), Draft{Subject: "ada", Claims: object(t, `{"typ":"Bearer","role":"x"}`), Without: []string{name}})
		fails(t, err, want)
	}
	_, err := d.Token(t.Context(), Draft{Without: []string{"exp"}})
	fails(t, err, "the subject is missing")
	_, err = plain(t, "MAX_TOKEN_MINUTES=60").Token(t.Context(), Draft{Subject: "ada", Without: []string{"exp"}})
	fails(t, err, "without exp the token never expires, but the limit is 1h")
}

// The bytes of a payload are signed as they are.
func TestBytes(t *testing.T) {
	t.Parallel()
	d := plain(t, "")
	for _, text := range []string{"", "{ }", "\x00", `{"sub" : "ada"}`} {
		token := must[*auth.Token](t)(d.Token(t.Context(), Draft{Bytes: []byte(text), Header: object(t, `{"x":1}`), Without: []string{"typ"}}))
		result := (&auth.Verifier{Keys: []*auth.Key{d.Key()}}).VerifySignature(token.Compact)
		equal(t, "the signature", result.Verdict, auth.VerdictValid)
		equal(t, "the header", string(must[[]byte](t)(token.Header.MarshalJSON())), `{"alg":"HS256","x":1}`)
		faults := must[*auth.Token](t)(d.Token(t.Context(), Draft{Subject: "ada"}))
		if faults.Compact == token.Compact {
			t.Error("the bytes were not used")
		}
	}
}

// Whatever claims a token has, what inspect prints about it makes them again.
func FuzzPayload(f *testing.F) {
	for _, seed := range []string{
		`{}`, keycloak, `{"a":1e999,"b":"\u00eb\ud83d\ude00","\u00e9":[null,{}],"exp":1.50}`, `{"exp":"x"}`, `{"claims":{}}`,
	} {
		f.Add(seed)
	}
	d := plain(f, "")
	f.Fuzz(func(t *testing.T, text string) {
		token, err := d.Token(t.Context(), Draft{Bytes: []byte(text)})
		if err != nil {
			return
		}
		report := explain.Token(explain.Known{Result: explain.Decoded(token.Compact)}, moment)
		if report.Inspection().Problem != nil {
			return
		}
		payload := must[*Payload](t)(ParsePayload(must[[]byte](t)(json.Marshal(report.Inspection()))))
		payload.Whole = true
		again, err := d.Token(t.Context(), Draft{Payload: payload})
		if err != nil {
			return // such as an exp that is a string
		}
		if got, want := again.Claims.Indent(), token.Claims.Indent(); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	})
}
