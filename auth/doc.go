// Package auth issues, reads and verifies JSON Web Tokens (RFC 7519) in the
// JWS compact serialization (RFC 7515).
//
// Start with a key. [ParseKeys] reads keys from the bytes of a file, [NewHMACKey] and
// [NewKey] make one from existing material, [GenerateKey] makes a fresh one, and
// [ParsePublished] reads the JWK set of an issuer. A [Key] has exactly one [Algorithm],
// whatever a token says (RFC 8725 section 3.1).
//
// An [Issuer] has a key and the claims that its tokens share. [Issuer.Issue] issues a
// token for a [Request], [Issuer.Sign] signs exactly the given header and claims, and a
// [Batch] issues many tokens.
//
// [Decode] reads a token without a key, and is strict. Decoding is not verifying: anyone
// could have written the token that Decode returns. [Token.Status] returns its status at
// an instant, [Token.DecodeClaims] decodes its claims into a struct, and [Findings] lists
// what is odd or dangerous about it.
//
// A [Verifier] checks a token against keys and expected claims. The [Result] has the
// [Verdict] and every check that failed; [Result.Err] returns them as an error, for which
// [errors.Is] reports [ErrExpired] and the others.
//
// The header and the claims are each an [Object], whose members keep their order and
// whose numbers keep their digits; package jsontext reads and writes them. Packages find,
// input and fault build on this one: they find tokens in a text, parse what people type,
// and make faulty tokens.
//
// An error says what is wrong; if there is one thing to do about it, package advice
// returns that. The package knows no terminal, no environment and no files. The clock and
// the source of randomness are fields, and nothing is kept between calls. Every value
// except a Batch may be used from many goroutines.
//
// golang-jwt makes and checks signatures, except that those of ECDSA and RSA PSS are made
// here, because golang-jwt accepts no source of randomness for them. The algorithms are
// the rows of one table: a new algorithm of an existing kind is a new row.
package auth
