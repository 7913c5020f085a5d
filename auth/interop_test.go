package auth

import (
	"errors"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Each algorithm works in both directions with golang-jwt, and both refuse the same
// tokens.
func TestInteropWithGolangJWT(t *testing.T) {
	t.Parallel()
	secret := []byte(testSecret + testSecret)
	for _, alg := range []Algorithm{HS256, HS384, HS512} {
		t.Run(string(alg), func(t *testing.T) {
			t.Parallel()
			key, err := NewHMACKey(alg, secret)
			if err != nil {
				t.Fatal(err)
			}
			theirKey := func(*jwt.Token) (any, error) { return secret, nil }
			parser := jwt.NewParser(jwt.WithValidMethods([]string{string(alg)}), jwt.WithTimeFunc(clockAt(at())),
				jwt.WithIssuer("me"), jwt.WithAudience("api"), jwt.WithSubject("o'hara+x@bücher.example"), jwt.WithIssuedAt())
			issuer := Issuer{Key: key, Iss: "me", Aud: []string{"api", "web"}, Now: clockAt(at()), Rand: endless{}}
			ours, err := issuer.Issue(Request{Subject: "o'hara+x@bücher.example"})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parser.Parse(ours.Compact, theirKey); err != nil {
				t.Errorf("golang-jwt refuses ours: %v", err)
			}

			ours, err = issuer.Sign(issuer.Header(), Object{{Name: "exp", Value: newNumericDate(at())}})
			if err != nil {
				t.Fatal(err)
			}
			_, theirs := parser.Parse(ours.Compact, theirKey)
			verifier := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
			if got := verifier.Verify(ours.Compact).Verdict; got != VerdictExpired || !errors.Is(theirs, jwt.ErrTokenExpired) {
				t.Errorf("at exactly exp: %q and %v", got, theirs)
			}

			made := jwt.NewWithClaims(jwt.GetSigningMethod(string(alg)), jwt.RegisteredClaims{
				Issuer: "me", Subject: "ada", Audience: jwt.ClaimStrings{"api"}, ID: "1",
				IssuedAt: jwt.NewNumericDate(at()), NotBefore: jwt.NewNumericDate(at()), ExpiresAt: jwt.NewNumericDate(at().Add(time.Second)),
			})
			made.Header["kid"] = "theirs"
			compact, err := made.SignedString(secret)
			if err != nil {
				t.Fatal(err)
			}
			verifier.Iss, verifier.Aud, verifier.Typ = "me", []string{"api"}, "jwt"
			if r := verifier.Verify(compact); r.Verdict != VerdictValid || r.Key != key || r.Token.KeyID() != "theirs" {
				t.Errorf("theirs: %q, %v", r.Verdict, r.Failures)
			}
		})
	}
}
