package auth

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A DER-encoded public key is never accepted as a secret, however short it is (RFC 8725
// section 3.1).
func TestDERIsNoSecret(t *testing.T) {
	t.Parallel()
	var seed [32]byte
	private := ed25519.NewKeyFromSeed(seed[:])
	encoded := map[string][]byte{}
	one := func(curve ecdh.Curve, bytes int) any {
		scalar := make([]byte, bytes)
		scalar[bytes-1] = 1
		key, err := curve.NewPrivateKey(scalar)
		if err != nil {
			t.Fatal(err)
		}
		return key.PublicKey()
	}
	for name, key := range map[string]any{
		"Ed25519": private.Public(),
		"X25519":  one(ecdh.X25519(), 32),
		"P-256":   one(ecdh.P256(), 32),
		"P-384":   one(ecdh.P384(), 48),
		"P-521":   one(ecdh.P521(), 66),
	} {
		der, err := x509.MarshalPKIXPublicKey(key)
		if err != nil {
			t.Fatal(err)
		}
		encoded[name] = der
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	encoded["Ed25519, private"] = der
	for name, der := range encoded {
		var refused *SecretError
		if err := CheckSecret(HS256, der); !errors.As(err, &refused) || !strings.HasPrefix(refused.What, "a DER p") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := NewHMACKey(HS256, der); err == nil {
			t.Errorf("%s is a key", name)
		}
	}
}

// The formats in which openssl, Python and frameworks print 256 random bits.
func TestRandomSecretsInEveryFormAreGood(t *testing.T) {
	t.Parallel()
	var seed [32]byte
	copy(seed[:], "secrets in all their spellings")
	random := rand.NewChaCha8(seed)
	raw := make([]byte, 32)
	for range 10000 {
		_, _ = random.Read(raw)
		for _, text := range []string{
			base64.StdEncoding.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw), base64.URLEncoding.EncodeToString(raw),
			hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)), hex.EncodeToString(raw[:16]), base64.StdEncoding.EncodeToString(raw) +
				"\n",
		} {
			if err := CheckSecret(HS256, []byte(text)); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
	}
}

// Every error about a secret says what to do and never contains the secret.
func TestSecretErrorsHoldNoSecret(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{
		"hunter2", "my-secret-hunter2", "https://hunter2.example/x", "${hunter2}", `{"kty":"oct","k":"hunter2"}`,
		"ssh-rsa hunter2", "-----BEGIN hunter2", "%hunter2%", "$(hunter2)", "{{hunter2}}", strings.Repeat("hunter2", 3),
	} {
		err := CheckSecret(HS256, []byte(secret))
		if err == nil {
			t.Errorf("%q is accepted", secret)
			continue
		}
		if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, "hunter2") {
			t.Errorf("the error quotes the secret: %s", text)
		}
	}
}

// fmt calls no methods of an unexported field, but must not print the secret there
// either.
func TestKeyInAHiddenField(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	held := struct {
		value   Key
		pointer *Key
		list    []Key
		issuer  Issuer
	}{*key, key, []Key{*key}, Issuer{Key: key}}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%c", "%U"} {
		fmt.Fprintf(&out, verb+"\n"+verb+"\n", held, &held)
	}
	for _, form := range []string{
		testSecret, fmt.Sprintf("%x", testSecret), fmt.Sprintf("%X", testSecret), strings.Trim(fmt.Sprintf("%d", []byte(testSecret)), "[]"),
		strings.Trim(fmt.Sprintf("%o", []byte(testSecret)), "[]"), fmt.Sprintf("%#v", []byte(testSecret)[:3])[7:15],
	} {
		if strings.Contains(out.String(), form) {
			t.Errorf("the secret came out as %.20s…", form)
		}
	}
}

func TestNewRandomKey(t *testing.T) {
	t.Parallel()
	key, err := NewRandomKey(strings.NewReader("thirty-two bytes from elsewhere!"))
	if err != nil || key.Algorithm() != HS256 || key.Weakness() != nil || !key.CanSign() {
		t.Fatalf("%v, %v", key, err)
	}
	secret, err := NewSecret(HS256, strings.NewReader("thirty-two bytes from elsewhere!"))
	if want := base64.RawURLEncoding.EncodeToString([]byte("thirty-two bytes from elsewhere!")); err != nil || secret != want {
		t.Errorf("%s, %v, want %s", secret, err, want)
	}
	if _, err := NewRandomKey(strings.NewReader("too short")); err == nil || sentence(err) != "read randomness for a secret: unexpected EOF" {
		t.Errorf("without randomness: %v", sentence(err))
	}
}

// Random bytes contain some letters, which may form a word of a placeholder such as "a",
// or only digits.
func TestRandomBytesAreGood(t *testing.T) {
	t.Parallel()
	var seed [32]byte
	copy(seed[:], "secrets that are no text")
	random := rand.NewChaCha8(seed)
	raw := make([]byte, 32)
	for range 100000 {
		_, _ = random.Read(raw)
		if err := CheckSecret(HS256, raw); err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
	}
}
