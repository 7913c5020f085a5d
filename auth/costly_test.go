package auth

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"strings"
	"testing"
)

// encryptedWith returns an encrypted private key with the given parameters of key
// derivation and an empty ciphertext.
func encryptedWith(t *testing.T, kdf asn1.ObjectIdentifier, parameters any) string {
	t.Helper()
	return encryptedAs(t, kdf, parameters, nil, []byte("x"))
}

// encryptedAs returns a private key that was encrypted with AES-256 in CBC mode, with the given
// parameters of key derivation.
func encryptedAs(t *testing.T, kdf asn1.ObjectIdentifier, parameters any, iv, data []byte) string {
	t.Helper()
	raw, err := asn1.Marshal(parameters)
	if err != nil {
		t.Fatal(err)
	}
	vector, err := asn1.Marshal(iv)
	if err != nil {
		t.Fatal(err)
	}
	type scheme struct{ KDF, Cipher pkix.AlgorithmIdentifier }
	type encryption struct {
		Algorithm asn1.ObjectIdentifier
		Scheme    scheme
	}
	der, err := asn1.Marshal(struct {
		Encryption encryption
		Data       []byte
	}{
		encryption{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}, scheme{
			pkix.AlgorithmIdentifier{Algorithm: kdf, Parameters: asn1.RawValue{FullBytes: raw}},
			pkix.AlgorithmIdentifier{
				Algorithm:  asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1, 42},
				Parameters: asn1.RawValue{FullBytes: vector},
			},
		}}, data,
	})
	return pemOf(t, "ENCRYPTED PRIVATE KEY", der, err)
}

// The passphrase is asked for up to five million rounds of PBKDF2, scrypt at 16 times the
// usual cost and 256 MiB, but not above these limits.
func TestCostOfPassphrases(t *testing.T) {
	t.Parallel()
	type pbkdf2 struct {
		Salt   []byte
		Rounds int
	}
	type scrypt struct {
		Salt    []byte
		N, R, P int
	}
	salt := []byte("salt")
	pbkdf2ID, scryptID := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}, asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11591, 4, 11}
	errAsked := errors.New("asked")
	for _, tt := range []struct {
		kdf        asn1.ObjectIdentifier
		parameters any
		costly     bool
	}{
		{pbkdf2ID, pbkdf2{salt, 1}, false},
		{pbkdf2ID, pbkdf2{salt, 5_000_000}, false},
		{pbkdf2ID, pbkdf2{salt, 5_000_001}, true},
		{scryptID, scrypt{salt, 1 << 14, 8, 1}, false},
		{scryptID, scrypt{salt, 1 << 18, 8, 16}, false},
		{scryptID, scrypt{salt, 1 << 18, 8, 17}, true},
		{scryptID, scrypt{salt, 1<<18 + 1, 8, 1}, true},
		{scryptID, scrypt{salt, 1 << 21, 1, 1}, false},
		{scryptID, scrypt{salt, 1<<21 + 1, 1, 1}, true},
		{scryptID, scrypt{salt, 2, 1 << 20, 1}, false},
		{scryptID, scrypt{salt, 3, 1 << 20, 1}, true},
		{scryptID, scrypt{salt, 1 << 30, 0, 1}, false}, // refused when its parameters are read
		{scryptID, pbkdf2{salt, 1 << 40}, false},
	} {
		_, err := ParseKeys([]byte(encryptedWith(t, tt.kdf, tt.parameters)), "",
			WithPassphrase(func() ([]byte, error) { return nil, errAsked }))
		costly := err != nil && strings.Contains(err.Error(), "too much time or memory")
		if costly != tt.costly || !costly && !errors.Is(err, errAsked) {
			t.Errorf("%+v: %v, want it to be refused %v", tt.parameters, err, tt.costly)
		}
	}
	// A key whose parameters cannot be read costs nothing: it is refused after the passphrase.
	broken := pemOf(t, "ENCRYPTED PRIVATE KEY", []byte("x"), nil)
	_, err := ParseKeys([]byte(broken), "", WithPassphrase(func() ([]byte, error) { return nil, errAsked }))
	if !errors.Is(err, errAsked) {
		t.Errorf("a key that cannot be read: %v", err)
	}
}
