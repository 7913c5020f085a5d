package auth

import (
	"slices"
	"strings"
	"testing"
)

// No finding is made of values that only resemble its case.
func TestFindingsKeepQuiet(t *testing.T) {
	t.Parallel()
	const rest = `"sub":"ada","iat":1795442712,"exp":1795444512`
	header := func(text string) string { return compactOf(text, "{"+rest+"}") }
	claims := func(text string) string { return compactOf(hs256, "{"+text+"}") }
	jwe := b64(`{"alg":"dir","enc":"A128GCM"}`) + "...."
	tests := map[string][]string{
		"alg-none": {header(`{"alg":"HS256","kid":"none"}`), header(`{"alg":"nonesuch"}`), header(`{}`)},
		"signature-missing": {
			header(hs256), jwe, b64(hs256) + "." + b64("{}"), b64(`{"alg":"none"}`) + "." + b64("{}") + ".", b64(hs256) + "." + b64("{}") + ".abcde",
		},
		"signature-length": {
			header(hs256),
			b64(`{"alg":"RS256"}`) + "." + b64("{}") + "." + b64(strings.Repeat("x", 512)),
			b64(`{"alg":"ES512"}`) + "." + b64("{}") + "." + b64(strings.Repeat("x", 132)),
			b64(`{"alg":"EdDSA"}`) + "." + b64("{}") + "." + b64(strings.Repeat("x", 64)),
			b64(`{"alg":"EdDSA"}`) + "." + b64("{}") + "." + b64(strings.Repeat("x", 114)), // Ed448
			header(`{"alg":"HS1"}`),
		},
		"published-secret": {
			header(hs256), signedWith(t, HS256, "Kx9L2w"), b64(`{"alg":"HS384"}`) + signedWith(t, HS256, "secret")[len(b64(hs256)):],
			b64(hs256) + ".e30." + b64(strings.Repeat("x", 32)), b64(`{"alg":"none"}`) + ".e30.", jwe,
		},
		"weak-secret":  {signedWith(t, HS256, "Kx9L2w"), header(hs256)},
		"embedded-key": {header(`{"alg":"HS256","x5t":"abc","JWK":{}}`), claims(`"cnf":{"jwk":{}},"jwk":1,` + rest)},
		"private-key": {
			header(`{"alg":"ES256","jwk":{"kty":"EC","x":"y"}}`), header(`{"alg":"ES256","jwk":{"d":"y"}}`), header(`{"alg":"ES256","jwk":1}`),
			claims(`"cnf":{"jwk":{"kty":"EC","x":"y"}},"d":{"kty":"EC","d":"x"},` + rest),
		},
		"type-rules":  {header(hs256), compactOf(`{"typ":"dpop+jwt","jwk":{}}`, `{"jti":"1","htm":"GET","htu":"https://x","iat":1}`)},
		"graph-nonce": {header(`{"alg":"RS256","nonce":"x"}`), claims(`"iss":"https://sts.windows.net/t/","nonce":"x",` + rest)},
		"key-url":     {header(`{"alg":"HS256","kid":"https"}`), claims(`"jku":"https://x",` + rest)},
		"kid-injection": {
			header(`{"alg":"HS256","kid":"2026-11.eu_west-1:key=/+"}`), header(`{"alg":"HS256","kid":"3f9a1c07-5a6b-4c1d-9e2f-000000000001"}`),
			header(`{"alg":"HS256","kid":1}`),
		},
		"secret-in-claims": {
			claims(`"password":"","password_changed_at":1,"secretary":"Eve","pin":1234,"url":"https://example.com/a:b@c","nickname":"ghost",` +
				rest),
		},
		"duplicate-names":   {claims(`"a":{"b":1},"b":{"b":2},"A":1,` + rest)},
		"critical":          {claims(`"crit":["x"],"b64":false,` + rest), header(`{"alg":"HS256","critical":1}`)},
		"no-expiry":         {claims(rest), claims(`"exp":"never"`), jwe},
		"long-lifetime":     {claims(`"iat":1795442712,"exp":1798121111`), claims(`"exp":1`), claims(`"exp":1795442712000`), claims(`"iat":1`)},
		"milliseconds":      {claims(`"exp":253402300799`), claims(`"exp":1e18`), claims(`"at":1795442712000,` + rest)},
		"date-out-of-range": {claims(`"iat":0,"nbf":0,"exp":253402300799`), claims(`"exp":1795442712000`), claims(`"age":-1,` + rest)},
		"never-valid":       {claims(`"nbf":1795442712.1,"iat":1795442712.1,"exp":1795442712.9`), claims(`"exp":5`), claims(`"nbf":9,"exp":"9"`)},
		"issued-in-future":  {claims(rest), claims(`"iat":1795442712000`), claims(`"nbf":1795442800,` + rest)},
		"wrong-type":        {claims(`"aud":["a"],"jti":"1","nbf":1.5,"EXP":"x","scope":1,` + rest)},
		"empty-audience":    {claims(rest), claims(`"aud":["","a"],` + rest), claims(`"aud":[1],` + rest)},
		"name-case":         {claims(`"expires":1,"Role":"x","issuer":1,"e\u0078p2":1,` + rest)},
		"invisible-text":    {claims(`"name":"Zoë\n\tمی\u200cخواهم 👩\u200d💻 ❤\ufe0f 葛",` + rest)},
		"token-in-claims": {
			claims(`"version":"1.2.3","host":"eyJh.example.com.","mail":"a.b.c@d",` + rest), claims(`"half":"` + b64(hs256) + `.x",` + rest),
		},
		"no-subject": {claims(rest), claims(`"sub":1`), jwe},
		"time-zone": {
			claims(`"iat":1795435510,"exp":1795445310`), claims(`"iat":1795437310,"exp":1795437311`), claims(`"iat":1795442711,"exp":1795442712`),
			claims(`"iat":1795435000,"exp":1795437310`), claims(`"exp":1`),
		},
		"fraction": {claims(`"exp":1795444512.0,"iat":1.795442712e9,"x":1.5`)},
		"inexact-number": {
			claims(`"a":9007199254740992,"b":1234567890123456,"c":-9007199254740992,"d":1.1,"e":"9007199254740993","f":1000000000000000000000,` +
				rest),
		},
		"large": {claims(`"x":"` + strings.Repeat("x", 2900) + `",` + rest)},
	}
	for _, row := range finders() {
		t.Run(row.code, func(t *testing.T) {
			t.Parallel()
			compacts := tests[row.code]
			if len(compacts) == 0 {
				t.Fatal("this row of the table has no case")
			}
			for _, compact := range compacts {
				token, _ := decode(compact, Extras{})
				for _, f := range Findings(token, at()) {
					if f.Code == row.code {
						t.Errorf("%s %s: %s", token.Header.Indent(), token.Claims.Indent(), f.Text)
					}
				}
			}
		})
	}
	for code := range tests {
		if !slices.ContainsFunc(finders(), func(f finder) bool { return f.code == code }) {
			t.Errorf("%s is no row of the table", code)
		}
	}
}
