package api

import "strings"

// Hole is a check that the API leaves out, as a library or an API did before.
type Hole string

// The holes.
const (
	AcceptNone        Hole = "accept-none"          // alg none needs no signature
	NoneWithoutKey    Hole = "none-without-key"     // alg none needs no signature if no key has the kid
	IgnoreAlgorithm   Hole = "ignore-algorithm"     // alg may be anything if the signature fits
	AlgorithmArray    Hole = "algorithm-array"      // alg may be an array
	TrustEmbeddedKey  Hole = "trust-embedded-key"   // the key is that of the token's jwk
	TrustCertificate  Hole = "trust-certificate"    // the key is that of the token's x5c
	PublicKeyAsSecret Hole = "public-key-as-secret" //nolint:gosec // HS256 is checked with the public key as PEM
	TrimmedAsSecret   Hole = "trimmed-as-secret"    //nolint:gosec // the same without the last line break
	WindowsAsSecret   Hole = "windows-as-secret"    //nolint:gosec // the same with the line breaks of Windows
	DERAsSecret       Hole = "der-as-secret"        //nolint:gosec // the same as DER
	SSHAsSecret       Hole = "ssh-as-secret"        //nolint:gosec // the same as a line for SSH
	JWKAsSecret       Hole = "jwk-as-secret"        //nolint:gosec // the same as a JWK
	KeyFiles          Hole = "key-files"            // HS256 is checked with the file in /srv/keys that kid names
	TrimmedKeyFiles   Hole = "trimmed-key-files"    // the same without white space around the content
	KeyPaths          Hole = "key-paths"            // HS256 is checked with the file that kid names
	KeyQuery          Hole = "key-query"            // HS256 is checked with the result of a query that contains kid
	UndefinedKey      Hole = "undefined-key"        // HS256 is checked with the text of keys[kid] in JavaScript
	NullKey           Hole = "null-key"             // HS256 is checked with null if no key has the kid
	NoneKey           Hole = "none-key"             // the same with None
	NilKey            Hole = "nil-key"              // the same with <nil>
	EmptyKey          Hole = "empty-key"            // the same with nothing
	KeyIDOfAnyType    Hole = "key-id-of-any-type"   // kid is not compared unless it is a string
	IgnoreCritical    Hole = "ignore-critical"      // crit is ignored except for b64
	CriticalOfAnyType Hole = "critical-of-any-type" // crit is ignored unless it is an array
	IgnoreB64         Hole = "ignore-b64"           // b64 is ignored
	NoDepthLimit      Hole = "no-depth-limit"       // JSON may be nested as deep as it likes
	FailOnDepth       Hole = "fail-on-depth"        // a header that is nested too deep is an error of the server
	StrayCharacters   Hole = "stray-characters"     // other characters in the signature are ignored
	StandardBase64    Hole = "standard-base64"      // the signature may have + and /
	SpareBits         Hole = "spare-bits"           // the last bits of the signature may be anything
	LargerS           Hole = "larger-s"             // both numbers that are right may be in the signature
	IssuerPrefix      Hole = "issuer-prefix"        // only the start of the issuer is compared
	IssuerPart        Hole = "issuer-part"          // the issuer may be a part of the right one
	IssuerInArray     Hole = "issuer-in-array"      // the issuer may be an array with the right one
	IssuerNull        Hole = "issuer-null"          // the issuer may be null
	NoIssuer          Hole = "no-issuer"            // the issuer may be missing
	NoAudience        Hole = "no-audience"          // the audience may be missing
	AudienceArray     Hole = "audience-array"       // an audience that is an array is not compared
	AudienceName      Hole = "audience-name"        // the audience may be the name of a member
	AudiencePrefix    Hole = "audience-prefix"      // only the start of the audience is compared
	AudienceFalse     Hole = "audience-false"       // an audience that is false in JavaScript is not compared
	NoExpiry          Hole = "no-expiry"            // a token without exp never expires
	ExpiryOfAnyType   Hole = "expiry-of-any-type"   // a token whose exp is no number never expires
	NotANumber        Hole = "not-a-number"         // NaN and Infinity are read, and the token never expires
	InfiniteExpiry    Hole = "infinite-expiry"      // an exp that is too large never comes
	StartOfAnyType    Hole = "start-of-any-type"    // nbf is compared only if it is a number
	StartOverflows    Hole = "start-overflows"      // an nbf that is too large has passed
	IssuedOfAnyType   Hole = "issued-of-any-type"   // iat is compared only if it is a number
	SubjectOfAnyType  Hole = "subject-of-any-type"  // sub may be anything
	AnyPurpose        Hole = "any-purpose"          // ID tokens, logout tokens and bound tokens are access tokens
	JSONForms         Hole = "json-forms"           // a token may be a JWS in JSON
	JSONAndCompact    Hole = "json-and-compact"     // the JSON is verified, and the parts between the dots are read
	NullPayload       Hole = "null-payload"         // the payload may be null
	TrailingPayload   Hole = "trailing-payload"     // something may follow the payload
	UncheckedInside   Hole = "unchecked-inside"     // a token inside the token is read and not verified
)

