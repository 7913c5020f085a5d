package auth

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
	"github.com/youmark/pkcs8"
)

// testKeys has one private key for each algorithm. It is made once.
var testKeys = sync.OnceValue(func() map[Algorithm]crypto.Signer {
	must := func(key crypto.Signer, err error) crypto.Signer {
		if err != nil {
			panic(err)
		}
		return key
	}
	ec := func(curve elliptic.Curve) crypto.Signer {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		return must(key, err)
	}
	small, err := rsa.GenerateKey(rand.Reader, MinRSABits)
	_, ed, edErr := ed25519.GenerateKey(rand.Reader)
	keys := map[Algorithm]crypto.Signer{
		ES256: ec(elliptic.P256()), ES384: ec(elliptic.P384()), ES512: ec(elliptic.P521()), EdDSA: must(ed, edErr),
	}
	for _, alg := range []Algorithm{RS256, RS384, RS512, PS256, PS384, PS512} {
		keys[alg] = must(small, err)
	}
	return keys
})

func pemOf(t testing.TB, kind string, der []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func jwkOf(t testing.TB, key any, members string) string {
	t.Helper()
	text, err := jose.JSONWebKey{Key: key}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if members == "" {
		return string(text)
	}
	return strings.TrimSuffix(string(text), "}") + "," + members + "}"
}

// With every algorithm, golang-jwt verifies our signatures and we verify its signatures,
// with the private and with the public key.
func TestEveryAlgorithm(t *testing.T) {
	t.Parallel()
	for alg, private := range testKeys() {
		t.Run(string(alg), func(t *testing.T) {
			t.Parallel()
			key, err := NewKey(alg, private)
			if err != nil {
				t.Fatal(err)
			}
			public, err := NewKey(alg, private.Public())
			if err != nil {
				t.Fatal(err)
			}
			if !key.CanSign() || public.CanSign() || key.Fingerprint() != public.Fingerprint() || key.ID() != public.ID() || len(key.ID()) != 43 {
				t.Errorf("private %v %s %s, public %v %s %s", key.CanSign(), key.Fingerprint(), key.ID(), public.CanSign(), public.Fingerprint(),
					public.ID())
			}
			token, err := (&Issuer{Key: key, Now: clockAt(at())}).Issue(Request{Subject: "Zoë"})
			if err != nil {
				t.Fatal(err)
			}
			parser := jwt.NewParser(jwt.WithValidMethods([]string{string(alg)}), jwt.WithTimeFunc(clockAt(at())))
			if _, err := parser.Parse(token.Compact, func(*jwt.Token) (any, error) { return private.Public(), nil }); err != nil {
				t.Errorf("golang-jwt: %v", err)
			}
			theirs, err := jwt.NewWithClaims(jwt.GetSigningMethod(string(alg)), jwt.MapClaims{"sub": "ada"}).SignedString(private)
			if err != nil {
				t.Fatal(err)
			}
			verifier := Verifier{Keys: []*Key{public}, Now: clockAt(at())}
			for _, compact := range []string{token.Compact, theirs} {
				if r := verifier.Verify(compact); r.Verdict != VerdictValid || r.Key != public {
					t.Errorf("%v %v", r.Verdict, r.Failures)
				}
				flipped, place := []byte(compact), strings.LastIndexByte(compact, '.')+5
				if flipped[place]++; flipped[place] != 'B' {
					flipped[place] = 'A'
				}
				if r := verifier.Verify(string(flipped)); r.Verdict != VerdictBadSignature && string(flipped) != compact {
					t.Errorf("a changed signature: %v", r.Verdict)
				}
			}
			if _, err := (&Issuer{Key: public}).Issue(Request{Subject: "ada"}); !errors.Is(err, ErrCannotSign) {
				t.Errorf("a public key signs: %v", err)
			}
		})
	}
}

// RFC 7518 section 3.5 requires a salt as long as the hash. golang-jwt accepts any.
func TestSaltOfPSS(t *testing.T) {
	t.Parallel()
	private, _ := testKeys()[PS256].(*rsa.PrivateKey)
	key, err := NewKey(PS256, private)
	if err != nil {
		t.Fatal(err)
	}
	input := b64(`{"alg":"PS256"}`) + "." + b64(`{}`)
	hash := crypto.SHA256.New()
	hash.Write([]byte(input))
	for salt, want := range map[int]Verdict{32: VerdictValid, 20: VerdictBadSignature, 0x40: VerdictBadSignature} {
		signature, err := rsa.SignPSS(rand.Reader, private, crypto.SHA256, hash.Sum(nil), &rsa.PSSOptions{SaltLength: salt})
		if err != nil {
			t.Fatal(err)
		}
		compact := input + "." + base64.RawURLEncoding.EncodeToString(signature)
		if r := (&Verifier{Keys: []*Key{key}}).Verify(compact); r.Verdict != want {
			t.Errorf("salt of %d: %v, want %v", salt, r.Verdict, want)
		}
		if theirs := jwt.SigningMethodPS256.Verify(input, signature, &private.PublicKey); theirs != nil {
			t.Errorf("golang-jwt refuses a salt of %d, so this shows nothing: %v", salt, theirs)
		}
	}
}

// utf16le encodes a text as Windows PowerShell writes the output of a command.
func utf16le(text string) string {
	out := []byte{0xff, 0xfe}
	for _, b := range []byte(text) {
		out = append(out, b, 0)
	}
	return string(out)
}

// member returns the raw value of a member of a JWK.
func member(jwk, name string) string {
	_, rest, _ := strings.Cut(jwk, `"`+name+`":"`)
	value, _, _ := strings.Cut(rest, `"`)
	return `"` + name + `":"` + value + `"`
}

// inside returns a PEM block without its first and last line.
func inside(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[1:len(lines)-1], "\n")
}

