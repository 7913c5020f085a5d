package explain

import (
	"testing"

	"tokendesk/auth"
)

// The codes are promised in docs/commands.md.
func TestCodes(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]auth.Verdict{
		"valid": auth.VerdictValid, "malformed": auth.VerdictMalformed, "unsupported": auth.VerdictUnsupported,
		"bad_signature": auth.VerdictBadSignature, "wrong_key": auth.VerdictWrongKey, "expired": auth.VerdictExpired,
		"not_yet_valid": auth.VerdictNotYetValid, "wrong_claim": auth.VerdictWrongClaim, "unknown": 0,
	} {
		equal(t, "a verdict", VerdictCode(v), want)
	}
	for want, s := range map[string]auth.State{
		"active": auth.StateActive, "not_yet_valid": auth.StateNotYetValid, "expired": auth.StateExpired,
		"no_expiry": auth.StateNoExpiry, "unknown": 0,
	} {
		equal(t, "a state", StateCode(s), want)
	}
}
