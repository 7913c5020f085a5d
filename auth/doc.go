// Package auth issues, reads and verifies JSON Web Tokens (RFC 7519) in the
// JWS compact serialization (RFC 7515).
//
// Keys come first. [ParseKeys] reads them from the bytes of a file, [NewHMACKey]
// and [NewKey] take material that is there, [GenerateKey] makes a fresh one, and
// [ParsePublished] reads the JWK set of an issuer. A [Key] has exactly one
// [Algorithm], whatever a token claims (RFC 8725 section 3.1).
//
// An [Issuer] holds a key and what its tokens have in common. [Issuer.Issue] makes
// a token for a [Request], [Issuer.Sign] one with exactly that header and those
// claims, and a [Batch] makes many.
//
// [Decode] reads a token without a key and is strict about it. Decoding is not
// verifying: what Decode returns was written by whoever made the token.
// [Token.Status] says where it stands at an instant, [Token.DecodeClaims] reads its
// claims into a struct, and [Findings] lists what is odd or dangerous about it.
//
// A [Verifier] checks a token against keys and what it expects. The [Result] has
// the [Verdict] and every check that failed; [Result.Err] is the same as an error,
// in which [errors.Is] finds [ErrExpired] and the others.
//
// Claims and headers are an [Object], whose members keep their order and their
// digits; package jsontext reads and writes them. Packages find, input and fault
// stand on this one: they find tokens in a text, read what people type, and make
// tokens that are wrong in one way.
//
// The package knows no terminal, no environment and no files. The clock and
// the source of randomness are fields, and nothing is kept between calls. Every
// value may be used from many goroutines, but for a Batch.
//
// golang-jwt checks signatures and makes them, but for those of ECDSA and RSA PSS,
// for which it takes no source of randomness. The algorithms are the rows of one
// table: another of a kind that is there is another row.
package auth
