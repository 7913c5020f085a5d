package auth

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
)

// asJSON returns the JSON of a value.
func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// described is what a test says about keys, or the error.
func described(keys []*Key, err error) string {
	if err != nil {
		return sentence(err)
	}
	var all []string
	for _, key := range keys {
		text := string(key.Algorithm()) + " " + key.Form()
		if key.CanSign() {
			text = "signs " + text
		}
		if key.ownID {
			text += " " + key.ID()
		}
		if notes := key.Notes(); len(notes) > 0 {
			text += " (" + strings.Join(notes, "; ") + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// Keys inside of JSON that is no JWK are read where it is clear which they are.
func TestKeysInJSON(t *testing.T) {
	t.Parallel()
	der, err := x509.MarshalPKCS8PrivateKey(testKeys()[RS256])
	private := pemOf(t, "PRIVATE KEY", der, err)
	certificate := pemOf(t, "CERTIFICATE", decodePEM(t, readTestKey(t, "certificate-with-bag.pem")), nil)
	pair, _ := testKeys()[ES256].(*ecdsa.PrivateKey)
	scalar, _ := pair.Bytes()
	point, _ := pair.PublicKey.Bytes()
	url := base64.RawURLEncoding.EncodeToString
	account := func(key string) string {
		return asJSON(t, map[string]string{"type": "service_account", "private_key_id": "a1", "private_key": key})
	}
	vapid := func(public, private []byte) string {
		return asJSON(t, map[string]string{"publicKey": url(public), "privateKey": url(private)})
	}
	own, _ := testKeys()[ES384].(*ecdsa.PrivateKey)
	const around = " (the JSON object around it was ignored)"
	const noKeys = "it is a JSON object, not a key file; save the key in it to a file of its own"
	otherPoint, _ := own.PublicKey.Bytes()
	for text, want := range map[string]string{
		account(private): "signs RS256 a Google service account a1",
		account(strings.ReplaceAll(private, "\n", `\n`)): "signs RS256 a Google service account a1 (line breaks written as \\n were replaced)",
		account("secret"): "the private_key of the service account: it is not a PEM",
		`{"type":"service_account","client_email":"x"}`: "the service account has no private_key; " +
			"create a key for it, and download that as JSON",
		`{"type":"service_account","a":1,"a":2}`: "the JSON of the service account cannot be read: " +
			`duplicate name "a" at line 1, column 33`,
		asJSON(t, map[string]string{"a": certificate, "b": certificate}):          "RS256 a map of certificates a, RS256 a map of certificates b",
		asJSON(t, map[string]string{"a": "-----BEGIN CERTIFICATE-----\nMIIB*\n"}): `the certificate "a": the PEM is damaged; ` + getFreshCopy,

		vapid(point, scalar):                      "signs ES256 a VAPID key pair",
		vapid(point, scalar[1:]):                  "the privateKey of the VAPID key pair is not 32 bytes in base64url",
		vapid(point, make([]byte, 32)):            "the privateKey of the VAPID key pair is not a number of P-256",
		vapid(point, append(make([]byte, 31), 1)): "the two keys of the VAPID key pair do not match",
		url(point):                "ES256 the public key of a VAPID key pair",
		vapid(otherPoint, scalar): noKeys,

		`[` + jwkOf(t, pair, "") + `]`:                   "signs ES256 a JWK set (the array was read as a JWK set)",
		`{"jwks":{"keys":[` + jwkOf(t, pair, "") + `]}}`: "signs ES256 a JWK set" + around,
		`{"key":` + jwkOf(t, pair, "") + `,"x":{}}`:      "signs ES256 a JWK" + around,
		`{"a":` + jwkOf(t, pair, "") + `,"b":` + jwkOf(t, own, "") + `}`: "signs ES256 a JWK set" + around + ", " +
			"signs ES384 a JWK set" + around,
		asJSON(t, map[string]string{"realm": "x", "public_key": inside(private)}): "signs RS256 a DER private key" + around,
		asJSON(t, map[string]string{"privateKey": private}):                       "signs RS256 a PEM private key" + around,
		asJSON(t, map[string]string{"a": private, "b": certificate}):              noKeys,
		`{"a":` + jwkOf(t, pair, "") + `,"b":` + asJSON(t, private) + `}`:         noKeys,
	} {
		if got := described(ParseKeys([]byte(text), "")); got != want {
			t.Errorf("%.60s\n got %s\nwant %s", text, got, want)
		}
	}
	want := "ES256 needs an EC key on P-256, but this is neither PEM nor JWK; " +
		"for a VAPID key, use the file with both its keys that web-push generate-vapid-keys --json prints"
	if got := described(ParseKeys([]byte(url(scalar)), ES256)); got != want {
		t.Errorf("the private key alone: %s", got)
	}
}

// A member of a JWK in standard base64 or with padding is read, with a note that names it, and
// one that is missing or has the wrong length is named.
func TestMembersOfJWKs(t *testing.T) {
	t.Parallel()
	ed, _ := testKeys()[EdDSA].(ed25519.PrivateKey)
	seed := base64.URLEncoding.EncodeToString(ed.Seed())
	x := base64.RawURLEncoding.EncodeToString(ed[32:])
	secret := base64.StdEncoding.EncodeToString([]byte("\xfb\xff\xfeCanary7hWq2LzX9mB4vKp1TnR8sYd3G"))
	if !strings.HasPrefix(secret, "+/") {
		t.Fatal("the secret shows nothing")
	}
	const note = " of the JWK was in base64 and not in base64url without padding)"
	for text, want := range map[string]string{
		`{"kty":"OKP","crv":"Ed25519","x":"` + x + `","d":"` + seed + `"}`:   "signs EdDSA a JWK (the d" + note,
		`{"kty":"OKP","crv":"Ed25519","x":"` + x[:20] + `\n` + x[20:] + `"}`: "EdDSA a JWK (the x" + note,
		`{"kty":"oct","k":"` + secret + `"}`:                                 "signs HS256 a JWK (the k" + note,
		`{"kty":"OKP","crv":"Ed25519","x":"` + x[:40] + `"}`:                 "the x of the OKP JWK has 30 bytes, but must have 32",
		`{"kty":"EC","crv":"P-256","x":"` + x + `","y":"` + x[:42] + `"}`:    "the y of the EC JWK has 31 bytes, but must have 32",
		`{"kty":"EC","crv":"P-521","x":"` + x + `","y":"` + x + `"}`:         "the x of the EC JWK has 32 bytes, but must have 66",
		`{"kty":"OKP","crv":"Ed25519"}`:                                      "the OKP JWK has no x",
		`{"kty":"OKP","crv":"Ed25519","x":"!"}`:                              "the x of the OKP JWK is not base64url",
		`{"kty":"RSA","e":"AQAB"}`:                                           "the RSA JWK has no n",
		`{"kty":"RSA","n":"AQAB","e":"AQABAQAB"}`:                            "the e of the RSA JWK is too large",
		`{"kty":"RSA","x5c":["MIIB"]}`: "the RSA JWK has no n and e, only x5c (RFC 7517 section 4.7 requires both); " +
			"use the certificate: jq -r '..|objects|.x5c//empty|.[0]' FILE | base64 -d > NEW",
	} {
		if got := described(ParseKeys([]byte(text), "")); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// An RSA JWK needs no primes, but has both or none, and its numbers belong together.
func TestRSAWithoutPrimes(t *testing.T) {
	t.Parallel()
	whole, _ := testKeys()[RS256].(*rsa.PrivateKey)
	member := func(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) }
	jwk := func(more string, d *big.Int) string {
		return `{"kty":"RSA","n":"` + member(whole.N) + `","e":"AQAB","d":"` + member(d) + `"` + more + `}`
	}
	// The exponent modulo the product of both factors, as older programs make it.
	phi := new(big.Int).Mul(new(big.Int).Sub(whole.Primes[0], big.NewInt(1)), new(big.Int).Sub(whole.Primes[1], big.NewInt(1)))
	older := new(big.Int).ModInverse(big.NewInt(int64(whole.E)), phi)
	key, err := NewKey(RS256, whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []*big.Int{whole.D, older} {
		keys, err := ParseKeys([]byte(jwk("", d)), "")
		if err != nil || !keys[0].CanSign() || keys[0].Fingerprint() != key.Fingerprint() {
			t.Fatalf("%v, %s", err, described(keys, err))
		}
		signature, err := keys[0].Sign(nil, "a.b")
		if err != nil || !key.verifies("a.b", signature) {
			t.Errorf("it does not sign: %v", err)
		}
	}
	odd := new(big.Int).Add(whole.D, big.NewInt(2))
	for text, want := range map[string]string{
		jwk(`,"p":"AQAB"`, whole.D):  "the RSA JWK has its p but not both p and q (RFC 7518 section 6.3.2)",
		jwk(`,"dp":"AQAB"`, whole.D): "the RSA JWK has its dp but not both p and q (RFC 7518 section 6.3.2)",
		jwk("", odd):                 "the parts of the RSA key do not match",
		jwk("", whole.N):             "the parts of the RSA key do not match",
		jwk("", big.NewInt(2)):       "the parts of the RSA key do not match",

		strings.Replace(jwk("", whole.D), "AQAB", "AQ", 1): "the RSA public exponent 1 is insecure",
	} {
		if got := described(ParseKeys([]byte(text), "")); got != want {
			t.Errorf("%.60s: %s, want %s", text, got, want)
		}
	}
}
