package find

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"tokendesk/auth"
)

// BenchmarkInspect finds and verifies tokens and their findings in 1 MiB of text that is
// designed to be slow.
func BenchmarkInspect(b *testing.B) {
	now := time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)
	key, err := auth.NewHMACKey(auth.HS256, []byte("Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"))
	if err != nil {
		b.Fatal(err)
	}
	const size = auth.MaxBytes*3/4 - 200 // of a payload, before base64
	fill := func(piece func(int) string) string {
		var s strings.Builder
		s.WriteByte('{')
		for i := 0; s.Len() < size-700; i++ {
			if i > 0 {
				s.WriteByte(',')
			}
			s.WriteString(piece(i))
		}
		return s.String() + "}"
	}
	deep := strings.Repeat(`{"a":`, 62)
	for name, payload := range map[string]string{
		"one string":     `{"x":"` + strings.Repeat("x", size-10) + `"}`,
		"many members":   fill(func(i int) string { return fmt.Sprintf(`"n%d":%d`, i, i) }),
		"many strings":   fill(func(i int) string { return fmt.Sprintf(`"n%d":"s"`, i) }),
		"many secrets":   fill(func(i int) string { return fmt.Sprintf(`"n%d":{"password":"s"}`, i) }),
		"all duplicates": fill(func(int) string { return `"n":1` }),
		"nested deep":    `{"x":` + deep + `"` + strings.Repeat("x", size-700) + `"` + strings.Repeat("}", 62) + "}",
		"deep and wide":  fill(func(i int) string { return fmt.Sprintf(`"n%d":%s1%s`, i, deep, strings.Repeat("}", 62)) }),
		"a long date":    `{"exp":1.` + strings.Repeat("0", size-100) + "1}",
		"long numbers":   fill(func(i int) string { return fmt.Sprintf(`"n%d":1%s`, i, strings.Repeat("0", 390)) }),
	} {
		compact := signedBy(b, key, payload)
		b.Run(name, func(b *testing.B) {
			verifier := auth.Verifier{Keys: []*auth.Key{key}}
			for b.Loop() {
				found, err := Tokens("Bearer "+compact, auth.MaxBytes+100)
				if err != nil {
					b.Fatal(err)
				}
				result := verifier.Verify(found[0].Compact)
				auth.Findings(result.Token, now)
			}
		})
	}
	for name, text := range map[string]string{
		"many dots":       "x " + strings.Repeat("eyJh.", auth.MaxBytes/5),
		"dots at the end": "x eyJh" + strings.Repeat(".", auth.MaxBytes),
		"many quotes":     strings.Repeat(`"`, auth.MaxBytes),
		"many layers":     strings.Repeat("Bearer ", auth.MaxBytes/7),
		"many tokens":     strings.Repeat("eyJh.. ", auth.MaxBytes/7),
		"many lines":      strings.Repeat("eyJh..\n", auth.MaxBytes/7),
		"many folds":      strings.Repeat("eyJh..\nabcd\n", auth.MaxBytes/12),
		"many halves":     strings.Repeat("eyJh\n", auth.MaxBytes/5),
		"many escapes":    strings.Repeat("%2E", auth.MaxBytes/3),
		"many quotations": strings.Repeat("> eyJh.\n", auth.MaxBytes/8),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				found, err := Tokens(text, auth.MaxBytes+100)
				if err != nil {
					b.Fatal(err)
				}
				(&auth.Verifier{}).Verify(found[0].Compact)
			}
		})
	}
}

// signedBy signs exactly that payload.
func signedBy(b *testing.B, key *auth.Key, payload string) string {
	b.Helper()
	input := b64(hs256) + "." + b64(payload)
	signature, err := key.Sign(nil, input)
	if err != nil {
		b.Fatal(err)
	}
	return input + "." + base64.RawURLEncoding.EncodeToString(signature)
}
