package fault_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/fault"
)

func Example() {
	key, _ := auth.NewHMACKey(auth.HS256, []byte("Jq3vX9tLw2ZpR7mNc5HbK8dGf4YsA6eUz"))
	maker := fault.Maker{
		Issuer: &auth.Issuer{
			Key:  key,
			Now:  func() time.Time { return time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC) },
			Rand: rand.NewChaCha8([32]byte{}),
		},
		Request: auth.Request{Subject: "ada@example.com"},
	}
	expired, _ := fault.ByName("expired")
	token, _ := maker.Make(expired)
	verifier, _ := maker.Verifier()
	fmt.Println("expected:", expired.Verdict)
	fmt.Println("verified:", verifier.Verify(token).Failures[0].Reason)
	// Output:
	// expected: expired
	// verified: the token expired at 2026-11-23 13:05:12 UTC
}
