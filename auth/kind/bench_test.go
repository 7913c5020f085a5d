package kind_test

import (
	"testing"

	"tokendesk/auth/kind"
)

// BenchmarkOf is what each start of the program spends on its secret.
func BenchmarkOf(b *testing.B) {
	secret := []byte("5f4c9b0e7a2d81f36c5a90e4b7d2138fa6c0e59b3d7148f2e6a09c5d4b8f7123")
	for b.Loop() {
		kind.Of(secret)
	}
}
