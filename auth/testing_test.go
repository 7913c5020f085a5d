package auth

import (
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/advice"
	"tokendesk/auth/jsontext"
)

// testSecret is a secret for tests with 33 bytes.
const testSecret = "Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"

// at is the time in most tests.
func at() time.Time { return time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC) }

func clockAt(t time.Time) func() time.Time { return func() time.Time { return t } }

func testKey(t testing.TB, opts ...KeyOption) *Key {
	t.Helper()
	key, err := NewHMACKey(HS256, []byte(testSecret), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// testIssuer returns an issuer at the time of the tests with predictable token IDs.
func testIssuer(t testing.TB) *Issuer {
	t.Helper()
	return &Issuer{Key: testKey(t), Now: clockAt(at()), Rand: strings.NewReader(strings.Repeat("0123456789abcdef", 64))}
}

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// compactOf joins a header and a payload, unchanged, with a wrong signature.
func compactOf(header, payload string) string {
	return b64(header) + "." + b64(payload) + "." + b64("a signature of thirty-two bytes!")
}

const hs256 = `{"alg":"HS256","typ":"JWT"}`

// signedBy signs a header and a payload, unchanged.
func signedBy(t testing.TB, key *Key, header, payload string) string {
	t.Helper()
	input := b64(header) + "." + b64(payload)
	signature, err := key.Sign(nil, input)
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// claim parses a claim that is written as name=text or name:=JSON.
func claim(row string) Member {
	name, value, _ := strings.Cut(row, "=")
	if name, isJSON := strings.CutSuffix(name, ":"); isJSON {
		return Member{Name: name, Value: json.RawMessage(value)}
	}
	return jsontext.Text(name, value)
}

func claims(rows ...string) Object {
	var all Object
	for _, row := range rows {
		all = append(all, claim(row))
	}
	return all
}

// sentence returns the text of an error with its advice, or "<nil>".
func sentence(err error) string {
	text := fmt.Sprint(err)
	if do := advice.Of(err); do != "" {
		text += "; " + do
	}
	return text
}

// decodePEM returns the bytes of the first block.
func decodePEM(t testing.TB, data []byte) []byte {
	t.Helper()
	block, _ := pem.Decode(data)
	if block == nil {
		t.Fatal("there is no PEM")
	}
	return block.Bytes
}

// allAlgorithms returns the algorithms of keys.
func allAlgorithms() []Algorithm {
	var all []Algorithm
	for _, name := range AlgorithmNames() {
		all = append(all, Algorithm(name))
	}
	return all
}