func TestParseKeys(t *testing.T) {
	t.Parallel()
	keys := testKeys()
	rsaPrivate, _ := keys[RS256].(*rsa.PrivateKey)
	ecPrivate, _ := keys[ES256].(*ecdsa.PrivateKey)
	pkcs8 := func(key any) string {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		return pemOf(t, "PRIVATE KEY", der, err)
	}
	spki := func(key any) string {
		der, err := x509.MarshalPKIXPublicKey(key)
		return pemOf(t, "PUBLIC KEY", der, err)
	}
	sec1, err := x509.MarshalECPrivateKey(ecPrivate)
	ecPEM := pemOf(t, "EC PRIVATE KEY", sec1, err)
	cert := func(key crypto.Signer) string {
		template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, NotAfter: time.Now().Add(time.Hour)}
		der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
		return pemOf(t, "CERTIFICATE", der, err)
	}
	private := func(key any) string { return jwkOf(t, key, "") }
	public := func(alg Algorithm, members string) string { return jwkOf(t, keys[alg].Public(), members) }
	set := func(keys ...string) string { return `{"keys":[` + strings.Join(keys, ",") + `]}` }
	otherEC, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	const oct = `{"kty":"oct","k":"Q2FuYXJ5N2hXcTJMelg5bUI0dktwMVRuUjhzWWQzR2ZK"`
	for _, tt := range []struct {
		name, text string
		alg        Algorithm
		want       string // the keys: algorithm, whether it signs, the kid if it has one
		err        string
	}{
		{name: "PKCS #8", text: pkcs8(rsaPrivate), want: "RS256 signs"},
		{name: "PKCS #8, for PSS", text: pkcs8(rsaPrivate), alg: PS384, want: "PS384 signs"},
		{name: "PKCS #1", text: pemOf(t, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaPrivate), nil), want: "RS256 signs"},
		{name: "PKCS #1, public", text: pemOf(t, "RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&rsaPrivate.PublicKey), nil), want: "RS256"},
		{name: "SEC 1", text: ecPEM, want: "ES256 signs"},
		{name: "SEC 1 behind its parameters", text: pemOf(t, "EC PARAMETERS", []byte{6, 8}, nil) + ecPEM, want: "ES256 signs"},
		{name: "Ed25519", text: pkcs8(keys[EdDSA]), want: "EdDSA signs"},
		{name: "SPKI", text: spki(keys[ES512].Public()), want: "ES512"},
		{name: "a certificate", text: cert(keys[ES384]), want: "ES384"},
		{name: "a certificate with its issuer", text: cert(keys[ES384]) + cert(rsaPrivate), want: "ES384"},
		{name: "JWK", text: private(ecPrivate), want: "ES256 signs"},
		{name: "JWK, public", text: public(RS256, `"kid":"a","use":"sig","alg":"RS512"`), want: "RS512 a"},
		{name: "JWK that only verifies", text: jwkOf(t, ecPrivate, `"key_ops":["verify"]`), want: "ES256"},
		{name: "JWK with another's certificate", text: public(ES256, `"x5c":["AAAA"],"x5u":"https://example.com"`), want: "ES256"},
		{name: "JWK, oct", text: oct + `}`, want: "HS256 signs"},
		{name: "the slip of RFC 7520", text: public(ES512, `"alg":"ES521"`), want: "ES512"},
		{name: "JWK set", text: set(public(ES256, `"kid":"a"`), public(RS256, `"kid":"b"`), public(EdDSA, "")), want: "ES256 a, RS256 b, EdDSA"},
		{
			name: "JWK set with a key to encrypt", text: set(public(RS256, `"use":"enc","alg":"RSA-OAEP"`), public(ES256, `"kid":"a"`)),
			want: "ES256 a",
		},
		{name: "JWK set with a broken key", text: set(public(ES256, ""), `{"kty":"EC"}`, public(EdDSA, "")), want: "ES256, EdDSA"},
		{name: "JWK set with a kid twice", text: set(public(ES256, `"kid":"a"`), public(RS256, `"kid":"a"`)), want: "ES256 a, RS256 a"},
		{name: "JWK set with a key of the future", text: set(`{"kty":"AKP","pub":"AA"}`, public(ES256, `"kid":"a"`)), want: "ES256 a"},
		{
			name: "JWK set with keys on other curves",
			text: set(`{"kty":"OKP","crv":"X25519","x":"AA"}`, public(ES256, `"kid":"a"`), `{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}`),
			want: "ES256 a",
		},
		{name: "secret", text: "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ", want: "HS256 signs"},

		{
			name: "a small RSA key", text: spki(&rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 1023, 1), E: 65537}),
			err: "the RSA key has 1024 bits, but needs at least 2048",
		},
		{
			name: "exponent 1", text: `{"kty":"RSA","n":"` + base64.RawURLEncoding.EncodeToString(rsaPrivate.N.Bytes()) + `","e":"AQ"}`,
			err: "the RSA public exponent 1 is insecure",
		},
		{
			name: "exponent 2", text: `{"kty":"RSA","n":"` + base64.RawURLEncoding.EncodeToString(rsaPrivate.N.Bytes()) + `","e":"Ag"}`,
			err: "the RSA public exponent 2 is insecure",
		},
		{name: "another algorithm", text: ecPEM, alg: RS256, err: "RS256 needs an RSA key, but this is an EC key on P-256"},
		{name: "another curve", text: ecPEM, alg: ES384, err: "ES384 needs an EC key on P-384, but this is an EC key on P-256"},
		{
			name: "a public key as a secret", text: spki(ecPrivate.Public()), alg: HS256,
			err: "HS256 needs a secret, but this is an EC key on P-256",
		},
		{name: "two keys", text: ecPEM + pkcs8(rsaPrivate), err: "the file contains two keys; keep one of them"},
		{name: "a key and its certificate", text: ecPEM + cert(keys[ES256]), want: "ES256 signs"},
		{name: "a certificate, the key and the issuer", text: cert(keys[ES256]) + ecPEM + cert(rsaPrivate), want: "ES256 signs"},
		{name: "a key and its public key", text: spki(ecPrivate.Public()) + ecPEM, want: "ES256 signs"},
		{
			name: "a key and another's certificate", text: ecPEM + cert(rsaPrivate),
			err: "the file contains a key and the certificate of another key; keep one of them",
		},
		{
			name: "encrypted", text: pemOf(t, "ENCRYPTED PRIVATE KEY", []byte("x"), nil),
			err: "the private key is encrypted and there is no passphrase for it",
		},
		{
			name: "encrypted of old",
			text: "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
			err:  "the private key uses OpenSSL's legacy PEM encryption, which is weak; convert it with openssl pkcs8 -topk8 -in FILE -out NEW",
		},
		{
			name: "OpenSSH", text: pemOf(t, "OPENSSH PRIVATE KEY", []byte("x"), nil),
			err: "the OpenSSH key is damaged; get a fresh copy of the file",
		},
		{
			name: "something else", text: pemOf(t, "X509 CRL", []byte("x"), nil),
			err: `the PEM contains "X509 CRL", which is not a key; use a private key, a public key or a certificate`,
		},
		{
			name: "broken inside", text: pemOf(t, "PRIVATE KEY", []byte("x"), nil),
			err: "the PRIVATE KEY in the PEM is damaged; get a fresh copy of the file",
		},
		{
			name: "of another type", text: pemOf(t, "PRIVATE KEY", []byte("\x30\x03\x02\x01\x00"), nil),
			err: "the PRIVATE KEY in the PEM is damaged or of an unsupported type; use RSA, EC on P-256, P-384 or P-521, Ed25519 or ML-DSA",
		},
		{
			name: "cut off", text: strings.Join(strings.SplitAfter(pkcs8(ecPrivate), "\n")[:2], ""),
			err: "the PRIVATE KEY in the PEM is cut off after 48 of 138 bytes; get a fresh copy of the file",
		},
		{name: "broken outside", text: "-----BEGIN PRIVATE KEY-----\nAAA*", err: "the PEM is damaged; get a fresh copy of the file"},
		{name: "JWK to encrypt", text: public(RS256, `"use":"enc"`), err: `the use of the JWK is "enc", not sig (RFC 7517 section 4.2)`},
		{
			name: "JWK with other operations", text: public(RS256, `"key_ops":["encrypt"]`),
			err: "the key_ops of the JWK contain neither sign nor verify (RFC 7517 section 4.3)",
		},
		{
			name: "JWK for another curve", text: public(ES256, `"alg":"ES384"`),
			err: "ES384 needs an EC key on P-384, but this is an EC key on P-256",
		},
		{
			name: "JWK for an unknown algorithm", text: public(ES256, `"alg":"ES224"`),
			err: `the alg of the JWK is "ES224", which is not a supported signature algorithm`,
		},
		{
			name: "JWK off its curve",
			text: `{"kty":"EC","crv":"P-256","x":"04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY","y":"UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgnw"}`,
			err:  "the EC key in the JWK is invalid: its members do not belong together, or the point is not on its curve",
		},
		{
			name: "EC JWK with the d of another",
			text: strings.Replace(private(ecPrivate), member(private(ecPrivate), "d"), member(private(otherEC), "d"), 1),
			err:  "the parts of the EC key do not match",
		},
		{
			name: "EC JWK with a d of zero",
			text: strings.Replace(private(ecPrivate), member(private(ecPrivate), "d"), `"d":"`+strings.Repeat("A", 43)+`"`, 1),
			err:  "the parts of the EC key do not match",
		},
		{
			name: "JWK on another curve", text: `{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}`,
			err: `the crv of the EC JWK is "secp256k1", but must be P-256, P-384 or P-521`,
		},
		{
			name: "JWK for key agreement", text: `{"kty":"OKP","crv":"X25519","x":"AA"}`,
			err: `the crv of the OKP JWK is "X25519", but must be Ed25519`,
		},
		{
			name: "JWK without its members", text: `{"kty":"RSA"}`,
			err: "the RSA JWK has no n and e",
		},
		{name: "JWK with a number", text: `{"kty":"oct","k":7}`, err: "the k of the JWK is a number, but must be a string"},
		{name: "JWK with three primes", text: `{"kty":"RSA","oth":[]}`, err: "multi-prime RSA keys are not supported"},
		{name: "JWK twice the same", text: `{"kty":"oct","kty":"RSA"}`, err: `the JWK cannot be read: duplicate name "kty" at line 1, column 14`},
		{name: "an empty secret in a JWK", text: `{"kty":"oct","k":""}`, err: "the secret is empty; make one with openssl rand -hex 32"},
		{
			name: "JWK set, mixed", text: set(oct+`}`, public(ES256, "")),
			err: "the JWK set mixes secrets with public keys, so that one can be mistaken for the other (RFC 8725 section 3.1); split it",
		},
		{
			name: "JWK set with a broken key", text: set(`{"kty":"EC"}`, public(RS256, `"use":"enc"`)),
			err: `no key of the JWK set can be used: key 1: the EC JWK has no crv, x and y`,
		},
		{name: "JWK set without keys", text: `{"keys":[]}`, err: "the JWK set has no keys"},
		{
			name: "JWK set to encrypt", text: set(public(RS256, `"use":"enc"`)),
			err: `no key of the JWK set can be used: key 1: the use of the JWK is "enc", not sig (RFC 7517 section 4.2)`,
		},
		{name: "PEM behind a byte order mark", text: "\ufeff" + ecPEM, want: "ES256 signs"},
		{name: "JWK behind a byte order mark", text: "\ufeff" + public(ES256, ""), want: "ES256"},
		{name: "PEM in UTF-16", text: utf16le(ecPEM), want: "ES256 signs"},
		{name: "JWK in UTF-16", text: utf16le(public(ES256, "")), want: "ES256"},
		{name: "PEM without its first and last line", text: inside(spki(rsaPrivate.Public())), want: "RS256"},
		{name: "a certificate without its first and last line", text: inside(cert(keys[ES384])), want: "ES384"},
		{name: "a random secret that begins like UTF-16", text: "\xff\xfeCanary7hWq2LzX9mB4vKp1TnR8sYd3GfJ", want: "HS256 signs"},
		{name: "JWKs in an array", text: "[" + public(ES256, "") + "]", want: "ES256"},
		{
			name: "JWK with something behind it", text: public(ES256, "") + ",",
			err: "the JWK cannot be read: unexpected ',' after the object at line 1, column 127",
		},
		{
			name: "a secret for RSA", text: "Canary7hWq2LzX9mB4vKp1TnR8sYd3GfJ", alg: RS256,
			err: "RS256 needs an RSA key, but this is neither PEM nor JWK",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			keys, err := ParseKeys([]byte(tt.text), tt.alg)
			if tt.err != "" {
				if err == nil || sentence(err) != tt.err {
					t.Errorf("got %v, want %s", sentence(err), tt.err)
				}
				return
			}
			var got []string
			for _, key := range keys {
				text := string(key.Algorithm())
				if key.CanSign() {
					text += " signs"
				}
				if key.ownID {
					text += " " + key.ID()
				}
				got = append(got, text)
			}
			if strings.Join(got, ", ") != tt.want || err != nil {
				t.Errorf("got %s, %v, want %s", got, err, tt.want)
			}
		})
	}
}

