package auth

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"filippo.io/mldsa"
	"golang.org/x/crypto/scrypt"
)

// mldsaVectors are the examples of RFC 9964 appendix A: the key of a seed of zeros has the
// thumbprint, and signs this payload. The compact JWS, of up to 6 KB, is here as its hash.
func mldsaVectors() map[Algorithm][2]string {
	return map[Algorithm][2]string{
		MLDSA44: {"T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o", "2ae7b395a71470a610a0d8b6443fd4784d93ba2b7d0a752da58264eb0fd338e8"},
		MLDSA65: {"Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM", "bb1a49c32f37f5f750e73fcc6fd7cbd8cf683e8b0270b1420c02e2e63e66bc01"},
		MLDSA87: {"tRn1JNIkgMsABVQBlXeDHxAIcclh-2IX0UdDEzPt5XU", "7102258ffe720c7430bf087b3283867b559d7479d1142162369fec672e1804aa"},
	}
}

// zeros is a source of a seed of zeros.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestMLDSAVectors(t *testing.T) {
	t.Parallel()
	const payload = "It’s a dangerous business, Frodo, going out your door."
	for alg, want := range mldsaVectors() {
		key, err := GenerateKey(alg, 0, zeros{})
		if err != nil {
			t.Fatal(err)
		}
		if key.ID() != want[0] {
			t.Errorf("%s: the thumbprint is %s, want %s", alg, key.ID(), want[0])
		}
		encode := base64.RawURLEncoding.EncodeToString
		input := encode([]byte(fmt.Sprintf(`{"alg":%q,"kid":%q}`, alg, key.ID()))) + "." + encode([]byte(payload))
		signature, err := key.Sign(rand.Reader, input)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256([]byte(input + "." + encode(signature))); hex.EncodeToString(sum[:]) != want[1] {
			t.Errorf("%s: the JWS is not that of the RFC", alg)
		}
		if !key.verifies(input, signature) || key.verifies(input+"x", signature) || key.verifies(input, signature[1:]) {
			t.Errorf("%s: the signature is not verified", alg)
		}
	}
}

// A key is the same key after it has been written and read in each format.
func TestMLDSAKeyFormats(t *testing.T) {
	t.Parallel()
	for alg := range mldsaVectors() {
		key, err := GenerateKey(alg, 0, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []KeyFormat{FormatJWK, FormatPEM} {
			private, err := key.EncodePrivate(format)
			if err != nil {
				t.Fatal(err)
			}
			public, err := key.EncodePublic(format)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range [][]byte{private, public} {
				read, err := ParseKeys(text, "")
				if err != nil {
					t.Fatal(err)
				}
				if read[0].Fingerprint() != key.Fingerprint() || read[0].ID() != key.ID() || read[0].Algorithm() != alg ||
					read[0].CanSign() != (&text[0] == &private[0]) {
					t.Errorf("%s: another key came back from %s", alg, text)
				}
			}
		}
	}
}

// privatePEM returns a PKCS #8 with these contents for ML-DSA-44.
func privatePEM(t *testing.T, contents any) []byte {
	t.Helper()
	inner, isRaw := contents.([]byte)
	if !isRaw {
		inner = marshal(t, contents)
	}
	der := marshal(t, struct {
		Version int
		Algo    pkix.AlgorithmIdentifier
		Private []byte
	}{Algo: pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 17}}, Private: inner})
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func marshal(t *testing.T, value any) []byte {
	t.Helper()
	der, err := asn1.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// OpenSSL writes the seed and the expanded key; only the seed counts, if they belong
// together.
func TestMLDSAFromOpenSSL(t *testing.T) {
	t.Parallel()
	key, err := GenerateKey(MLDSA44, 0, zeros{})
	if err != nil {
		t.Fatal(err)
	}
	public, ok := key.Public().(*mldsa.PublicKey)
	if !ok {
		t.Fatal("the public key is of another kind")
	}
	type both struct{ Seed, Expanded []byte }
	seed, expanded := make([]byte, mldsa.PrivateKeySize), make([]byte, 2560)
	copy(expanded[64:], sha3.SumSHAKE256(public.Bytes(), 64))
	for _, test := range []struct {
		name, want string
		contents   any
	}{
		{"both", "", both{seed, expanded}},
		{"expanded", "the ML-DSA private key has no seed; export it with its seed (RFC 9964 section 4)", expanded},
		{"mixed", "the seed of the ML-DSA private key does not belong to the rest of it", both{seed, make([]byte, 2560)}},
		{"short", "the seed of the ML-DSA private key has the wrong length", both{seed[1:], expanded}},
		{"neither", "the PRIVATE KEY in the PEM is damaged or of an unsupported type; " + useSupported, struct{ A int }{1}},
	} {
		contents := test.contents
		if raw, isRaw := contents.([]byte); isRaw {
			contents = marshal(t, raw)
		}
		read, err := ParseKeys(privatePEM(t, contents), "")
		switch {
		case test.want != "":
			if got := sentence(err); got != test.want {
				t.Errorf("%s: %s, want %s", test.name, got, test.want)
			}
		case err != nil:
			t.Errorf("%s: %v", test.name, err)
		case read[0].Fingerprint() != key.Fingerprint() || !read[0].CanSign():
			t.Errorf("%s: another key", test.name)
		}
	}
}

// The certificate of an ML-DSA key has a key that the standard library does not read.
func TestMLDSACertificate(t *testing.T) {
	t.Parallel()
	key, err := GenerateKey(MLDSA65, 0, zeros{})
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.EncodePublic(FormatPEM)
	if err != nil {
		t.Fatal(err)
	}
	spki, _ := pem.Decode(public)
	_, owner, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, owner.Public(), owner)
	if err != nil {
		t.Fatal(err)
	}
	var certificate struct {
		TBS, Algo asn1.RawValue
		Signature asn1.BitString
	}
	var parts []asn1.RawValue
	if _, err := asn1.Unmarshal(der, &certificate); err != nil {
		t.Fatal(err)
	}
	if _, err := asn1.Unmarshal(certificate.TBS.FullBytes, &parts); err != nil {
		t.Fatal(err)
	}
	parts[6] = asn1.RawValue{FullBytes: spki.Bytes}
	certificate.TBS = asn1.RawValue{FullBytes: marshal(t, parts)}
	read, err := ParseKeys(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: marshal(t, certificate)}), "")
	if err != nil || read[0].Fingerprint() != key.Fingerprint() {
		t.Errorf("%v, want the key of the certificate: %v", read, err)
	}
}

