package probe

import (
	"regexp"
	"strings"
)

// The signs in an answer that the API judged the token, although its status is that of a
// broken request or server. Names come first: they are exact, and a server that prints the
// error of its library prints the stack of the call after it.

// judgedNames are the names that libraries give to errors about a token, as a whole word.
var judgedNames = regexp.MustCompile(`\b(` + strings.Join([]string{
	`FA?ST_JWT_[A-Z_]+`,                          // fast-jwt, @fastify/jwt
	`ERR_J(WT|WS|WE|WK|WKS|OSE)_[A-Z_]+`,         // jose for JavaScript
	`(TokenExpired|JsonWebToken|NotBefore)Error`, // jsonwebtoken
	`Jwt(Token|Algorithm|Header)[A-Z][A-Za-z]+`,  // hono
	`(Expired|Invalid|Immature)SignatureError`,   // PyJWT
	`(ExpiredSignature|InvalidSignature|InvalidToken|InvalidIssuer|InvalidAudience|Decode|JWTClaims)Error`,
	`(Expired|Malformed|Unsupported|Premature)JwtException`, // jjwt
	`JWT(Verification|Decode|Validation)Exception`,          // java-jwt, jose4j
	`(invalid_token|insufficient_scope)`,                    // RFC 6750 section 3.1
}, "|") + `)\b`)

// crashed are signs that code broke. A parser that says "unexpected token" speaks of a
// character.
var crashed = regexp.MustCompile(`(?i)unexpected token|invalid token .{0,24}position|syntaxerror|typeerror|referenceerror|rangeerror|` +
	`traceback|panic|goroutine|nil pointer|nullpointer|cannot read propert|undefined method|segmentation|stack overflow|recursion`)

// judgedPhrases say of a token, a signature or a claim that it was refused.
var judgedPhrases = regexp.MustCompile(`(?i)\b(token|jwt|bearer|signature|claim|audience|issuer|alg(orithm)?|kid|exp|nbf|iat)\b` +
	`[^.!;{}\n]{0,40}\b(expired|invalid|malformed|mismatch(ed)?|unsupported|revoked|rejected|required|missing|inactive|failed|` +
	`not (yet )?(active|valid|allowed|verified|supported|trusted|match(ed)?)|does(n't| not) match|must be|will be active)\b|` +
	`\b(invalid|expired|malformed|unsigned|bad|unsupported)( \w+)? (token|jwt|signature|bearer|issuer|audience|claims?)\b`)

// judged reports whether the answer shows that the API judged the token: by a Bearer
// challenge (RFC 6750 section 3), by the name of an error about tokens, or by a phrase
// about one where nothing shows that code broke.
func (a *answer) judged() bool {
	scheme, _, _ := strings.Cut(a.challenge, " ")
	switch {
	case strings.EqualFold(scheme, "Bearer"), judgedNames.MatchString(a.body):
		return true
	default:
		return !crashed.MatchString(a.body) && judgedPhrases.MatchString(a.body)
	}
}
