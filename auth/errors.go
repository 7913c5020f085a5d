package auth

import (
	"errors"

	"tokendesk/auth/advice"
)

// The errors of verification and decoding, for [errors.Is]. There is one for each
// [Verdict] except [VerdictValid].
var (
	// ErrMalformed says that a text cannot be read as a token (RFC 7515 section 5.2, RFC
	// 7519 section 7.2).
	ErrMalformed = errors.New("malformed")
	// ErrUnsupported says that a token requires something that is not supported, such as
	// an algorithm or a critical header parameter (RFC 7515 section 4.1.11).
	ErrUnsupported = errors.New("unsupported")
	// ErrBadSignature says that the signature was not made with the key (RFC 7515 section
	// 5.2).
	ErrBadSignature = errors.New("bad signature")
	// ErrWrongKey says that none of the keys is for the token (RFC 8725 section 3.1).
	ErrWrongKey = errors.New("wrong key")
	// ErrExpired says that the "exp" of a token has passed (RFC 7519 section 4.1.4).
	ErrExpired = errors.New("expired")
	// ErrNotYetValid says that the "nbf" or "iat" of a token is in the future (RFC 7519
	// sections 4.1.5 and 4.1.6).
	ErrNotYetValid = errors.New("not yet valid")
	// ErrWrongClaim says that a claim is missing, has the wrong type or has a value other
	// than the verifier expects (RFC 7519 section 4.1).
	ErrWrongClaim = errors.New("wrong claim")
)

// The errors about keys.
var (
	// ErrNoKey says that there is no key to sign with.
	ErrNoKey = errors.New("there is no key to sign with")
	// ErrCannotSign says that a public key was asked to sign.
	ErrCannotSign = advice.New("the key is public and can only verify", "use the private key to sign")
	// ErrOnlyDecrypts says that a key for encryption was asked to sign.
	ErrOnlyDecrypts = advice.New("the key is for decryption and cannot sign", "use a key for signatures to sign")
	// ErrNoPublicKey says that an HMAC key was asked for its public half.
	ErrNoPublicKey = errors.New("a secret has no public half: anyone who verifies with it can also sign")
	// ErrEncrypted says that a private key is encrypted and that there is no passphrase.
	ErrEncrypted = errors.New("the private key is encrypted and there is no passphrase for it")
	// ErrWrongPassphrase says that the passphrase does not decrypt the private key.
	ErrWrongPassphrase = advice.New("the passphrase does not decrypt the private key", "check the passphrase")
)

var (
	errNoAlgorithm = errors.New("unknown algorithm")
	errSubject     = errors.New("the subject is not valid UTF-8")
	errNotVerified = errors.New("the token was not verified")
)
