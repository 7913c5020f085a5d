package auth

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"

	"github.com/youmark/pkcs8"

	"tokendesk/auth/advice"
)

// decryptKey reads an encrypted private key (PKCS #8, RFC 5958 section 3).
func decryptKey(der []byte, ask func() ([]byte, error)) (any, error) {
	if ask == nil {
		return nil, ErrEncrypted
	}
	if isCostly(der) {
		return nil, advice.New("decrypting the private key would take too much time or memory", convertPKCS8)
	}
	passphrase, err := ask()
	if err != nil {
		return nil, err
	}
	if len(passphrase) == 0 {
		return nil, ErrEncrypted
	}
	return decrypt(der, passphrase)
}

// What to do about a key file that cannot be read.
const (
	convertPKCS8 = "convert it with openssl pkcs8 -topk8 -in FILE -out NEW"
	getFreshCopy = "get a fresh copy of the file"
)

// decrypt is decryptKey with the passphrase. Package pkcs8 panics if the data is not
// made of whole blocks of the cipher.
func decrypt(der, passphrase []byte) (material any, err error) {
	defer func() {
		if recover() != nil {
			material, err = nil, advice.New("the ENCRYPTED PRIVATE KEY in the PEM is damaged", getFreshCopy)
		}
	}()
	material, _, err = pkcs8.ParsePrivateKey(der, passphrase)
	switch {
	case err == nil:
		return material, nil
	case err.Error() == "pkcs8: incorrect password":
		return decryptMLDSA(der, passphrase)
	}
	return nil, advice.New("the encryption of the private key is not supported", convertPKCS8)
}

// decryptMLDSA is decrypt for an ML-DSA key, which package pkcs8 cannot read.
func decryptMLDSA(der, passphrase []byte) (any, error) {
	plain, ok := decryptPBES2(der, passphrase)
	if !ok {
		return nil, ErrWrongPassphrase
	}
	material, err := parsePKCS8(plain)
	if unusable, ok := errors.AsType[unusableKey](err); ok {
		return nil, unusable.error
	}
	if err != nil {
		return nil, ErrWrongPassphrase
	}
	return material, nil
}

// isCostly reports whether an untrusted file would keep the machine busy: with more than
// five million rounds of PBKDF2, or 256 MiB of scrypt, many times the defaults of openssl
// (RFC 8018 appendix A.2, RFC 7914 section 7).
func isCostly(der []byte) bool {
	var key struct {
		Encryption struct {
			Algorithm asn1.ObjectIdentifier
			Scheme    struct{ KDF, Cipher pkix.AlgorithmIdentifier }
		}
		Data []byte
	}
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return false // reading it reports the error
	}
	kdf := key.Encryption.Scheme.KDF
	if kdf.Algorithm.Equal(scryptID()) {
		var scrypt scryptParameters
		_, err := asn1.Unmarshal(kdf.Parameters.FullBytes, &scrypt)
		return err == nil && (scrypt.P > 16 || scrypt.R > 0 && scrypt.N > 256<<20/128/scrypt.R)
	}
	var pbkdf2 struct {
		Salt   []byte
		Rounds int
	}
	_, err := asn1.Unmarshal(kdf.Parameters.FullBytes, &pbkdf2)
	return err == nil && pbkdf2.Rounds > 5_000_000
}
