package explain

import (
	"fmt"
	"testing"
	"time"

	"tokendesk/auth"
)

// Every state by the times alone, word for word.
func TestTimes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status auth.Status
		soon   bool
		want   string // sign, word, tone, left, short, line, bar
	}{
		{
			auth.Status{State: auth.StateActive, Left: 1781 * time.Second, Portion: 0.5},
			false,
			"●|active|1|29m 41s left|29m 41s|active, 29m 41s left|1 true",
		},
		{auth.Status{State: auth.StateActive, Left: 41 * time.Second}, true, "▲|expires soon|2|41s left|41s|expires soon, 41s left|2 true"},
		{auth.Status{State: auth.StateExpired, Left: 5 * time.Second}, false, "✗|expired|3|expired 5s ago|5s ago|expired 5s ago|1 true"},
		{auth.Status{State: auth.StateExpired}, false, "✗|expired|3|expired just now|just now|expired just now|1 true"},
		{auth.Status{State: auth.StateExpired, Left: time.Second}, true, "✗|expired|3|expired 1s ago|1s ago|expired 1s ago|1 true"},
		{
			auth.Status{State: auth.StateNotYetValid, Left: 5 * time.Minute, Portion: 1},
			false,
			"○|not yet valid|2|valid in 5m|in 5m|not yet valid, valid in 5m|2 true",
		},
		{auth.Status{State: auth.StateNoExpiry, Portion: 1}, false, "∞|no expiry|2|no expiry||no expiry|1 false"},
	} {
		s := Times(test.status, test.soon)
		got := fmt.Sprintf("%s|%s|%d|%s|%s|%s|%d %t", s.Sign, s.Word, s.Tone, s.Left, s.Short, s.String(), s.Bar, s.HasBar)
		equal(t, test.status.State.String(), got, test.want)
		equal(t, "the portion", s.Portion, test.status.Portion)
		equal(t, "soon", s.Soon, test.soon && test.status.State == auth.StateActive)
	}
}

func TestSoon(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		state   auth.State
		left    time.Duration
		portion float64
		want    bool
	}{
		{auth.StateActive, time.Minute, 0.5, true},
		{auth.StateActive, time.Minute + time.Second, 0.5, false},
		{auth.StateActive, time.Hour, 0.1, true},
		{auth.StateActive, time.Hour, 0.11, false},
		{auth.StateExpired, 0, 0, false},
		{auth.StateNotYetValid, time.Second, 0, false},
		{auth.StateNoExpiry, 0, 0, false},
	} {
		equal(t, fmt.Sprint(test), Soon(auth.Status{State: test.state, Left: test.left, Portion: test.portion}), test.want)
	}
}

// Every verdict in every state: a token that no key vouches for is never called active.
func TestReportStatus(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	active, soon, ended := `{"exp":1795444512,"iat":1795442512}`, `{"exp":1795442753}`, `{"exp":1795442707}`
	later, endless := `{"nbf":1795443012,"exp":1795449512}`, `{"sub":"ada"}`
	all := []auth.Verdict{
		0, auth.VerdictValid, auth.VerdictMalformed, auth.VerdictUnsupported, auth.VerdictBadSignature,
		auth.VerdictWrongKey, auth.VerdictExpired, auth.VerdictNotYetValid, auth.VerdictWrongClaim,
	}
	vouched := map[string]string{
		active: "● active, 30m left", soon: "▲ expires soon, 41s left", ended: "✗ expired 5s ago",
		later: "○ not yet valid, valid in 5m", endless: "∞ no expiry",
	}
	claimed := map[string]string{active: "30m left", soon: "41s left", ended: "expired 5s ago", later: "valid in 5m", endless: "no expiry"}
	for claims := range vouched {
		token, err := auth.Decode(signed(t, key, claims))
		if err != nil {
			t.Fatal(err)
		}
		for _, verdict := range all {
			want, bar := "✗ "+verdict.String()+" (the token says "+claimed[claims]+")", Quiet
			switch verdict {
			case 0:
				want = "? not verified (the token says " + claimed[claims] + ")"
			case auth.VerdictValid, auth.VerdictExpired, auth.VerdictNotYetValid:
				want = vouched[claims]
				bar = Good
				if claims == soon || claims == later {
					bar = Warn
				}
			default:
			}
			r := Token(Known{Result: auth.Result{Verdict: verdict, Token: token, Key: key, SignatureChecked: true}}, moment)
			s := r.Status(moment)
			equal(t, claims+" "+verdict.String(), s.Sign+" "+s.String(), want)
			equal(t, "the bar of "+claims+" "+verdict.String(), s.Bar, bar)
			equal(t, "claimed", s.Claimed, !Verified(r.result))
			if s.Claimed && (s.Word == "active" || s.Tone == Good || s.Tone == Warn) {
				t.Errorf("%s %s: %q in tone %d", claims, verdict, s.Word, s.Tone)
			}
		}
	}
}

func TestStatusWithoutClaims(t *testing.T) {
	t.Parallel()
	s := Token(Known{Result: verified(t, "hello", testKey(t))}, moment).Status(moment)
	equal(t, "of a text", s, Status{Sign: "✗", Word: "malformed", Tone: Bad, Claimed: true})
	v := auth.Verifier{Keys: []*auth.Key{testKey(t)}}
	result := v.VerifySignature(signed(t, testKey(t), `{"exp":1}`))
	s = Token(Known{Result: result, SignatureOnly: true}, moment).Status(moment)
	equal(t, "of a signature", s, Status{Sign: "✓", Word: "signature valid", Tone: Good})
}

// A token that was issued in the future is not yet valid until then, and a report is
// current until the state of its token changes.
func TestCurrent(t *testing.T) {
	t.Parallel()
	key := testKey(t)
	future := Token(Known{Result: verified(t, signed(t, key, `{"iat":1795442722,"exp":1795449512}`), key)}, moment)
	equal(t, "in the future", future.Status(moment).String(), "not yet valid, 1h 53m 20s left")
	equal(t, "its sign", future.Status(moment).Sign, "○")
	report := Token(Known{Result: verified(t, signed(t, key, `{"exp":1795442722}`), key)}, moment)
	for seconds, want := range map[int]bool{0: true, 9: true, 10: false, 3600: false} {
		at := moment.Add(time.Duration(seconds) * time.Second)
		equal(t, fmt.Sprint("expiring, after ", seconds), report.Current(at), want)
		equal(t, fmt.Sprint("issued in the future, after ", seconds), future.Current(at), want)
	}
	equal(t, "after its expiry", report.Status(moment.Add(13*time.Second)).String(), "expired 3s ago")
}
