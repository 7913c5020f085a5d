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
)

// decryptPBES2 returns the bytes of a private key that was encrypted as OpenSSL does it
// since version 1.1: AES in CBC mode with PBKDF2 (RFC 8018 section 6.2). Package pkcs8
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
	var kdf struct {
		Salt   []byte
		Rounds int
		Length int                      `asn1:"optional"`
		PRF    pkix.AlgorithmIdentifier `asn1:"optional"`
	}
	var iv []byte
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return nil, false
	}
	scheme := key.Encryption.Scheme
	if _, err := asn1.Unmarshal(scheme.KDF.Parameters.FullBytes, &kdf); err != nil {
		return nil, false
	}
	if _, err := asn1.Unmarshal(scheme.Cipher.Parameters.FullBytes, &iv); err != nil {
		return nil, false
	}
	newHash, length := kdfHash(kdf.PRF.Algorithm), keyLength(scheme.Cipher.Algorithm)
	if newHash == nil || length == 0 || len(iv) != aes.BlockSize || len(key.Data) == 0 || len(key.Data)%aes.BlockSize != 0 {
		return nil, false
	}
	secret, err := pbkdf2.Key(newHash, string(passphrase), kdf.Salt, kdf.Rounds, length)
	if err != nil {
		return nil, false
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, false
	}
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(key.Data, key.Data)
	return unpadded(key.Data)
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
