package auth

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The times at which a verdict changes, to the nanosecond and with leeway.
func TestTimesTurnAtTheNanosecond(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	for _, leeway := range []time.Duration{0, 1, time.Second, 90 * time.Second, 1500 * time.Millisecond} {
		for _, fraction := range []time.Duration{0, 250 * time.Millisecond, 1, 999999999} {
			number := fmt.Sprintf("1795442712.%09d", fraction)
			moment := at().Add(fraction)
			for _, tt := range []struct {
				claim        string
				turns        time.Time // from here on
				before, from Verdict
			}{
				{"exp", moment.Add(leeway), VerdictValid, VerdictExpired},
				{"nbf", moment.Add(-leeway), VerdictNotYetValid, VerdictValid},
				{"iat", moment.Add(-leeway), VerdictNotYetValid, VerdictValid},
			} {
				compact := signedBy(t, key, hs256, `{"`+tt.claim+`":`+number+`}`)
				v := Verifier{Keys: []*Key{key}, Leeway: leeway}
				v.Now = clockAt(tt.turns.Add(-1))
				if got := v.Verify(compact).Verdict; got != tt.before {
					t.Errorf("%s %s, leeway %s, a nanosecond before: %q, want %q", tt.claim, number, leeway, got, tt.before)
				}
				v.Now = clockAt(tt.turns)
				if got := v.Verify(compact).Verdict; got != tt.from {
					t.Errorf("%s %s, leeway %s, at the moment: %q, want %q", tt.claim, number, leeway, got, tt.from)
				}
			}
		}
	}
}

// The verdict and the status of a token agree about its times.
func TestVerdictAndStatusAgree(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	verdicts := map[State]Verdict{
		StateActive: VerdictValid, StateExpired: VerdictExpired, StateNotYetValid: VerdictNotYetValid,
	}
	dates := []string{
		"0", "-1", "1795442711.999999999", "1795442712", "1795442712.000000001", "1e400", "-1e400", "1e-400", "9223372036854775808",
		"1795442712000",
	}
	for _, exp := range dates {
		for _, nbf := range dates {
			compact := signedBy(t, key, hs256, `{"exp":`+exp+`,"nbf":`+nbf+`}`)
			v := Verifier{Keys: []*Key{key}, Now: clockAt(at())}
			result := v.Verify(compact)
			want := verdicts[result.Token.Status(at()).State]
			if want == VerdictValid && strings.Contains("1e400 9223372036854775808", exp) {
				want = VerdictWrongClaim // after the year 9999
			}
			if result.Verdict != want {
				t.Errorf("exp %s, nbf %s: verdict %q, status %q", exp, nbf, result.Verdict, result.Token.Status(at()).State)
			}
		}
	}
}

// A verifier or an issuer without its own clock uses that of the machine.
func TestClockOfTheMachine(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	token, err := (&Issuer{Key: key}).Issue(Request{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	if r := (&Verifier{Keys: []*Key{key}}).Verify(token.Compact); r.Verdict != VerdictValid {
		t.Errorf("%q, %v", r.Verdict, r.Failures)
	}
	if id, _ := token.Claims.String("jti"); len(id) != 32 {
		t.Errorf("jti %q, want 128 bits in hexadecimal", id)
	}
}
