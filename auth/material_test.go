package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// modulus returns an odd number with this many bits whose factors nobody knows, which is
// enough for a public key that is refused for other reasons.
func modulus(bits int) *big.Int {
	n := new(big.Int).SetBit(big.NewInt(12345), bits-1, 1)
	return n.SetBit(n, 0, 1)
}

// NewKey accepts only the kind of key that the algorithm needs.
func TestNewKeyRefuses(t *testing.T) {
	t.Parallel()
	keys := testKeys()
	ec, _ := keys[ES256].(*ecdsa.PrivateKey)
	otherEC, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p224, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private, _ := keys[RS256].(*rsa.PrivateKey)
	broken := *private
	broken.D = new(big.Int).Add(private.D, big.NewInt(2))
	offCurve := &ecdsa.PublicKey{Curve: elliptic.P256(), X: big.NewInt(1), Y: big.NewInt(1)}
	public := func(bits, e int) any { return &rsa.PublicKey{N: modulus(bits), E: e} }
	const rsaExponent = "the RSA public exponent %d is insecure"
	for _, tt := range []struct {
		alg      Algorithm
		material any
		want     string
	}{
		{RS256, ec, "RS256 needs an RSA key, but this is an EC key on P-256"},
		{PS512, keys[EdDSA], "PS512 needs an RSA key, but this is an Ed25519 key"},
		{ES256, private, "ES256 needs an EC key on P-256, but this is an RSA key"},
		{ES384, keys[ES512], "ES384 needs an EC key on P-384, but this is an EC key on P-521"},
		{ES512, keys[EdDSA], "ES512 needs an EC key on P-521, but this is an Ed25519 key"},
		{ES256, p224, "ES256 needs an EC key on P-256, but this is an EC key on P-224"},
		{ES256, &ecdsa.PublicKey{}, "ES256 needs an EC key on P-256, but this is an EC key on an unknown curve"},
		{EdDSA, private.Public(), "EdDSA needs an Ed25519 key, but this is an RSA key"},
		{EdDSA, ec, "EdDSA needs an Ed25519 key, but this is an EC key on P-256"},
		{HS256, private, "HS256 needs a secret, but this is an RSA key"},
		{HS512, keys[EdDSA], "HS512 needs a secret, but this is an Ed25519 key"},
		{RS256, []byte("secret"), "RS256 needs an RSA key, but this is another kind of key"},
		{EdDSA, nil, "EdDSA needs an Ed25519 key, but this is another kind of key"},
		{ES256, offCurve, "the key is not a point on its curve"},
		//nolint:forcetypeassert // it is one
		{EdDSA, keys[EdDSA].Public().(ed25519.PublicKey)[:31], "the Ed25519 key has the wrong length"},
		{RS256, &broken, "the parts of the RSA key do not match"},
		{ES256, &ecdsa.PrivateKey{PublicKey: otherEC.PublicKey, D: ec.D}, "the parts of the EC key do not match"},

		// RSA from 2048 to 16384 bits, with an odd exponent from 3.
		{RS256, public(2047, 65537), "the RSA key has 2047 bits, but needs at least 2048"},
		{RS256, public(2048, 65537), ""},
		{RS256, public(16384, 65537), ""},
		{RS256, public(16385, 65537), "the RSA key has 16385 bits, more than the maximum of 16384"},
		{RS256, public(2048, 1), fmt.Sprintf(rsaExponent, 1)},
		{PS256, public(2048, 2), fmt.Sprintf(rsaExponent, 2)},
		{RS256, public(2048, 3), ""},
		{RS256, public(2048, 4), fmt.Sprintf(rsaExponent, 4)},
		{RS256, public(2048, 5), ""},
		{RS256, public(2048, 65536), fmt.Sprintf(rsaExponent, 65536)},
		{RS256, public(2048, -1), fmt.Sprintf(rsaExponent, -1)},
	} {
		key, err := NewKey(tt.alg, tt.material)
		if tt.want == "" && (err != nil || key == nil) || tt.want != "" && (err == nil || sentence(err) != tt.want || key != nil) {
			t.Errorf("%s of %T: %v\nwant %s", tt.alg, tt.material, sentence(err), tt.want)
		}
	}
	if key, err := NewKey(ES256, ec, WithKeyID("\xff")); key != nil || err == nil || sentence(err) != "the key ID is not valid UTF-8" {
		t.Errorf("an ID that is not UTF-8: %v", sentence(err))
	}
	key, err := NewHMACKey(HS256, []byte(testSecret), WithKeyID("\xff"))
	if key != nil || err == nil || sentence(err) != "the key ID is not valid UTF-8" {
		t.Errorf("an ID of a secret that is not UTF-8: %v", sentence(err))
	}
}

