package auth

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestCheckSecret(t *testing.T) {
	t.Parallel()
	strong := func(n int) string { return strings.Repeat(testSecret, 3)[:n] }
	tests := []struct {
		alg    Algorithm
		secret string
		kind   SecretKind // 0 if accepted
		text   string
	}{
		{HS256, strong(32), 0, ""},
		{HS384, strong(48), 0, ""},
		{HS512, strong(64), 0, ""},
		{HS256, strong(31), SecretShort, "the secret has only 31 bytes, and HS256 needs at least 32 random bytes"},
		{HS384, strong(47), SecretShort, "the secret has only 47 bytes, and HS384 needs at least 48 random bytes"},
		{HS512, strong(63), SecretShort, "the secret has only 63 bytes, and HS512 needs at least 64 random bytes"},
		{HS256, "", SecretEmpty, "the secret is empty"},
		{HS256, " \t\n", SecretEmpty, "the secret is empty"},
		{
			HS256, "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", SecretWrongKind,
			"the secret is a PEM public key, not an HMAC secret",
		},
		{HS256, "-----BEGIN CERTIFICATE-----\nMIIB", SecretWrongKind, "the secret is a certificate, not an HMAC secret"},
		{HS256, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ada@desk", SecretWrongKind, "the secret is an SSH public key, not an HMAC secret"},
		{HS256, `{"kty":"RSA","n":"abc","e":"AQAB"}`, SecretWrongKind, "the secret is a JWK, not an HMAC secret"},
		{HS256, `{"\u006bty":"RSA","n":"abc","e":"AQAB"}`, SecretWrongKind, "the secret is a JWK, not an HMAC secret"},
		{HS256, `{"keys":[]}`, SecretWrongKind, "the secret is a JWK set, not an HMAC secret"},
		{HS256, `[{"kty":"EC","crv":"P-256","x":"abc","y":"def"}]`, SecretWrongKind, "the secret is a JWK set, not an HMAC secret"},
		{HS256, `{"kty":"RSA","n":"abc","e":"AQAB"},`, SecretWrongKind, "the secret is a JWK, not an HMAC secret"},
		{HS256, `"{\"kty\":\"RSA\",\"n\":\"abc\",\"e\":\"AQAB\"}"`, SecretWrongKind, "the secret is a JWK, not an HMAC secret"},
		{HS256, `{'kty': 'RSA', 'n': 'abcdefghijklmnop', 'e': 'AQAB'}`, SecretWrongKind, "the secret is a JWK, not an HMAC secret"},
		{
			HS256, "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAAADAQABAAABgQC7", SecretWrongKind,
			"the secret is an SSH public key, not an HMAC secret",
		},
		{HS256, "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n", SecretWrongKind, "the secret is a PuTTY key, not an HMAC secret"},
		{
			HS256, "\x30\x82\x00\x24\x02\x01\x00" + strong(33), SecretWrongKind,
			"the secret is a DER-encoded key or certificate, not an HMAC secret",
		},
		{HS256, "https://vault.example.com/v1/secret/data/jwt", SecretWrongKind, "the secret is a URL, not an HMAC secret"},
		{HS256, "${SECRET_KEY}", SecretWrongKind, "the secret is a variable that was never expanded, not an HMAC secret"},
		{HS256, "$SECRET_KEY_OF_THE_PRODUCTION_SYSTEM", SecretWrongKind, "the secret is a variable that was never expanded, not an HMAC secret"},
		{
			HS256, "{{ secret_key_of_the_production_system }}", SecretWrongKind,
			"the secret is a variable that was never expanded, not an HMAC secret",
		},
		{HS256, "changeme", SecretPublished, "the secret is published (common in tutorials), and HS256 needs at least 32 random bytes"},
		{HS256, "your-256-bit-secret", SecretPublished, ""},
		{HS256, "<YOUR_SECRET_KEY>", SecretPlaceholder, "the secret is a placeholder, and HS256 needs at least 32 random bytes"},
		{HS256, "secret1234", SecretPlaceholder, ""},
		{HS256, "my-super-secret-key-that-is-at-least-32-characters-long!", SecretPlaceholder, ""},
		{HS256, "please-change-this-secret-key-before-production-123456", SecretPlaceholder, ""},
		{HS256, "a-string-secret-at-least-256-bits-long", SecretPublished, ""},
		{HS512, "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long", SecretPublished, ""},
		{HS256, "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7", SecretPublished, ""},
		{HS256, strings.Repeat("ab", 32), SecretPlaceholder, "the secret is a simple pattern, and HS256 needs at least 32 random bytes"},
		{HS256, strings.Repeat("0", 64), SecretPlaceholder, ""},
	}
	for _, tt := range tests {
		found := CheckSecret(tt.alg, []byte(tt.secret))
		switch {
		case tt.kind == 0 && found != nil:
			t.Errorf("%q: %v", tt.secret, found)
		case tt.kind != 0 && (found == nil || found.Kind != tt.kind):
			t.Errorf("%q: %v, want kind %d", tt.secret, found, tt.kind)
		case tt.text != "" && found.Error() != tt.text:
			t.Errorf("%q:\n%s\nwant\n%s", tt.secret, found, tt.text)
		}
		key, err := NewHMACKey(tt.alg, []byte(tt.secret))
		if works := tt.kind == 0 || tt.kind >= SecretPublished; (err == nil) != works || found != nil && found.Weak() != works {
			t.Errorf("%q: NewHMACKey says %v", tt.secret, err)
		} else if works && (key.Weakness() != nil) != (tt.kind != 0) {
			t.Errorf("%q: weakness %v", tt.secret, key.Weakness())
		}
	}
}

// The output of a random generator is never mistaken for something else.
func TestRandomSecretsAreGood(t *testing.T) {
	t.Parallel()
	var seed [32]byte
	copy(seed[:], "secrets that generators make")
	random := rand.NewChaCha8(seed)
	for range 10000 {
		secret, err := NewSecret(HS256, random)
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckSecret(HS256, []byte(secret)); err != nil || len(secret) != 43 {
			t.Fatalf("%q: %v", secret, err)
		}
		raw := make([]byte, 32)
		_, _ = random.Read(raw)
		for _, text := range []string{string(raw), fmt.Sprintf("%x", raw)} {
			if err := CheckSecret(HS256, []byte(text)); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
	}
}

func TestKeyNeverPrintsItself(t *testing.T) {
	t.Parallel()
	key := testKey(t, WithKeyID("id"))
	type holder struct {
		Key  *Key
		List []*Key
		Any  any
	}
	held := holder{key, []*Key{key}, key}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%T"} {
		fmt.Fprintf(&out, verb+" "+verb+" "+verb+"\n", key, held, *key)
	}
	encoded, err := json.Marshal(held)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(encoded)
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", key)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", key)
	out.Write(log.Bytes())
	fmt.Fprint(&out, fmt.Errorf("%w: %v", ErrCannotSign, key))
	for _, form := range []string{
		testSecret, fmt.Sprintf("%x", testSecret), fmt.Sprintf("%X", testSecret), fmt.Sprintf("%d", []byte(testSecret)),
		fmt.Sprintf("%#v", []byte(testSecret)),
	} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the secret came out as %.20s…", form)
		}
	}
	if !strings.Contains(out.String(), "[redacted]") {
		t.Error("nothing says that something is kept back")
	}
}

