package fault

// causes say why APIs accept a fault, by what fixes it.
var causes = map[string]string{
	fixAlgorithm: "the library takes the algorithm from the token, because the call that verifies names none: jsonwebtoken before 9, " +
		"PyJWT before 2, jwt-simple and dgrijalva/jwt-go are known for it",
	fixSignature: "the code decodes the token without verifying it, or goes on after the library reported an error",
	fixExpiry:    "the code verifies the signature alone, or turns the check of exp off for tests and leaves it off",
	fixRequire:   "most libraries check exp only in tokens that have it: jsonwebtoken, PyJWT, python-jose, golang-jwt and jjwt among them",
	fixDateType: "the library compares exp as it comes from the JSON, and in the language a comparison with another type is false or an " +
		"error: libraries for JavaScript, python-jose and PyJWT before 2.6 are known for it",
	fixLifetime: "no library limits how far exp is away unless it is told to",
	fixStart:    "the library does not check nbf unless it is told to, or compares it as it comes from the JSON",
	fixBase64: "the decoder of the language skips characters that it does not know: Buffer in Node.js, base64.urlsafe_b64decode in Python " +
		"and unpack in Ruby",
	fixKeys: "the code that finds the key reads jwk, x5c, jku or x5u from the header: node-jose before 0.11 and hono before 4.11.4 did, and " +
		"so does hand-written code",
	fixKeyID:    "the code makes a path, a query or the name of a member from the kid, and takes what it finds for the key",
	fixKeyType:  "the code uses the kid as a text without asking whether it is one",
	fixCritical: "the library does not know crit: jsonwebtoken, golang-jwt, python-jose and ruby-jwt ignore it",
	fixIssuer: "the library checks the issuer only if it is told which to expect, and some accept a token without one or compare a part of " +
		"it: PyJWT 2.10.0 and fast-jwt 5.0.5 did",
	fixAudience: "the library checks the audience only if it is told which to expect, and some accept a token without one: " +
		"dgrijalva/jwt-go, jsrsasign and python-jose did",
	fixSubject:   "no library requires sub unless it is told to, and the code after it takes what it gets",
	fixPurpose:   "the API checks signature, issuer and audience, and the issuer signs every kind of token with one key",
	fixDuplicate: "the JSON parsers of most languages keep the last member of a name and say nothing",
	fixCompact:   "the library also reads other forms than the compact one, or the code that splits the token counts the dots wrongly",
	fixPayload:   "the library reads the first JSON value of the payload and does not ask what it is or what follows",
	fixEncrypted: "the library decrypts what it gets, and the code takes what was encrypted with the public key for signed",
	fixSize:      "the parser is recursive, and nothing limits what it reads before the signature is checked",
}

// Cause says in a sentence, lower case without a full stop, why APIs usually accept the fault.
func (f Fault) Cause() string {
	if cause, known := causes[f.Fix]; known {
		return cause
	}
	return "the library does not check it unless it is told to, or not in this version"
}
