package auth

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // the default of the standard
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"hash"

	"golang.org/x/crypto/scrypt"
)

// decryptPBES2 returns the bytes of a private key that was encrypted as OpenSSL does it
// since version 1.1: AES in CBC mode with PBKDF2 or scrypt (RFC 8018 section 6.2). Package pkcs8
// decrypts more, but keeps the bytes of a key that it does not know, and calls its
// passphrase wrong.
func decryptPBES2(der, passphrase []byte) (plain []byte, ok bool) {
	var key struct {
		Encryption struct {
			Algorithm asn1.ObjectIdentifier
			Scheme    struct{ KDF, Cipher pkix.AlgorithmIdentifier }
		}
		Data []byte
	}
	var iv []byte
	_, _ = asn1.Unmarshal(der, &key) // package pkcs8 read it before
	scheme := key.Encryption.Scheme
	if _, err := asn1.Unmarshal(scheme.Cipher.Parameters.FullBytes, &iv); err != nil {
		return nil, false
	}
	length := keyLength(scheme.Cipher.Algorithm)
	if length == 0 || len(iv) != aes.BlockSize || len(key.Data) == 0 || len(key.Data)%aes.BlockSize != 0 {
		return nil, false
	}
	block, err := aes.NewCipher(derive(scheme.KDF, passphrase, length))
	if err != nil { // it does not fit the length
		return nil, false
	}
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(key.Data, key.Data)
	return unpadded(key.Data)
}

// derive returns the key of that length that a passphrase gives, or nil for parameters that are
// not supported. isCostly limits what it takes.
func derive(by pkix.AlgorithmIdentifier, passphrase []byte, length int) []byte {
	if by.Algorithm.Equal(scryptID()) {
		var kdf scryptParameters
		_, _ = asn1.Unmarshal(by.Parameters.FullBytes, &kdf) // scrypt refuses what is left empty
		secret, _ := scrypt.Key(passphrase, kdf.Salt, kdf.N, kdf.R, kdf.P, length)
		return secret
	}
	var kdf struct {
		Salt   []byte
		Rounds int
		Length int                      `asn1:"optional"`
		PRF    pkix.AlgorithmIdentifier `asn1:"optional"`
	}
	_, err := asn1.Unmarshal(by.Parameters.FullBytes, &kdf)
	newHash := kdfHash(kdf.PRF.Algorithm)
	if err != nil || newHash == nil {
		return nil
	}
	secret, _ := pbkdf2.Key(newHash, string(passphrase), kdf.Salt, kdf.Rounds, length)
	return secret
}

// scryptID is the identifier of scrypt, and scryptParameters are its parameters (RFC 7914
// section 7).
func scryptID() asn1.ObjectIdentifier { return asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11591, 4, 11} }

type scryptParameters struct {
	Salt    []byte
	N, R, P int
}

// unpadded removes the padding of a whole number of blocks (RFC 8018 section 6.1.1).
func unpadded(data []byte) ([]byte, bool) {
	n := int(data[len(data)-1])
	if n == 0 || n > aes.BlockSize || !bytes.HasSuffix(data, bytes.Repeat([]byte{byte(n)}, n)) {
		return nil, false
	}
	return data[:len(data)-n], true
}

// kdfHash returns the hash of a PBKDF2 by its pseudorandom function, or nil.
func kdfHash(oid asn1.ObjectIdentifier) func() hash.Hash {
	rsadsi := asn1.ObjectIdentifier{1, 2, 840, 113549, 2}
	switch {
	case len(oid) == 0, oid.Equal(append(rsadsi, 7)):
		return sha1.New
	case oid.Equal(append(rsadsi, 9)):
		return sha256.New
	case oid.Equal(append(rsadsi, 11)):
		return sha512.New
	}
	return nil
}

// keyLength returns the length of the key of AES in CBC mode, or 0 for another cipher.
func keyLength(oid asn1.ObjectIdentifier) int {
	if len(oid) != 9 || !oid[:8].Equal(asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 1}) {
		return 0
	}
	return map[int]int{2: 16, 22: 24, 42: 32}[oid[8]]
}
