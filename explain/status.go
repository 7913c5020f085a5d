package explain

import (
	"time"

	"tokendesk/auth"
)

// Status describes the status of a token at an instant. It is cheap to make, so that a
// face can make it again every second.
type Status struct {
	// Sign and Word belong together: "●" and "active". The word of a token that no key
	// vouches for is its verdict, never "active".
	Sign, Word string
	Tone       Tone
	// Left is the time that goes with it, as a sentence: "29m 41s left", "expired 5s ago",
	// "valid in 5m" or "no expiry". It is empty if the claims could not be read.
	Left string
	// Short is Left for a column next to the word: "29m 41s", "5s ago", "in 5m" or
	// nothing.
	Short string
	// Portion is how much of the lifetime is left, from 1 to 0, and Bar the tone of a bar
	// that shows it. HasBar is false if there is nothing to show.
	Portion float64
	Bar     Tone
	HasBar  bool
	// State is the state according to the times alone, or zero without claims. Soon says
	// that the token is active but expires soon, and Claimed that no key vouches for the
	// times.
	State         auth.State
	Soon, Claimed bool
}

// String returns the word and the time on one line: "active, 29m 41s left".
func (s Status) String() string {
	switch {
	case s.Left == "":
		return s.Word
	case s.said():
		return s.Left // contains the word
	case s.Claimed:
		return s.Word + " (the token says " + s.Left + ")"
	default:
		return s.Word + ", " + s.Left
	}
}

// said reports whether Left contains the word.
func (s Status) said() bool {
	return (s.State == auth.StateExpired || s.State == auth.StateNoExpiry) && s.Word == s.State.String()
}

// soonWord is the word for an active token that expires soon.
const soonWord = "expires soon"

// Soon reports whether an active token expires soon: it is in the last tenth of its
// lifetime or in its last minute.
func Soon(s auth.Status) bool {
	return s.State == auth.StateActive && (s.Portion <= 0.1 || s.Left <= time.Minute)
}

// Times returns the status of a token by its times alone, whether or not they are
// verified.
func Times(s auth.Status, soon bool) Status {
	soon = soon && s.State == auth.StateActive
	out := Status{Word: s.State.String(), Portion: s.Portion, Bar: Good, HasBar: true, State: s.State, Soon: soon}
	left := auth.FormatDuration(s.Left)
	switch s.State {
	case auth.StateExpired:
		out.Sign, out.Tone, out.Short = "✗", Bad, left+" ago"
		if s.Left == 0 {
			out.Short = justNow
		}
		out.Left = "expired " + out.Short
	case auth.StateNotYetValid:
		out.Sign, out.Tone, out.Bar = "○", Warn, Warn
		out.Short, out.Left = "in "+left, "valid in "+left
	case auth.StateActive:
		out.Sign, out.Tone, out.Short, out.Left = "●", Good, left, left+" left"
		if soon {
			out.Sign, out.Word, out.Tone, out.Bar = "▲", soonWord, Warn, Warn
		}
	default:
		out.Sign, out.Tone, out.Left, out.HasBar = "∞", Warn, "no expiry", false
	}
	return out
}

// notVerified is the word for a token that was only decoded, and notSigned that for one that
// is only known from the ledger.
const (
	notVerified = "not verified"
	notSigned   = "not signed"
)

// StatusOf returns the status of a token at an instant, given the result of a verifier.
// If no key vouches for the times, the verdict replaces the word, and the bar is quiet.
func StatusOf(result *auth.Result, now time.Time) Status {
	var out Status
	token := result.Innermost().Token
	if token.Claims != nil {
		times := token.Status(now)
		out = Times(times, Soon(times))
	}
	switch {
	case isUnsigned(result):
		if out.State != auth.StateExpired {
			out.Sign, out.Word, out.Tone, out.Bar, out.Soon = "○", notSigned, Quiet, Quiet, false
		}
	case result.Verdict == 0:
		out.Sign, out.Word, out.Tone, out.Bar, out.Claimed = "?", notVerified, Quiet, Quiet, true
	case !Verified(result):
		out.Sign, out.Word, out.Tone, out.Bar, out.Claimed = Bad.Sign(), result.Verdict.String(), Bad, Quiet, true
	case token.Claims == nil:
		out.Sign, out.Word, out.Tone = Good.Sign(), signatureValid, Good
	case issuedLater(result, now):
		out.Sign, out.Word, out.Tone, out.Bar = "○", auth.StateNotYetValid.String(), Warn, Warn
	}
	return out
}

// isUnsigned reports whether the token has no signature: it is a preview, or what the ledger
// knows of one. If it has expired nobody needs its signature, so that its status is that.
func isUnsigned(result *auth.Result) bool {
	return result.Verdict == 0 && result.Token.Compact == "" && result.Token.Claims != nil
}

// issuedLater reports whether the token was refused because its "iat" was in the future,
// and still is.
func issuedLater(result *auth.Result, now time.Time) bool {
	iat, ok := result.Innermost().Token.Date("iat")
	return ok && result.Verdict == auth.VerdictNotYetValid && iat.Sub(now) > 0
}

// Verified reports whether a key vouches for the claims, so that their times can be
// trusted, even if the token has expired.
func Verified(result *auth.Result) bool {
	switch result.Verdict {
	case auth.VerdictValid, auth.VerdictExpired, auth.VerdictNotYetValid:
		return result.Key != nil || result.Decryption != nil && result.Inner != nil && Verified(result.Inner)
	default:
		return false
	}
}

// Status is [StatusOf] the token of the report.
func (r *Report) Status(now time.Time) Status { return StatusOf(r.result, now) }

// Current reports whether the fields of the report still hold at an instant. If the token
// has become valid or has expired since, it must be verified and explained again.
func (r *Report) Current(now time.Time) bool {
	token := r.result.Innermost().Token
	return token.Status(now).State == token.Status(r.at).State && issuedLater(r.result, now) == issuedLater(r.result, r.at)
}