// An insecure exponent is refused in every kind of file.
func TestExponentInFiles(t *testing.T) {
	t.Parallel()
	for _, e := range []int{1, 65536} {
		public := &rsa.PublicKey{N: modulus(2048), E: e}
		der, err := x509.MarshalPKIXPublicKey(public)
		want := fmt.Sprintf("the RSA public exponent %d is insecure", e)
		for kind, text := range map[string]string{
			"PKIX":    pemOf(t, "PUBLIC KEY", der, err),
			"PKCS #1": pemOf(t, "RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(public), nil),
		} {
			if keys, err := ParseKeys([]byte(text), ""); keys != nil || err == nil || sentence(err) != want {
				t.Errorf("%s: %v, want %s", kind, sentence(err), want)
			}
		}
	}
}

// A key on an unsupported curve is not reported as a damaged file.
func TestOtherCurveInFile(t *testing.T) {
	t.Parallel()
	private, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	text := pemOf(t, "PRIVATE KEY", der, err)
	const want = "the key is an EC key on P-224, which is not supported; use RSA, EC on P-256, P-384 or P-521, Ed25519 or ML-DSA"
	if keys, err := ParseKeys([]byte(text), ""); keys != nil || err == nil || sentence(err) != want {
		t.Errorf("%v, want %s", sentence(err), want)
	}
	if _, err := ParseKeys([]byte(text), ES256); err == nil || sentence(err) != want {
		t.Errorf("with an algorithm: %v, want %s", sentence(err), want)
	}
}

// The properties that a new key reports.
func TestNewKey(t *testing.T) {
	t.Parallel()
	for alg, private := range testKeys() {
		thumbprint, err := Thumbprint(private.Public())
		if err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]string{"": thumbprint, "k1": "k1"} {
			for _, material := range []any{private, private.Public()} {
				_, signs := material.(crypto.Signer)
				key, err := NewKey(alg, material, WithKeyID(id))
				if err != nil {
					t.Fatal(err)
				}
				equal, ok := key.Public().(interface{ Equal(crypto.PublicKey) bool })
				if key.Algorithm() != alg || key.ID() != want || key.CanSign() != signs || key.Weakness() != nil ||
					!ok || !equal.Equal(private.Public()) {
					t.Errorf("%s: %s, %s, signs %v, %v", alg, key.Algorithm(), key.ID(), key.CanSign(), key.Weakness())
				}
				for text, got := range map[string]string{
					"String": key.String(), "GoString": key.GoString(),
					"LogValue": key.LogValue().String(),
				} {
					if got != "[redacted]" {
						t.Errorf("%s is %q", text, got)
					}
				}
			}
		}
	}
	key := testKey(t)
	if key.ID() != "" || key.Public() != nil || !key.CanSign() || key.Bits() != 8*len(testSecret) || key.Weakness() != nil {
		t.Errorf("a secret: %s, %v, %v, %d bits", key.ID(), key.Public(), key.CanSign(), key.Bits())
	}
}

func TestDefaultAlgorithm(t *testing.T) {
	t.Parallel()
	for alg, private := range testKeys() {
		want := alg
		if strings.HasPrefix(string(alg), "RS") || strings.HasPrefix(string(alg), "PS") {
			want = RS256
		}
		for _, material := range []any{private, private.Public()} {
			if got, ok := DefaultAlgorithm(material); got != want || !ok {
				t.Errorf("%T: %s, %v, want %s", material, got, ok, want)
			}
		}
	}
	p224, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, material := range []any{p224, "x", nil, []byte("secret")} {
		if got, ok := DefaultAlgorithm(material); got != "" || ok {
			t.Errorf("%T: %s, %v", material, got, ok)
		}
	}
}