// The keys of CVE-2017-15361 are recognized by their modulus alone, so one can be made
// up.
func TestROCA(t *testing.T) {
	t.Parallel()
	product := big.NewInt(1)
	for p := int64(3); p <= 167; p += 2 {
		if big.NewInt(p).ProbablyPrime(10) {
			product.Mul(product, big.NewInt(p))
		}
	}
	n := new(big.Int).Exp(big.NewInt(65537), big.NewInt(12345), product)
	n.Add(n, new(big.Int).Mul(product, new(big.Int).SetBit(big.NewInt(0), MinRSABits-product.BitLen(), 1)))
	if err := checkRSA(&rsa.PublicKey{N: n, E: 65537}); err == nil || !strings.Contains(err.Error(), "CVE-2017-15361") {
		t.Errorf("got %v for %d bits", err, n.BitLen())
	}
	if rsaPrivate, _ := testKeys()[RS256].(*rsa.PrivateKey); isROCA(rsaPrivate.N) {
		t.Error("a good key is refused")
	}
}

// The example of RFC 7638 section 3.1 as a Key: the hash of the required members in
// lexicographic order.
func TestThumbprint(t *testing.T) {
	t.Parallel()
	public := testKeys()[ES256].Public()
	var jwk map[string]string
	if err := json.Unmarshal([]byte(jwkOf(t, public, "")), &jwk); err != nil {
		t.Fatal(err)
	}
	hash := crypto.SHA256.New()
	fmt.Fprintf(hash, `{"crv":"P-256","kty":"EC","x":%q,"y":%q}`, jwk["x"], jwk["y"])
	want := base64.RawURLEncoding.EncodeToString(hash.Sum(nil))
	if got, err := Thumbprint(public); got != want || err != nil {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	if _, err := Thumbprint("x"); err == nil {
		t.Error("a thumbprint of nothing")
	}
}

// A verifier with several keys uses the one that kid names, and for a token without kid
// tries all that fit.
func TestVerifyWithSet(t *testing.T) {
	t.Parallel()
	var all []*Key
	for _, id := range []string{"a", "b"} {
		private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		key, err := NewKey(ES256, private, WithKeyID(id))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, key)
	}
	v := Verifier{Keys: all}
	for header, want := range map[string]Verdict{
		`{"alg":"ES256"}`: VerdictValid, `{"alg":"ES256","kid":"b"}`: VerdictValid,
		`{"alg":"ES256","kid":"a"}`: VerdictBadSignature, `{"alg":"ES256","kid":"c"}`: VerdictWrongKey,
	} {
		if r := v.Verify(signedBy(t, all[1], header, `{}`)); r.Verdict != want {
			t.Errorf("%s: %v, want %v", header, r.Verdict, want)
		}
	}
}

