package fault

// What to change in an API that accepts a fault, where several faults have the same reason.
const (
	fixAlgorithm = "give the verifier a fixed list of the algorithms that the key is for, and never take the algorithm from the token"
	fixSignature = "verify the signature with a maintained library before anything else in the token is used"
	fixExpiry    = "compare exp with the current time on every request, with a leeway of a few minutes at most"
	fixRequire   = "require exp in the options of the library, as most accept a token without it"
	fixDateType  = "refuse exp, nbf and iat unless they are JSON numbers, before they are compared with anything"
	fixLifetime  = "refuse an exp that is further away than the longest lifetime of your tokens"
	fixStart     = "check nbf wherever a token has it: it must be a JSON number that is not after the current time"
	fixBase64    = "decode with a strict base64url decoder that refuses padding, other characters and spare bits, or update the library"
	fixKeys      = "take keys only from your own configuration or the fixed JWKS URL of your issuer, and never from the token"
	fixKeyID     = "look the kid up in a fixed list of keys, and refuse the token if it is not there"
	fixKeyType   = "refuse a kid that is not a string, before it is used to look up a key"
	fixCritical  = "refuse every token with a crit, unless it is a list that names only parameters that your code supports"
	fixIssuer    = "require iss, and compare it as a whole string with the one issuer that you expect"
	fixAudience  = "require aud, and accept only a string or an array of strings with your own identifier as one of the values"
	fixSubject   = "require sub as a string that is not empty, and use no other type of value to look up a user"
	fixPurpose   = "accept only access tokens: have the issuer write typ at+jwt (RFC 9068) and check it"
	fixDuplicate = "use a JSON parser that refuses objects with the same name twice"
	fixCompact   = "accept only three parts of base64url joined by two dots, and nothing else"
	fixPayload   = "refuse a payload that is not one JSON object in valid UTF-8 with nothing after it"
	fixEncrypted = "accept encrypted tokens only if you expect them, and require a signed token with a verified signature inside"
	fixSize      = "limit the size of a token and the depth of its JSON before it is parsed"
)

// The weaknesses of APIs that accept faults.
const (
	cwePath           = "CWE-22"   // path traversal
	cweAuthentication = "CWE-287"  // improper authentication
	cweAuthenticity   = "CWE-345"  // insufficient verification of data authenticity
	cweOrigin         = "CWE-346"  // origin validation error
	cweSignature      = "CWE-347"  // improper verification of a cryptographic signature
	cweConflict       = "CWE-436"  // interpretation conflict
	cweExpiry         = "CWE-613"  // insufficient session expiration
	cweRecursion      = "CWE-674"  // uncontrolled recursion
	cweComparison     = "CWE-697"  // incorrect comparison
	cweSize           = "CWE-770"  // allocation of resources without limits
	cweRequest        = "CWE-918"  // server-side request forgery
	cwePurpose        = "CWE-1259" // improper restriction of security token assignment
	cweSyntax         = "CWE-1286" // improper validation of the syntax of input
	cweType           = "CWE-1287" // improper validation of the type of input
	cweInherited      = "CWE-1321" // prototype pollution
	cweCredential     = "CWE-1391" // use of weak credentials
)
