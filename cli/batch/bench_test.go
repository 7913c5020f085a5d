package batch_test

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"tokendesk/auth"
	"tokendesk/cli/batch"
	"tokendesk/internal/oneof"
)

const secret = "Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"

// BenchmarkBatch issues many tokens; an operation is one token. Bare is only the HMAC
// and the base64 of the same bytes on all cores; SignedString is the usual loop with
// golang-jwt.
func BenchmarkBatch(b *testing.B) {
	key, err := auth.NewHMACKey(auth.HS256, []byte(secret))
	if err != nil {
		b.Fatal(err)
	}
	issuer := &auth.Issuer{Key: key}
	run := func(b *testing.B, rows *batch.Rows) {
		b.Helper()
		form, err := oneof.ByName("form", batch.Forms(), "token")
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		b.ResetTimer()
		counts, err := batch.Run(context.Background(), batch.Options{Issuer: issuer, Rows: rows, Form: form, Out: io.Discard})
		if err != nil || counts.Tokens != int64(b.N) {
			b.Fatal(counts, err)
		}
	}
	file := func(b *testing.B, header, row string) *batch.Rows {
		b.Helper()
		var text strings.Builder
		text.WriteString(header)
		for n := range b.N {
			fmt.Fprintf(&text, row, n)
		}
		rows, err := batch.Read(strings.NewReader(text.String()), "", "")
		if err != nil {
			b.Fatal(err)
		}
		return rows
	}
	b.Run("count", func(b *testing.B) { run(b, batch.Count("user{n}@example.com", b.N)) })
	b.Run("text", func(b *testing.B) { run(b, file(b, "", "user%d@example.com\n")) })
	b.Run("csv", func(b *testing.B) { run(b, file(b, "subject,role\n", "user%d@example.com,admin\n")) })
	b.Run("jsonl", func(b *testing.B) {
		run(b, file(b, "", `{"subject":"user%d@example.com","claims":{"role":"admin"}}`+"\n"))
	})
	b.Run("bare", func(b *testing.B) {
		token, err := issuer.Issue(auth.Request{Subject: "user500000@example.com"})
		if err != nil {
			b.Fatal(err)
		}
		header := []byte(token.HeaderSegment + ".")
		payload, err := base64.RawURLEncoding.DecodeString(token.PayloadSegment)
		if err != nil {
			b.Fatal(err)
		}
		cores := runtime.GOMAXPROCS(0)
		var all sync.WaitGroup
		b.ResetTimer()
		for core := range cores {
			all.Go(func() {
				mac := hmac.New(sha256.New, []byte(secret))
				var out, sum []byte
				for range (b.N + core) / cores {
					out = base64.RawURLEncoding.AppendEncode(append(out[:0], header...), payload)
					mac.Reset()
					mac.Write(out)
					sum = mac.Sum(sum[:0])
					out = base64.RawURLEncoding.AppendEncode(append(out, '.'), sum)
				}
			})
		}
		all.Wait()
	})
	b.Run("SignedString", func(b *testing.B) {
		for n := range b.N {
			now := time.Now()
			claims := jwt.MapClaims{
				"sub": fmt.Sprintf("user%d@example.com", n), "iat": now.Unix(),
				"exp": now.Add(auth.DefaultLifetime).Unix(), "jti": rand.Text(),
			}
			if _, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
