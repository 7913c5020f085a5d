package auth

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// readTestKey reads a file that another program wrote.
func readTestKey(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "keys", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What openssl and ssh-keygen write is read, or refused with the name of what it is.
func TestFilesOfOtherTools(t *testing.T) {
	t.Parallel()
	const (
		supported = ", which is not supported; use RSA, EC on P-256, P-384 or P-521, Ed25519 or ML-DSA"
		secp256k1 = "the key is an EC key on secp256k1 (for ES256K)" + supported
	)
	for name, want := range map[string]string{
		"openssh-ed25519": "1d13d9dd EdDSA signs: an OpenSSH private key", "openssh-ed25519.pub": "1d13d9dd EdDSA: an SSH public key",
		"rfc4716-ed25519.pub": "1d13d9dd EdDSA: an SSH public key", "rfc4716-rsa.pub": "ec0dec83 RS256: an SSH public key",
		"openssh-ecdsa": "ed5c4ada ES256 signs: an OpenSSH private key", "openssh-ecdsa.pub": "ed5c4ada ES256: an SSH public key",
		"openssh-ecdsa521": "6607f204 ES512 signs: an OpenSSH private key", "openssh-ecdsa521.pub": "6607f204 ES512: an SSH public key",
		"openssh-rsa": "ec0dec83 RS256 signs: an OpenSSH private key", "openssh-rsa.pub": "ec0dec83 RS256: an SSH public key",
		"rsa-pss.pem": "d59b71bb PS256 signs: a PEM private key", "rsa-pss-public.pem": "d59b71bb PS256: a PEM public key",
		"sec1.der":                 "c8e8830e ES256 signs: a DER private key",
		"from-pkcs12.pem":          "b75f03bf RS256 signs: a PEM private key with its certificate",
		"certificate-with-bag.pem": "b75f03bf RS256: a certificate",
		"openssh-encrypted":        "it is an OpenSSH key with a passphrase; remove the passphrase from a copy with ssh-keygen -p -N '' -f COPY",
		"explicit-curve.pem": "the key is an EC key without the name of its curve; " +
			"convert it with openssl ec -in FILE -param_enc named_curve -out NEW",
		"certificates.p7b": "it is a PKCS #7 file, not a key file; choose a file with a key",
		"encrypted.der":    ErrEncrypted.Error(),
		"bundle.p12":       "it is a PKCS #12 file, not a key file; convert it with openssl pkcs12 -in FILE -nodes -out NEW",
		"request.pem": `the PEM contains "CERTIFICATE REQUEST", which is not a key; ` +
			"use a private key, a public key or a certificate",
		"secp256k1.pem": secp256k1, "secp256k1-sec1.pem": secp256k1, "secp256k1-public.pem": secp256k1,
		"secp256k1-certificate.pem": secp256k1,
		"brainpool.pem":             "the key is an EC key on brainpoolP256r1" + supported,
		"ed448.pem":                 "the key is an Ed448 key" + supported, "ed448-public.pem": "the key is an Ed448 key" + supported,
		"x25519.pem": "the key is an X25519 key for key agreement" + supported, "dsa.pem": "the key is a DSA key" + supported,
	} {
		data := readTestKey(t, name)
		if wrong := CheckSecret(HS256, data); wrong == nil || wrong.Kind != SecretWrongKind {
			t.Errorf("%s as a secret: %v", name, wrong)
		}
		keys, err := ParseKeys(data, "")
		if err != nil {
			if sentence(err) != want {
				t.Errorf("%s: %s\nwant %s", name, sentence(err), want)
			}
			continue
		}
		got := keys[0].Fingerprint() + " " + string(keys[0].Algorithm())
		if keys[0].CanSign() {
			got += " signs"
		}
		if got += ": " + keys[0].Form(); got != want || len(keys[0].Notes()) > 0 {
			t.Errorf("%s: %s, %q\nwant %s", name, got, keys[0].Notes(), want)
		}
	}
}

// A key that is restricted to RSASSA-PSS signs with it only, and an encrypted key in DER is
// read with its passphrase.
func TestRestrictedAndEncrypted(t *testing.T) {
	t.Parallel()
	if keys, err := ParseKeys(readTestKey(t, "rsa-pss.pem"), PS512); err != nil || keys[0].Algorithm() != PS512 {
		t.Errorf("PS512: %v", err)
	}
	const want = "the key is restricted to RSASSA-PSS, so RS256 cannot use it"
	if _, err := ParseKeys(readTestKey(t, "rsa-pss.pem"), RS256); err == nil || err.Error() != want {
		t.Errorf("RS256: %v, want %s", err, want)
	}
	keys, err := ParseKeys(readTestKey(t, "encrypted.der"), "", WithPassphrase(func() ([]byte, error) { return []byte("secret"), nil }))
	if err != nil || keys[0].Algorithm() != EdDSA {
		t.Errorf("encrypted DER: %v", err)
	}
}

// An SSH key whose parts do not belong together, or that ends early, is damaged.
func TestDamagedSSHKeys(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"openssh-ed25519", "openssh-ecdsa", "openssh-rsa"} {
		data := readTestKey(t, name)
		m, err := readSSHPrivate(data)
		if err != nil || !m.isPrivate() {
			t.Fatalf("%s: %v", name, err)
		}
		der := bytes.Clone(decodePEM(t, data))
		for n := range len(der) {
			if n%7 > 0 && n > 100 { // each byte takes time
				continue
			}
			if _, err := readSSHPrivate(der[:n]); err == nil && n < len(der)-16 { // behind it is padding
				t.Errorf("%s: %d of %d bytes are read", name, n, len(der))
			}
		}
	}
	for text, want := range map[string]string{
		"ssh-dss AAAAB3NzaC1kc3MAAAABAQ==":                     `it is an SSH key of the type "ssh-dss", which is not supported; ` + useSupported,
		"ssh-rsa AAAAB3NzaC1yc2E=":                             "the SSH key is damaged; " + getFreshCopy,
		"ssh-rsa AAAA":                                         "the SSH key is damaged; " + getFreshCopy,
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAQ==":             "the SSH key is damaged; " + getFreshCopy,
		"ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY=": "the SSH key is damaged; " + getFreshCopy,
	} {
		if _, err := ParseKeys([]byte(text), ""); err == nil || sentence(err) != want {
			t.Errorf("%s: %s, want %s", text, sentence(err), want)
		}
	}
}
