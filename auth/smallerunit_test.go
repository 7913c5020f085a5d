package auth

import (
	"strings"
	"testing"
)

// A token whose iat is in a smaller unit than milliseconds is told which, and when was meant.
func TestSmallerUnits(t *testing.T) {
	t.Parallel()
	for iat, want := range map[string]string{
		"1795442712000":       "iat seems to be in milliseconds (2026-11-23 14:05:12 UTC), so it is far in the future",
		"1795442712000000":    "iat seems to be in microseconds (2026-11-23 14:05:12 UTC), so it is far in the future",
		"1795442712000000000": "iat seems to be in nanoseconds (2026-11-23 14:05:12 UTC), so it is far in the future",
		"1e300":               "the token was issued in the future, at ",
	} {
		key, err := NewHMACKey(HS256, []byte(testSecret))
		if err != nil {
			t.Fatal(err)
		}
		compact := signedBy(t, key, hs256, `{"iat":`+iat+`}`)
		r := (&Verifier{Keys: []*Key{key}, Now: clockAt(at())}).Verify(compact)
		if r.Verdict != VerdictNotYetValid || !strings.HasPrefix(r.Failures[0].Reason, want) {
			t.Errorf("iat %s: %v, %+v", iat, r.Verdict, r.Failures)
		}
	}
}
