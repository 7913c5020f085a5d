package auth

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"maps"
	"slices"

	"github.com/go-jose/go-jose/v4"

	"tokendesk/auth/jsontext"
)

// decryptionSchemes are the algorithms of keys that only decrypt, by the type of key (RFC
// 7518 section 4.1). They are not in the table of signature algorithms, so no token can name
// one to be verified.
func decryptionSchemes() map[KeyType]*scheme {
	return map[KeyType]*scheme{
		KeyTypeRSA:    {name: Algorithm(jose.RSA_OAEP_256), family: rsaFamily{}},
		KeyTypeEC:     {name: Algorithm(jose.ECDH_ES), family: ecdsaFamily{}},
		KeyTypeSecret: {name: Algorithm(jose.DIRECT), family: hmacFamily{}},
	}
}

// otherPurpose says what a JWK is for instead of signatures.
type otherPurpose struct{ reason string }

func (e *otherPurpose) Error() string { return e.reason }

// parseDecryptionJWK reads a JWK that is not for signatures, as other says, as a key that only
// decrypts. It returns other for one that cannot decrypt: it has no private member, is for an
// algorithm that is not supported, or contradicts itself.
func parseDecryptionJWK(object Object, other *otherPurpose, opts []KeyOption) (*Key, error) {
	kty, _ := object.String("kty")
	s := decryptionSchemes()[KeyType(kty)]
	if s == nil || !slices.ContainsFunc(object, isPrivate) || !mayDecrypt(object) {
		return nil, other
	}
	if name, ok := object.String("alg"); ok && !s.isNamed(name) {
		return nil, &otherPurpose{neitherNor(name)}
	}
	material, notes, err := jwkMaterial(object)
	if err != nil {
		return nil, err
	}
	if kid, ok := object.String("kid"); ok && kid != "" {
		opts = append(slices.Clone(opts), WithKeyID(kid))
	}
	key, err := newDecryptionKey(s, material, opts)
	if err != nil {
		return nil, err
	}
	key.read.notes = notes
	return key, nil
}

// neitherNor says that the algorithm of a key for encryption is not supported.
func neitherNor(name string) string {
	return fmt.Sprintf("the alg of the JWK is %s, which is supported neither to sign nor to decrypt", quoted(name))
}

// isNamed reports whether the "alg" of a JWK is that of a key which decrypts. A secret may name
// what it encrypts the content with instead of "dir".
func (s *scheme) isNamed(alg string) bool {
	_, isContent := contentEncryptions()[jose.ContentEncryption(alg)]
	return alg == string(s.name) || isContent && s.family.keyType() == KeyTypeSecret
}

// mayDecrypt reports whether the "use" and "key_ops" of a JWK let it decrypt.
func mayDecrypt(object Object) bool {
	if use, ok := object.String("use"); ok && use != "enc" {
		return false
	}
	if raw, ok := object.Get("key_ops"); ok {
		ops, _ := jsontext.Strings(raw)
		decrypts := func(op string) bool {
			return slices.Contains([]string{"decrypt", "unwrapKey", "deriveKey", "deriveBits"}, op)
		}
		if !slices.ContainsFunc(ops, decrypts) {
			return false
		}
	}
	return true
}

// newDecryptionKey returns a key that decrypts with the algorithm and does nothing else.
func newDecryptionKey(s *scheme, material any, opts []KeyOption) (*Key, error) {
	o := readOptions(opts)
	if o.err != nil {
		return nil, o.err
	}
	key := &Key{
		scheme: s, verifying: func() any { return nil }, decrypting: func() any { return material }, id: o.id, ownID: o.id != "",
	}
	secret, ok := material.([]byte)
	if ok {
		key.fingerprint = fingerprint(s.name, secret)
		key.weakness = CheckSecret(s.name, secret)
		return key, checkDirect(key.weakness, len(secret))
	}
	private, _ := material.(crypto.Signer) // it has a private member
	key.public = private.Public()
	if err := s.family.check(key.public, material); err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKIXPublicKey(key.public)
	key.fingerprint = fingerprint(s.name, der)
	if key.id == "" && err == nil {
		key.id, err = Thumbprint(key.public)
	}
	return key, err
}

// checkDirect returns why a secret cannot decrypt (RFC 7518 section 4.5), or nil.
func checkDirect(weakness *SecretError, size int) error {
	if weakness != nil && !weakness.Weak() {
		return weakness
	}
	sizes := slices.Compact(slices.Sorted(maps.Values(contentEncryptions())))
	if slices.Contains(sizes, size) {
		return nil
	}
	return fmt.Errorf("the k of the JWK for encryption has %s, but must have 16, 24, 32, 48 or 64 (RFC 7518 section 4.5)", inBytes(size))
}

// decryptionMaterial returns what a key decrypts with, or nil: a signing key decrypts too.
func decryptionMaterial(k *Key) any {
	switch {
	case k.decrypting != nil:
		return k.decrypting()
	case k.signing != nil:
		return k.signing()
	}
	return nil
}