// Whatever is in a file, no algorithm makes the program end, and what has the shape of
// something else is never a secret.
func FuzzParseKeys(f *testing.F) {
	for _, seed := range []string{
		"", " ", "\n", "\x00", "-", "{", "[", "$", "%", "0", "M", "\ufeff", "\xff\xfe", "{}", "[]", `""`, "secret",
		`{"kty":"oct","k":"AA"}`, `{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}`,
		"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n",
	} {
		f.Add([]byte(seed))
	}
	files, err := filepath.Glob("testdata/keys/*")
	if err != nil || len(files) == 0 {
		f.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add([]byte(base64.StdEncoding.EncodeToString(data)))
		f.Add(bytes.ReplaceAll(data, []byte("\n"), []byte(`\n`)))
	}
	ask := WithPassphrase(func() ([]byte, error) { return []byte("x"), nil })
	algorithms := append([]Algorithm{"", "none"}, allAlgorithms()...)
	f.Fuzz(func(t *testing.T, data []byte) {
		what := wrongKind(data)
		if keys, _, err := ParsePublished(data); (err == nil) == (len(keys) == 0) {
			t.Errorf("published: %d keys, %v", len(keys), err)
		}
		for _, alg := range algorithms {
			keys, err := ParseKeys(data, alg, ask)
			if (err == nil) == (len(keys) == 0) {
				t.Errorf("%s: %d keys, %v", alg, len(keys), err)
			}
			for _, key := range keys {
				if key.Form() == "" && what != "" {
					t.Errorf("%s: %s became a secret", alg, what)
				}
			}
		}
	})
}