// lets are the faults that each hole accepts.
func lets() []struct {
	Hole

	faults string
} {
	return []struct {
		Hole

		faults string
	}{
		{AcceptNone, "alg-none"},
		{NoneWithoutKey, "none-kid-unknown none-kid-missing none-kid-empty-file"},
		{IgnoreAlgorithm, "none-signed alg-unknown alg-missing alg-empty alg-null alg-array alg-lower-case"},
		{AlgorithmArray, "alg-array"},
		{TrustEmbeddedKey, "embedded-jwk"},
		{TrustCertificate, "x5c-self-signed"},
		{PublicKeyAsSecret, "hmac-public-pem"},
		{TrimmedAsSecret, "hmac-public-trimmed"},
		{WindowsAsSecret, "hmac-public-crlf"},
		{DERAsSecret, "hmac-public-der"},
		{SSHAsSecret, "hmac-public-ssh"},
		{JWKAsSecret, "hmac-public-jwk"},
		{KeyFiles, "kid-path-empty kid-path-known"},
		{TrimmedKeyFiles, "kid-path-empty kid-path-trimmed"},
		{KeyPaths, "kid-path-empty kid-path-known kid-path-absolute"},
		{KeyQuery, "kid-sql"},
		{UndefinedKey, "key-undefined kid-proto kid-constructor"},
		{NullKey, "key-null"},
		{NoneKey, "key-none"},
		{NilKey, "key-nil"},
		{EmptyKey, "key-empty kid-path-empty"},
		{KeyIDOfAnyType, "kid-number kid-null kid-array kid-object"},
		{IgnoreCritical, "crit-unknown"},
		{CriticalOfAnyType, "crit-string crit-null"},
		{IgnoreB64, "b64-alone"},
		{NoDepthLimit, "payload-nested"},
		{FailOnDepth, "header-nested payload-nested"},
		{StrayCharacters, "stray-character padded-signature"},
		{StandardBase64, "standard-base64"},
		{SpareBits, "spare-bits"},
		{LargerS, "ecdsa-other-s"},
		{IssuerPrefix, "issuer-prefix"},
		{IssuerPart, "issuer-part issuer-empty"},
		{IssuerInArray, "issuer-array"},
		{IssuerNull, "issuer-null"},
		{NoIssuer, "no-issuer"},
		{NoAudience, "no-audience"},
		{AudienceArray, "audience-array audience-empty"},
		{AudienceName, "audience-object"},
		{AudiencePrefix, "audience-prefix"},
		{AudienceFalse, "audience-null audience-blank"},
		{NoExpiry, "no-exp"},
		{ExpiryOfAnyType, "exp-string exp-null exp-false exp-array exp-object exp-empty exp-word"},
		{NotANumber, "exp-nan exp-infinity exp-infinite"},
		{InfiniteExpiry, "exp-infinite"},
		{StartOfAnyType, "nbf-string nbf-null nbf-true"},
		{StartOverflows, "nbf-infinite"},
		{IssuedOfAnyType, "iat-string"},
		{SubjectOfAnyType, "subject-number subject-object subject-array"},
		{AnyPurpose, "id-token logout-token dpop-bound certificate-bound"},
		{JSONForms, "json-flattened json-general json-unsigned-alg"},
		{JSONAndCompact, "json-and-compact"},
		{NullPayload, "payload-null"},
		{TrailingPayload, "payload-trailing"},
		{UncheckedInside, "nested-without-cty nested-stranger"},
	}
}

// Holes returns all holes.
func Holes() []Hole {
	all := make([]Hole, 0, len(lets()))
	for _, row := range lets() {
		all = append(all, row.Hole)
	}
	return all
}

// Lets returns the faults that an API with the hole accepts, or on which it fails.
func (h Hole) Lets() []string {
	for _, row := range lets() {
		if row.Hole == h {
			return strings.Fields(row.faults)
		}
	}
	return nil
}
