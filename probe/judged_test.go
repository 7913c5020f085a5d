package probe

import "testing"

// The first answers are those of @fastify/jwt 10, as it sends them.
func TestJudged(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		`{"statusCode":500,"code":"FAST_JWT_INVALID_CLAIM_TYPE","message":"The exp claim must be a number."}`: true,
		`{"statusCode":500,"code":"FAST_JWT_INACTIVE","message":"The token will be active at 2026."}`:         true,
		`{"statusCode":500,"code":"FAST_JWT_INVALID_ALGORITHM","message":"The token algorithm is invalid."}`:  true,
		`{"statusCode":500,"code":"FAST_JWT_INVALID_PAYLOAD","message":"The payload must be an object"}`:      true,
		`{"statusCode":400,"code":"FST_JWT_BAD_REQUEST","message":"Format is Authorization: Bearer [token]"}`: true,

		`{"error":"Internal Server Error","message":"The exp claim must be a number."}`: true,
		`<pre>JsonWebTokenError: jwt malformed<br> &nbsp; at verify (index.js:1)</pre>`: true,
		`{"detail":"Signature has expired"}`:                                            true,
		`{"msg":"Signature verification failed"}`:                                       true,
		`Invalid or expired token`:                                                      true,
		`invalid access token`:                                                          true,
		`{"error":"invalid_token"}`:                                                     true,

		``:                      false,
		`Internal Server Error`: false,
		`{"statusCode":500,"error":"Internal Server Error","message":"Cannot read properties of null (reading 'token')"}`: false,
		`SyntaxError: Unexpected token u in JSON at position 0`:                                                           false,
		`Invalid token u in JSON at position 0`:                                                                           false,
		`TypeError: invalid token`:                                                                                        false,
		`Traceback (most recent call last): token is invalid`:                                                             false,
		`maximum recursion depth exceeded while decoding the token, which is invalid`:                                     false,
		`{"error":"user not found"}`:                                                                                      false,
		`{"error":"the name is required"}`:                                                                                false,
		`upstream connect error`:                                                                                          false,
	} {
		a := &answer{status: 500, body: body}
		if a.judged() != want {
			t.Errorf("%s: %t", body, !want)
		}
	}
	for challenge, want := range map[string]bool{
		`Bearer error="invalid_token"`: true, "bearer": true, "Basic realm=x": false, "Bearerish": false,
	} {
		if (&answer{challenge: challenge}).judged() != want {
			t.Errorf("%s: %t", challenge, !want)
		}
	}
}
