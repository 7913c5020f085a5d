// Package auth issues, reads and verifies JSON Web Tokens (RFC 7519) in the
// JWS compact serialization (RFC 7515).
//
// The story in order: a [Key] signs; an [Issuer] holds a key and the defaults
// and makes tokens with [Issuer.Issue]; [Decode] reads a token without a key
// and is strict about it; a [Verifier] checks one against keys and names the
// [Verdict]; [Token.Status] says where it stands at an instant; [Findings]
// lists what is odd or dangerous about it.
//
// Decoding is not verifying: what Decode returns was written by whoever made
// the token.
//
// The package knows no terminal, no environment and no files. The clock and
// the source of randomness are fields, and nothing here is kept between calls.
// Signatures are checked by golang-jwt and made by it, but for those of ECDSA and
// RSA PSS, for which it takes no source of randomness. The strict front end that
// stands before it is here.
package auth
