package oneof_test

import (
	"slices"
	"strings"
	"testing"

	"tokendesk/internal/oneof"
)

func TestNear(t *testing.T) {
	t.Parallel()
	names := []string{
		"alg", "audience", "expires-at", "expires-in", "id", "inspect", "issue", "issuer", "keys", "key-file", "probe", "verify", "watch",
	}
	for wrong, want := range map[string]string{
		"verfy": "verify", "VERIFY": "verify", "evrify": "verify", "isue": "issue", "expire-in": "expires-in", "exp": "expires-at expires-in",
		"aud": "audience", "algorithm": "alg", "key": "keys", "inspct": "inspect", "prob": "probe",
		"": "", "x": "", "wat": "watch", "hello": "", "secret": "", "ie": "", strings.Repeat("verify", 1000): "",
	} {
		if got := oneof.Near(wrong, names); strings.Join(slices.Sorted(slices.Values(got)), " ") != want {
			t.Errorf("%s: %q, want %s", wrong, got, want)
		}
	}
}
