package auth

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"testing"
)

// A token that was signed with another form of the configured secret is told so, and the
// verdict stays.
func TestSecretForms(t *testing.T) {
	t.Parallel()
	const text = testSecret + "???>>>" // which base64 and base64url write differently
	raw := []byte(text)
	std, url := base64.StdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw)
	for _, tt := range []struct {
		configured, signing string
		want                SecretForm
	}{
		{std, text, SecretDecodedBase64},
		{" " + std + "\n", text, SecretDecodedBase64},
		{`"` + std + `"`, text, SecretDecodedBase64},
		{base64.RawStdEncoding.EncodeToString(raw), text, SecretDecodedBase64},
		{url, text, SecretDecodedBase64URL},
		{base64.URLEncoding.EncodeToString(raw), text, SecretDecodedBase64URL},
		{hex.EncodeToString(raw), text, SecretDecodedHex},
		{fmt.Sprintf("0x%X", raw), text, SecretDecodedHex},
		{text, std, SecretInBase64},
		{text, base64.RawStdEncoding.EncodeToString(raw), SecretInBase64},
		{text, url, SecretInBase64URL},
		{text, hex.EncodeToString(raw), SecretInHex},
		{text, fmt.Sprintf("%X", raw), SecretInHex},
		{text + " ", text, SecretTrimmed},
		{text + "\r\n", text, SecretTrimmed},
		{text, text + "\n", SecretWithNewline},
		{text, text + "\r\n", SecretWithNewline},
		{`"` + text + `"`, text, SecretUnquoted},
		{text, `"` + text + `"`, SecretQuoted},
		{text, "'" + text + "'", SecretQuoted},
		{testSecret + "%3F%3F%3F%3E%3E%3E", text, SecretDecodedPercent},
		{text, "another secret of at least 32 bytes", 0},
		{text, "", 0},
	} {
		key, err := NewHMACKey(HS256, []byte(tt.configured))
		if err != nil {
			t.Fatal(err)
		}
		compact := hmacToken(t, []byte(tt.signing))
		r := (&Verifier{Keys: []*Key{key}, Now: clockAt(at())}).Verify(compact)
		if r.Verdict != VerdictBadSignature || r.Form != tt.want || r.Key != nil || len(r.Failures) != 1 || r.Failures[0].Advice == "" {
			t.Errorf("configured %q, signed with %q: %v, %q, %+v", tt.configured, tt.signing, r.Verdict, r.Form, r.Failures)
		}
	}
}

// hmacToken signs with any bytes at all.
func hmacToken(t *testing.T, secret []byte) string {
	t.Helper()
	input := b64(hs256) + "." + b64(`{"sub":"ada"}`)
	signature, err := HS256.scheme().family.method(HS256.scheme()).Sign(input, secret)
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// A secret that fits with another hash says so.
func TestSecretOfAnotherAlgorithm(t *testing.T) {
	t.Parallel()
	key, err := NewHMACKey(HS512, []byte(testSecret+testSecret))
	if err != nil {
		t.Fatal(err)
	}
	r := (&Verifier{Keys: []*Key{key}, Now: clockAt(at())}).Verify(hmacToken(t, []byte(testSecret+testSecret)))
	want := "the token is signed with HS256, but the configured key is for HS512, although its secret made the signature"
	if r.Verdict != VerdictWrongKey || r.Failures[0].Reason != want || r.Failures[0].Advice != "use the key with HS256" {
		t.Errorf("%+v", r.Failures)
	}
}
