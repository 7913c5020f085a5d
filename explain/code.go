package explain

import "tokendesk/auth"

// VerdictCode returns a verdict as one word for programs, such as "bad_signature".
// It stays whatever becomes of the words for people.
func VerdictCode(v auth.Verdict) string {
	switch v {
	case auth.VerdictValid:
		return "valid"
	case auth.VerdictMalformed:
		return "malformed"
	case auth.VerdictUnsupported:
		return "unsupported"
	case auth.VerdictBadSignature:
		return "bad_signature"
	case auth.VerdictWrongKey:
		return "wrong_key"
	case auth.VerdictExpired:
		return "expired"
	case auth.VerdictNotYetValid:
		return "not_yet_valid"
	case auth.VerdictWrongClaim:
		return "wrong_claim"
	default:
		return "unknown"
	}
}

// StateCode returns a state as one word for programs, such as "not_yet_valid".
func StateCode(s auth.State) string {
	switch s {
	case auth.StateActive:
		return "active"
	case auth.StateNotYetValid:
		return "not_yet_valid"
	case auth.StateExpired:
		return "expired"
	case auth.StateNoExpiry:
		return "no_expiry"
	default:
		return "unknown"
	}
}
