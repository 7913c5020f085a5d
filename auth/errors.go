package auth

import "errors"

// What verification and decoding say, for [errors.Is]. There is one for each
// [Verdict] but [VerdictValid].
var (
	// ErrMalformed is about what cannot be read as a token (RFC 7515 section 5.2,
	// RFC 7519 section 7.2).
	ErrMalformed = errors.New("malformed")
	// ErrUnsupported is about a token that asks for something that is not
	// understood, such as an algorithm or a critical header parameter (RFC 7515
	// section 4.1.11).
	ErrUnsupported = errors.New("unsupported")
	// ErrBadSignature is about a signature that is not the key's (RFC 7515
	// section 5.2).
	ErrBadSignature = errors.New("bad signature")
	// ErrWrongKey is about a token that none of the keys is for (RFC 8725 section
	// 3.1).
	ErrWrongKey = errors.New("wrong key")
	// ErrExpired is about a token whose "exp" has come (RFC 7519 section 4.1.4).
	ErrExpired = errors.New("expired")
	// ErrNotYetValid is about a token whose "nbf" or "iat" has not come (RFC 7519
	// sections 4.1.5 and 4.1.6).
	ErrNotYetValid = errors.New("not yet valid")
	// ErrWrongClaim is about a claim that is missing, has the wrong type or
	// another value than the verifier expects (RFC 7519 section 4.1).
	ErrWrongClaim = errors.New("wrong claim")
)

// What keys cannot do.
var (
	// ErrNoKey is returned when there is no key to sign with.
	ErrNoKey = errors.New("there is no key to sign with")
	// ErrCannotSign is returned when a key that only verifies is asked to sign.
	ErrCannotSign = errors.New("the key is public and can only verify: issuing needs the private key")
	// ErrNoPublicKey is returned when an HMAC key is asked for its public half.
	ErrNoPublicKey = errors.New("a secret has no public half: whoever verifies with it can sign as well")
	// ErrEncrypted is returned for a private key that is encrypted when there is
	// no passphrase for it.
	ErrEncrypted = errors.New("the private key is encrypted, and there is no passphrase for it")
	// ErrWrongPassphrase is returned for a private key that the passphrase does
	// not decrypt.
	ErrWrongPassphrase = errors.New("the private key cannot be decrypted: check the passphrase")
)

var (
	errNoAlgorithm = errors.New("there is no such algorithm")
	errSubject     = errors.New("the subject is not valid UTF-8")
	errNotVerified = errors.New("nothing was verified")
)
