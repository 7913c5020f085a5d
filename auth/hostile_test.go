package auth

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tokendesk/auth/jsontext"
)

// Untrusted values do not make an error text or a finding long.
func TestSentencesStayShort(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 100_000)
	key := testKey(t)
	verifier := Verifier{Keys: []*Key{key}, Iss: "me", Aud: []string{"api"}, Typ: "JWT", Now: clockAt(at())}
	for name, compact := range map[string]string{
		"alg":                 compactOf(`{"alg":"`+long+`"}`, "{}"),
		"crit":                compactOf(`{"alg":"HS256","crit":["`+long+`"]}`, "{}"),
		"kid":                 compactOf(`{"alg":"HS256","kid":"`+long+`"}`, "{}"),
		"typ":                 compactOf(`{"alg":"HS256","typ":"`+long+`"}`, "{}"),
		"iss":                 compactOf(hs256, `{"iss":"`+long+`"}`),
		"aud":                 compactOf(hs256, `{"aud":["`+long+`"]}`),
		"a name twice":        compactOf(hs256, `{"`+long+`":1,"`+long+`":2}`),
		"a name with bytes":   compactOf(hs256, `{"`+strings.Repeat("é", 50_000)+`":"\u202e"}`),
		"a path of names":     compactOf(hs256, `{"`+long+`":{"`+long+`":{"password":"x"}}}`),
		"a number":            compactOf(hs256, `{"`+long+`":9007199254740993}`),
		"a million of digits": compactOf(hs256, `{"x":1`+strings.Repeat("0", 100_000)+`}`),
		"a claim of text":     compactOf(hs256, `{"sub":{"`+long+`":1}}`),
		"an algorithm in caps": compactOf(`{"alg":"`+strings.ToLower(long)+`"}`,
			"{}"),
	} {
		result := verifier.Verify(compact)
		for _, f := range result.Failures {
			if len(f.Reason) > 400 {
				t.Errorf("%s: a reason of %d bytes", name, len(f.Reason))
			}
		}
		for _, f := range Findings(result.Token, at()) {
			if len(f.Text) > 400 || !json.Valid(jsontext.Quote(f.Text)) || strings.Contains(f.Text, "\ufffd") {
				t.Errorf("%s: %s has %d bytes: %.60q", name, f.Code, len(f.Text), f.Text)
			}
		}
	}
}

// A hundred thousand secrets give five findings, the last of which says how many more
// there are.
func TestFindingsAreCapped(t *testing.T) {
	t.Parallel()
	var payload strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&payload, `,"n%d":{"password":"s"}`, i)
	}
	token, err := Decode(compactOf(hs256, `{"sub":"ada","iat":1795442712,"exp":1795444512`+payload.String()+"}"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, f := range Findings(token, at()) {
		if f.Code == "secret-in-claims" {
			texts = append(texts, f.Text)
		}
	}
	const sentence = ` seems to contain a secret: a token is signed, not encrypted, so anyone can read it`
	if len(texts) != maxFindings || texts[0] != `the claim "n0.password"`+sentence ||
		texts[4] != `the claim "n4.password"`+sentence+" (and 995 more like it)" {
		t.Errorf("%d findings: %q", len(texts), texts)
	}
}

// Findings accepts tokens that Decode did not read.
func TestFindingsOfBrokenValues(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", "[}", "[", "{", `{"a"`, `{"a":`, `"`, `"\`, "]", "}", ":", "[:", "{]", `{"a":]}`} {
		for _, name := range []string{"a", "aud", "exp", "sub"} {
			token := &Token{
				Header: Object{{Name: "alg", Value: json.RawMessage(value)}, {Name: "kid", Value: json.RawMessage(value)}},
				Claims: Object{{Name: name, Value: json.RawMessage(value)}},
			}
			Findings(token, at()) // neither panics nor hangs
			token.Status(at())
		}
	}
}
