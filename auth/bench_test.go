package auth

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Each operation is measured against that of golang-jwt. Ours does more: strict
// decoding, ordered claims and exact numbers.

func BenchmarkIssue(b *testing.B) {
	issuer := Issuer{Key: testKey(b)}
	b.Run("tokendesk", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := issuer.Issue(Request{Subject: "ada@example.com"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("golang-jwt", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			now := time.Now()
			claims := jwt.MapClaims{"sub": "ada@example.com", "iat": now.Unix(), "exp": now.Add(DefaultLifetime).Unix(), "jti": rand.Text()}
			if _, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(testSecret)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchToken(b *testing.B) string {
	b.Helper()
	role := claim(`scopes:=["read","write"]`)
	token, err := (&Issuer{Key: testKey(b)}).Issue(Request{Subject: "ada@example.com", Claims: Object{role}})
	if err != nil {
		b.Fatal(err)
	}
	return token.Compact
}

func BenchmarkDecode(b *testing.B) {
	compact := benchToken(b)
	b.Run("tokendesk", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Decode(compact); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("golang-jwt", func(b *testing.B) {
		b.ReportAllocs()
		parser := jwt.NewParser()
		for b.Loop() {
			if _, _, err := parser.ParseUnverified(compact, jwt.MapClaims{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	compact := benchToken(b)
	b.Run("tokendesk", func(b *testing.B) {
		b.ReportAllocs()
		verifier := Verifier{Keys: []*Key{testKey(b)}}
		for b.Loop() {
			if r := verifier.Verify(compact); r.Verdict != VerdictValid {
				b.Fatal(r.Failures)
			}
		}
	})
	b.Run("golang-jwt", func(b *testing.B) {
		b.ReportAllocs()
		parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}))
		key := func(*jwt.Token) (any, error) { return []byte(testSecret), nil }
		for b.Loop() {
			if _, err := parser.Parse(compact, key); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkBatch measures one token of many on one core: ours, the same as users of
// golang-jwt write it, and the lower limit, which is the HMAC and the base64 of the same
// bytes.
func BenchmarkBatch(b *testing.B) {
	issuer := Issuer{Key: testKey(b)}
	b.Run("tokendesk", func(b *testing.B) {
		b.ReportAllocs()
		batch, err := NewBatch(&issuer, Request{})
		if err != nil {
			b.Fatal(err)
		}
		var out []byte
		for b.Loop() {
			if out, _, err = batch.Append(out[:0], Request{Subject: "ada@example.com"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("golang-jwt", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			now := time.Now()
			claims := jwt.MapClaims{"sub": "ada@example.com", "iat": now.Unix(), "exp": now.Add(DefaultLifetime).Unix(), "jti": rand.Text()}
			if _, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(testSecret)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		b.ReportAllocs()
		token, err := issuer.Issue(Request{Subject: "ada@example.com"})
		if err != nil {
			b.Fatal(err)
		}
		mac := hmac.New(sha256.New, []byte(testSecret))
		var out, sum []byte
		for b.Loop() {
			out = append(append(out[:0], token.HeaderSegment...), '.')
			out = base64.RawURLEncoding.AppendEncode(out, token.read.payload)
			mac.Reset()
			mac.Write(out)
			sum = mac.Sum(sum[:0])
			out = base64.RawURLEncoding.AppendEncode(append(out, '.'), sum)
		}
	})
}

// BenchmarkAlgorithms signs and verifies with each algorithm: ours with all checks,
// golang-jwt, and the bare call of its method.
func BenchmarkAlgorithms(b *testing.B) {
	for _, name := range AlgorithmNames() {
		key, err := GenerateKey(Algorithm(name), 0, rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		issuer, verifier := Issuer{Key: key}, Verifier{Keys: []*Key{key}}
		token, err := issuer.Issue(Request{Subject: "ada@example.com"})
		if err != nil {
			b.Fatal(err)
		}
		method := jwt.GetSigningMethod(name)
		must := func(err error) {
			if err != nil {
				b.Fatal(err)
			}
		}
		b.Run(name+"/sign/tokendesk", func(b *testing.B) {
			for b.Loop() {
				_, err := issuer.Issue(Request{Subject: "ada@example.com"})
				must(err)
			}
		})
		b.Run(name+"/sign/golang-jwt", func(b *testing.B) {
			for b.Loop() {
				now := time.Now()
				claims := jwt.MapClaims{"sub": "ada@example.com", "iat": now.Unix(), "exp": now.Add(DefaultLifetime).Unix(), "jti": rand.Text()}
				_, err := jwt.NewWithClaims(method, claims).SignedString(key.signing())
				must(err)
			}
		})
		b.Run(name+"/sign/bare", func(b *testing.B) {
			for b.Loop() {
				_, err := method.Sign(token.signingInput(), key.signing())
				must(err)
			}
		})
		b.Run(name+"/verify/tokendesk", func(b *testing.B) {
			for b.Loop() {
				if r := verifier.Verify(token.Compact); r.Verdict != VerdictValid {
					b.Fatal(r.Failures)
				}
			}
		})
		b.Run(name+"/verify/golang-jwt", func(b *testing.B) {
			parser := jwt.NewParser(jwt.WithValidMethods([]string{name}))
			for b.Loop() {
				_, err := parser.Parse(token.Compact, func(*jwt.Token) (any, error) { return key.verifying(), nil })
				must(err)
			}
		})
		b.Run(name+"/verify/bare", func(b *testing.B) {
			for b.Loop() {
				must(method.Verify(token.signingInput(), token.Signature, key.verifying()))
			}
		})
	}
}