// An encrypted private key is read with its passphrase, which is asked for once.
func TestEncryptedKey(t *testing.T) {
	t.Parallel()
	der, err := pkcs8.MarshalPrivateKey(testKeys()[ES256], []byte("correct horse"), nil)
	text := []byte(pemOf(t, "ENCRYPTED PRIVATE KEY", der, err))
	errAsk := errors.New("nobody is there")
	for name, tt := range map[string]struct {
		passphrase string
		fails      error
		want       string
	}{
		"right": {passphrase: "correct horse"},
		"wrong": {passphrase: "correct hors", want: "the passphrase does not decrypt the private key; check the passphrase"},
		"empty": {want: ErrEncrypted.Error()},
		"none":  {fails: errAsk, want: errAsk.Error()},
	} {
		asked := 0
		keys, err := ParseKeys(text, "", WithPassphrase(func() ([]byte, error) {
			asked++
			return []byte(tt.passphrase), tt.fails
		}))
		if asked != 1 || tt.want == "" && (err != nil || !keys[0].CanSign()) || tt.want != "" && (err == nil || sentence(err) != tt.want) {
			t.Errorf("%s: asked %d times, %v, want %s", name, asked, sentence(err), tt.want)
		}
	}
}

// An unsupported encryption is not reported as a wrong passphrase, and a key derivation
// that is too costly is not started.
func TestEncryptedInAnotherWay(t *testing.T) {
	t.Parallel()
	const (
		pbes2, sha256, aes256 = "\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d", "\x2a\x86\x48\x86\xf7\x0d\x02\x09", "\x60\x86\x48\x01\x65\x03\x04\x01\x2a"

		another = "the encryption of the private key is not supported; convert it with openssl pkcs8 -topk8 -in FILE -out NEW"
		costly  = "decrypting the private key would take too much time or memory; convert it with openssl pkcs8 -topk8 -in FILE -out NEW"
		broken  = "the ENCRYPTED PRIVATE KEY in the PEM is damaged; get a fresh copy of the file"
	)
	encrypt := func(kdf pkcs8.KDFOpts) string {
		der, err := pkcs8.MarshalPrivateKey(testKeys()[EdDSA], []byte("correct horse"), &pkcs8.Opts{Cipher: pkcs8.AES256CBC, KDFOpts: kdf})
		if err != nil {
			t.Fatal(err)
		}
		return string(der)
	}
	plain := encrypt(pkcs8.PBKDF2Opts{SaltSize: 8, IterationCount: 70000, HMACHash: crypto.SHA256})
	scrypt := encrypt(pkcs8.ScryptOpts{SaltSize: 8, CostParameter: 1 << 16, BlockSize: 8, ParallelizationParameter: 1})
	ciphertext := plain[len(plain)-66:] // 64 bytes after their tag and length
	for name, tt := range map[string]struct{ der, old, changed, want string }{
		"PBKDF2":            {der: plain},
		"scrypt":            {der: scrypt},
		"PBES1":             {plain, pbes2, pbes2[:8] + "\x03", another},
		"HMAC with SHA-512": {plain, sha256, sha256[:7] + "\x0b", another},
		"AES in OFB mode":   {plain, aes256, aes256[:8] + "\x2b", another},
		"8 million rounds":  {plain, "\x02\x03\x01\x11\x70", "\x02\x03\x7f\xff\xff", costly},
		"4 GiB":             {scrypt, "\x02\x03\x01\x00\x00", "\x02\x03\x40\x00\x00", costly},
		"17 times":          {scrypt, "\x02\x01\x08\x02\x01\x01", "\x02\x01\x08\x02\x01\x11", costly},
		"no whole blocks":   {plain, ciphertext[:3], "\x04\x3f" + ciphertext[2:3], broken},
	} {
		der := tt.der
		if tt.old != "" {
			if strings.Count(der, tt.old) != 1 {
				t.Fatalf("%s: there is no one %x to change", name, tt.old)
			}
			der = strings.Replace(der, tt.old, tt.changed, 1)
		}
		text := pemOf(t, "ENCRYPTED PRIVATE KEY", []byte(der), nil)
		_, err := ParseKeys([]byte(text), "", WithPassphrase(func() ([]byte, error) { return []byte("correct horse"), nil }))
		if got := sentence(err); err == nil && tt.want != "" || err != nil && got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}
