package auth

import (
	"errors"
	"testing"

	"tokendesk/auth/jsontext"
)

// People read these words, and scripts match them.
func TestNamesOfEnums(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"checking the size": StageSize.String(), "checking the characters": StageText.String(),
		"counting the segments": StageForm.String(), "decoding base64url": StageEncoding.String(),
		"reading the header": StageHeader.String(), "reading the payload": StagePayload.String(),
		"checking the header parameters": StageParameter.String(), "decoding": Stage(0).String(),
		"valid": VerdictValid.String(), "malformed": VerdictMalformed.String(), "unsupported": VerdictUnsupported.String(),
		"bad signature": VerdictBadSignature.String(), "wrong key": VerdictWrongKey.String(), "expired": VerdictExpired.String(),
		"not yet valid": VerdictNotYetValid.String(), "wrong claim": VerdictWrongClaim.String(), "unknown": Verdict(0).String(),
		"active": StateActive.String(), "no expiry": StateNoExpiry.String(),
		"danger": SeverityDanger.String(), "warning": SeverityWarning.String(), "note": SeverityNote.String(),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if StateNotYetValid.String() != "not yet valid" || StateExpired.String() != "expired" || State(0).String() != "unknown" ||
		Severity(0).String() != "unknown" {
		t.Error("a state or a severity has lost its name")
	}
}

// docs/commands.md documents these codes.
func TestCodes(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]Verdict{
		"valid": VerdictValid, "malformed": VerdictMalformed, "unsupported": VerdictUnsupported,
		"bad_signature": VerdictBadSignature, "wrong_key": VerdictWrongKey, "expired": VerdictExpired,
		"not_yet_valid": VerdictNotYetValid, "wrong_claim": VerdictWrongClaim, "unknown": 99,
	} {
		if got := v.Code(); got != want {
			t.Errorf("a verdict is %q, want %q", got, want)
		}
	}
	for want, s := range map[string]State{
		"active": StateActive, "not_yet_valid": StateNotYetValid, "expired": StateExpired,
		"no_expiry": StateNoExpiry, "unknown": 0,
	} {
		if got := s.Code(); got != want {
			t.Errorf("a state is %q, want %q", got, want)
		}
	}
}

func TestDecodeErrorHoldsItsCause(t *testing.T) {
	t.Parallel()
	_, err := Decode(compactOf(hs256, "{\n \"a\": }"))
	var syntax *jsontext.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 || syntax.Column != 7 || syntax.Offset != 8 {
		t.Errorf("the place of the fault is %+v", syntax)
	}
	_, err = Decode("x")
	if errors.As(err, &syntax) || sentence(err) != "there is no dot in it, so it is not a token" {
		t.Errorf("without a cause: %v", sentence(err))
	}
}