// encryptedMLDSA is the key of a seed of zeros, encrypted by OpenSSL 4.0 with the passphrase
// "pw".
const encryptedMLDSA = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBANNuadzCapaeHw91Ql
o3/6AgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQnsIoxI4Q1tJR0Ngr
S6jaPARAlRgUBmVlXpR+BcfrxOtDlR1S0er18Vtgbsw6dbn6hLmF+wE4kdgBnxPV
MLowQUGCVHCJxA8by2Gz9roHSCJbvw==
-----END ENCRYPTED PRIVATE KEY-----
`

func TestMLDSAEncrypted(t *testing.T) {
	t.Parallel()
	key, err := GenerateKey(MLDSA44, 0, zeros{})
	if err != nil {
		t.Fatal(err)
	}
	for passphrase, want := range map[string]error{"pw": nil, "wrong": ErrWrongPassphrase} {
		read, err := ParseKeys([]byte(encryptedMLDSA), "", WithPassphrase(func() ([]byte, error) { return []byte(passphrase), nil }))
		if !errors.Is(err, want) || err == nil && read[0].Fingerprint() != key.Fingerprint() {
			t.Errorf("%s: %v, %v, want %v", passphrase, read, err, want)
		}
	}
}

// A key that was encrypted with scrypt is read too, and only the wrong passphrase is called
// wrong.
func TestMLDSAScrypt(t *testing.T) {
	t.Parallel()
	key, err := GenerateKey(MLDSA44, 0, zeros{})
	if err != nil {
		t.Fatal(err)
	}
	private, err := key.EncodePrivate(FormatPEM)
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := pem.Decode(private)
	salt, iv := []byte("12345678"), []byte("1234567890123456")
	secret, err := scrypt.Key([]byte("pw"), salt, 1024, 8, 1, 32)
	if err != nil {
		t.Fatal(err)
	}
	n := aes.BlockSize - len(plain.Bytes)%aes.BlockSize
	data := append(plain.Bytes, bytes.Repeat([]byte{byte(n)}, n)...)
	block, err := aes.NewCipher(secret)
	if err != nil {
		t.Fatal(err)
	}
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(data, data)
	text := encryptedAs(t, scryptID(), scryptParameters{salt, 1024, 8, 1}, iv, data)
	for passphrase, want := range map[string]error{"pw": nil, "wrong": ErrWrongPassphrase} {
		read, err := ParseKeys([]byte(text), "", WithPassphrase(func() ([]byte, error) { return []byte(passphrase), nil }))
		if !errors.Is(err, want) || err == nil && read[0].Fingerprint() != key.Fingerprint() {
			t.Errorf("%s: %v, %v, want %v", passphrase, read, err, want)
		}
	}
}

func TestMLDSARefuses(t *testing.T) {
	t.Parallel()
	key, err := GenerateKey(MLDSA44, 0, zeros{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := key.EncodePrivate(FormatJWK)
	if err != nil {
		t.Fatal(err)
	}
	jwk, seed := string(text), strings.Repeat("A", 43)
	for change, want := range map[[2]string]string{
		{`"alg":"ML-DSA-44",`, ``}: "the alg of the AKP JWK is missing, but must be ML-DSA-44, ML-DSA-65 or ML-DSA-87",
		{"ML-DSA-44", "ES256"}:     `the alg of the AKP JWK is "ES256", but must be ML-DSA-44, ML-DSA-65 or ML-DSA-87`,
		{"ML-DSA-44", "ML-DSA-65"}: "the pub of the AKP JWK has 1312 bytes, but an ML-DSA-65 key has 1952",
		{`"pub"`, `"x"`}:           "the AKP JWK has no pub",
		{`"pub":"`, `"pub":"!`}:    "the pub of the AKP JWK is not base64url",
		{seed, "AAAA"}:             "the priv of the AKP JWK has 3 bytes, but a seed has 32 (RFC 9964 section 4)",
		{seed, "B" + seed[1:]}:     "the pub and priv of the AKP JWK do not belong together",
		{`"AKP"`, `"OKP"`}:         "the OKP JWK has no crv and x",
	} {
		changed := strings.Replace(jwk, change[0], change[1], 1)
		if changed == jwk {
			t.Fatalf("%s is not in the JWK", change[0])
		}
		if _, err := ParseKeys([]byte(changed), ""); sentence(err) != want {
			t.Errorf("%q: %v\nwant %s", change, err, want)
		}
	}
	pemText, err := key.EncodePrivate(FormatPEM)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseKeys(pemText, MLDSA65); err == nil || err.Error() != "ML-DSA-65 needs an ML-DSA-65 key, but this is an ML-DSA-44 key" {
		t.Errorf("the wrong algorithm: %v", err)
	}
	if block, _ := pem.Decode(pemText); len(block.Bytes) != 54 {
		t.Errorf("the PKCS #8 has %d bytes, but a seed alone makes 54 (RFC 9881 appendix C)", len(block.Bytes))
	}
}