// The algorithms with what the standards define for them. An algorithm with a second name
// is recognized by both and reported by the first.
func TestAlgorithms(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, canonical, description string
		secretBytes                  int
	}{
		{"HS256", "HS256", "HMAC with SHA-256", 32},
		{"HS384", "HS384", "HMAC with SHA-384", 48},
		{"HS512", "HS512", "HMAC with SHA-512", 64},
		{"RS256", "RS256", "RSA PKCS #1 v1.5 with SHA-256", 0},
		{"RS384", "RS384", "RSA PKCS #1 v1.5 with SHA-384", 0},
		{"RS512", "RS512", "RSA PKCS #1 v1.5 with SHA-512", 0},
		{"PS256", "PS256", "RSA PSS with SHA-256", 0},
		{"PS384", "PS384", "RSA PSS with SHA-384", 0},
		{"PS512", "PS512", "RSA PSS with SHA-512", 0},
		{"ES256", "ES256", "ECDSA on P-256 with SHA-256", 0},
		{"ES384", "ES384", "ECDSA on P-384 with SHA-384", 0},
		{"ES512", "ES512", "ECDSA on P-521 with SHA-512", 0},
		{"EdDSA", "EdDSA", "Edwards-curve signature", 0},
		{"Ed25519", "Ed25519", "Edwards-curve signature on Ed25519", 0},
	} {
		alg, err := ParseAlgorithm(tt.name)
		named := Algorithm(tt.name)
		if err != nil || string(alg) != tt.canonical || named.Description() != tt.description || named.MinSecretBytes() != tt.secretBytes {
			t.Errorf("%s: %s, %v, %q, %d", tt.name, alg, err, named.Description(), named.MinSecretBytes())
		}
		alg, err = ParseAlgorithm(strings.ToLower(tt.name))
		if want := "algorithm names are case-sensitive; write " + tt.name; alg != "" || err == nil || sentence(err) != want {
			t.Errorf("%s in lower case: %s, %v", tt.name, alg, sentence(err))
		}
	}
	for _, name := range []string{"", "none", "HS1", "ES256K", "Ed448"} {
		alg, err := ParseAlgorithm(name)
		if alg != "" || err == nil || Algorithm(name).Description() != "" || Algorithm(name).MinSecretBytes() != 0 {
			t.Errorf("%s: %s, %v", name, alg, err)
		}
	}
}

func TestGenerateKeyRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		alg    Algorithm
		bits   int
		random string
		want   string
	}{
		{RS256, 2047, "", "an RSA key must have 2048 to 16384 bits"},
		{PS512, 16385, "", "an RSA key must have 2048 to 16384 bits"},
		{RS512, -1, "", "an RSA key must have 2048 to 16384 bits"},
		{"none", 0, "", "unknown algorithm"},
		{"", 2048, "", "unknown algorithm"},
		{HS256, 0, strings.Repeat("x", 31), "read randomness for a secret: unexpected EOF"},
		{HS512, 0, "", "read randomness for a secret: EOF"},
		{EdDSA, 0, "", "make a key for EdDSA: EOF"},
		{"Ed25519", 0, strings.Repeat("x", 31), "make a key for Ed25519: unexpected EOF"},
	} {
		key, err := GenerateKey(tt.alg, tt.bits, strings.NewReader(tt.random))
		if key != nil || err == nil || sentence(err) != tt.want {
			t.Errorf("%s with %d bits: %v, want %s", tt.alg, tt.bits, sentence(err), tt.want)
		}
	}
	key, err := GenerateKey(HS256, 0, strings.NewReader(testSecret))
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := key.EncodePrivate(FormatJWK)
	want := `"k":"` + base64.RawURLEncoding.EncodeToString([]byte(testSecret[:32])) + `"`
	if err != nil || !strings.Contains(string(jwk), want) {
		t.Errorf("a secret is made of other bytes than it was given: %v", err)
	}
}

// A key is written with its use and algorithm, or not at all.
func TestEncodeKeys(t *testing.T) {
	t.Parallel()
	secret := testKey(t, WithKeyID("k1"))
	jwk, err := secret.EncodePrivate(FormatJWK)
	want := `{"use":"sig","kty":"oct","kid":"k1","alg":"HS256","k":"` + base64.RawURLEncoding.EncodeToString([]byte(testSecret)) + `"}`
	if err != nil || string(jwk) != want {
		t.Errorf("%s, %v, want %s", jwk, err, want)
	}
	text, err := secret.EncodePrivate(FormatPEM)
	if text != nil || err == nil || sentence(err) != "a secret cannot be written as PEM; write it as a JWK" {
		t.Errorf("a secret as PEM: %q, %v", text, sentence(err))
	}
	private, err := NewKey(ES256, testKeys()[ES256], WithKeyID("k2"))
	if err != nil {
		t.Fatal(err)
	}
	jwk, err = private.EncodePublic(FormatJWK)
	for _, member := range []string{`"use":"sig"`, `"kid":"k2"`, `"alg":"ES256"`} {
		if err != nil || !strings.Contains(string(jwk), member) {
			t.Errorf("no %s in %s, %v", member, jwk, err)
		}
	}
	for kind, encode := range map[string]func(KeyFormat) ([]byte, error){"PRIVATE": private.EncodePrivate, "PUBLIC": private.EncodePublic} {
		if text, err := encode(FormatPEM); err != nil || !strings.HasPrefix(string(text), "-----BEGIN "+kind+" KEY-----\n") {
			t.Errorf("%s: %.30s, %v", kind, text, err)
		}
	}
}