func TestKeyCopiesItsSecret(t *testing.T) {
	t.Parallel()
	secret := []byte(testSecret)
	key, err := NewHMACKey(HS256, secret)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := key.Sign(nil, "x")
	clear(secret)
	if after, _ := key.Sign(nil, "x"); !bytes.Equal(before, after) {
		t.Error("the key changed with its caller's bytes")
	}
}

func TestFingerprint(t *testing.T) {
	t.Parallel()
	a, b := testKey(t), testKey(t)
	c, err := NewHMACKey(HS256, []byte(testSecret+"x"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Fingerprint() != b.Fingerprint() || a.Fingerprint() == c.Fingerprint() || len(a.Fingerprint()) != 8 {
		t.Errorf("fingerprints %s, %s, %s", a.Fingerprint(), b.Fingerprint(), c.Fingerprint())
	}
}

func TestParseAlgorithm(t *testing.T) {
	t.Parallel()
	const unknown = "unknown algorithm; use one of HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, " +
		"EdDSA, Ed25519, ML-DSA-44, ML-DSA-65, ML-DSA-87"
	for name, want := range map[string]string{
		"HS256": "", "HS384": "", "HS512": "", "RS256": "", "PS512": "", "ES256": "", "EdDSA": "",
		"hs256": "algorithm names are case-sensitive; write HS256",
		"EDDSA": "algorithm names are case-sensitive; write EdDSA",
		"none":  unknown,
		"ES521": unknown,
		"":      unknown,
	} {
		alg, err := ParseAlgorithm(name)
		if got := sentence(err); want != "" && got != want || want == "" && (err != nil || string(alg) != name) {
			t.Errorf("%s: %s, %v, want %s", name, alg, sentence(err), want)
		}
	}
	if _, err := NewHMACKey("RS256", []byte(testSecret)); err == nil {
		t.Error("an HMAC key for RS256 was made")
	}
}

// A key pair in an unexported field prints nothing private either.
func TestPrivateKeyNeverPrintsItself(t *testing.T) {
	t.Parallel()
	for alg, private := range testKeys() {
		key, err := NewKey(alg, private)
		if err != nil {
			t.Fatal(err)
		}
		text, err := key.EncodePrivate(FormatJWK)
		if err != nil {
			t.Fatal(err)
		}
		var jwk map[string]string
		if err := json.Unmarshal(text, &jwk); err != nil {
			t.Fatal(err)
		}
		raw, err := base64.RawURLEncoding.DecodeString(jwk["d"])
		if err != nil || len(raw) < 16 {
			t.Fatalf("%s: no private part to look for: %v", alg, err)
		}
		holder := struct{ key *Key }{key}
		number := new(big.Int).SetBytes(raw).String()
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
			for _, printed := range []string{fmt.Sprintf(verb, key), fmt.Sprintf(verb, *key), fmt.Sprintf(verb, holder)} {
				for _, secret := range []string{jwk["d"], number, hex.EncodeToString(raw), strings.Trim(fmt.Sprint(raw), "[]")} {
					if strings.Contains(printed, secret) {
						t.Errorf("%s with %s prints its private key", alg, verb)
					}
				}
			}
		}
	}
}
