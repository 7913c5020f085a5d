package auth

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

// tokenOf returns an unsigned token with the given claims.
func tokenOf(t *testing.T, claims string) *Token {
	t.Helper()
	object, err := jsontext.ParseObject([]byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	return &Token{Claims: object}
}

// The portion counts from iat or nbf, whichever is later, or from the only one of them.
func TestPortionCountsFrom(t *testing.T) {
	t.Parallel()
	for claims, want := range map[string]float64{
		`{"exp":1795442812}`:                                       1,
		`{"iat":1795442612,"exp":1795442812}`:                      0.5,
		`{"nbf":-1795442712,"exp":5386328136}`:                     0.5,
		`{"nbf":1795442612,"exp":1795442812}`:                      0.5,
		`{"nbf":1795442412,"exp":1795442812}`:                      0.25,
		`{"iat":1795442412,"nbf":1795442612,"exp":1795442812}`:     0.5,
		`{"iat":1795442612,"nbf":1795442412,"exp":1795442812}`:     0.5,
		`{"iat":1795442612.5,"nbf":1795442612.9,"exp":1795442812}`: 100 / 199.1,
		`{"iat":1795442612.9,"nbf":1795442612.5,"exp":1795442812}`: 100 / 199.1,
		`{"iat":1795442612,"nbf":"x","exp":1795442812}`:            0.5,
		`{"iat":"x","nbf":1795442612,"exp":1795442812}`:            0.5,
		`{"iat":1795442712,"exp":1795442812}`:                      1,
		`{"iat":1795442711,"exp":1795442713}`:                      0.5,
		`{"iat":1795442812,"exp":1795442912}`:                      1,
		`{"nbf":1795442812,"exp":1795442912}`:                      1,
		`{"iat":1795442612,"nbf":1795442612}`:                      1,
		`{"iat":1795442612,"exp":1795442712}`:                      0,
	} {
		if got := tokenOf(t, claims).Status(at()).Portion; math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: %v, want %v", claims, got, want)
		}
	}
}

// The time left is rounded up, the time since expiry is rounded down, and times beyond
// the calendar neither overflow nor change their sign.
func TestStatusLeft(t *testing.T) {
	t.Parallel()
	longest := time.Duration(math.MaxInt64).Truncate(time.Second)
	for _, tt := range []struct {
		claims string
		now    time.Time
		want   Status
	}{
		{`{"exp":1795442713}`, at().Add(1), Status{StateActive, time.Second, 1}},
		{`{"exp":1795442713}`, at(), Status{StateActive, time.Second, 1}},
		{`{"exp":1795442713}`, at().Add(-1), Status{StateActive, 2 * time.Second, 1}},
		{`{"exp":1795442713}`, at().Add(time.Second), Status{StateExpired, 0, 0}},
		{`{"exp":1795442713}`, at().Add(2*time.Second - 1), Status{StateExpired, 0, 0}},
		{`{"exp":1795442713}`, at().Add(2 * time.Second), Status{StateExpired, time.Second, 0}},
		{`{"nbf":1795442713}`, at(), Status{StateNotYetValid, time.Second, 1}},
		{`{"nbf":1795442713}`, at().Add(-1), Status{StateNotYetValid, 2 * time.Second, 1}},
		{`{"nbf":1795442713}`, at().Add(time.Second), Status{StateNoExpiry, 0, 1}},
		{`{"exp":1e300}`, at(), Status{StateActive, longest, 1}},
		{`{"exp":11018814748}`, at(), Status{StateActive, 9223372036 * time.Second, 1}},
		{`{"exp":11018814747}`, at(), Status{StateActive, 9223372035 * time.Second, 1}},
		{`{"nbf":1e300}`, at(), Status{StateNotYetValid, longest, 1}},
		{`{"exp":-1e300}`, at(), Status{StateExpired, longest, 0}},
		{`{"exp":1795442712.000000001}`, at(), Status{StateActive, time.Second, 1}},
		{`{"exp":1795442712.000000001}`, at().Add(1), Status{StateExpired, 0, 0}},
		{`{"nbf":1795442712.000000001}`, at(), Status{StateNotYetValid, time.Second, 1}},
		{`{"nbf":1795442712.000000001}`, at().Add(1), Status{StateNoExpiry, 0, 1}},
	} {
		if got := tokenOf(t, tt.claims).Status(tt.now); got.State != tt.want.State || got.Left != tt.want.Left ||
			math.Abs(got.Portion-tt.want.Portion) > 1e-9 {
			t.Errorf("%s at %v: %+v, want %+v", tt.claims, tt.now, got, tt.want)
		}
	}
}

// Two times in the same second are ordered by their nanoseconds.
func TestOrderOfMoments(t *testing.T) {
	t.Parallel()
	v := Verifier{Keys: []*Key{testKey(t)}, Now: clockAt(at().Add(500))}
	for claims, want := range map[string]Verdict{
		`{"exp":1795442712.000000501}`: VerdictValid, `{"exp":1795442712.0000005}`: VerdictExpired,
		`{"exp":1795442712.000000499}`: VerdictExpired,
		`{"nbf":1795442712.000000501}`: VerdictNotYetValid, `{"nbf":1795442712.0000005}`: VerdictValid,
		`{"iat":1795442712.000000501}`: VerdictNotYetValid, `{"iat":1795442712.0000005}`: VerdictValid,
		`{"exp":1795442711.9}`: VerdictExpired, `{"exp":1795442713.000000001}`: VerdictValid, `{"nbf":1795442711.9}`: VerdictValid,
		`{"nbf":1795442713.000000001}`: VerdictNotYetValid,
	} {
		if got := v.Verify(signedBy(t, testKey(t), hs256, claims)).Verdict; got != want {
			t.Errorf("%s: %s, want %s", claims, got, want)
		}
	}
}

// Differences are capped at the limits of a Duration, to the second.
func TestNumericDateSubAtItsEnds(t *testing.T) {
	t.Parallel()
	const most = math.MaxInt64/int64(time.Second) - 1
	now := time.Unix(1000, 7)
	for seconds, want := range map[int64]time.Duration{
		1000 + most:     time.Duration(most)*time.Second - 7,
		1000 + most + 1: math.MaxInt64,
		1000 - most:     -time.Duration(most)*time.Second - 7,
		1000 - most - 1: math.MinInt64,
		1000:            -7,
		1 << 53:         math.MaxInt64,
		-1 << 53:        math.MinInt64,
	} {
		if got := (NumericDate{Seconds: seconds}).Sub(now); got != want {
			t.Errorf("%d: %d, want %d", seconds, got, want)
		}
	}
	for _, d := range []NumericDate{{math.MaxInt64, 0}, {1<<53 + 5, 0}} {
		if got := d.Sub(time.Unix(math.MinInt64>>1, 0)); got != math.MaxInt64 {
			t.Errorf("%v: %d", d, got)
		}
	}
}

func TestNumericDateStrings(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"253402300799": "9999-12-31 23:59:59 UTC",
		"253402300800": "253402300800 seconds after 1970",
		"-62135596800": "0001-01-01 00:00:00 UTC",
		"-62135596801": "-62135596801 seconds after 1970",
		"1e300":        "a moment long after the year 9999",
		"-1e300":       "a moment long before the year 1",
		"1795442712.9": "2026-11-23 14:05:12 UTC",
	} {
		d, ok := ParseNumericDate(json.RawMessage(raw))
		if !ok || d.String() != want {
			t.Errorf("%s: %s, %v, want %s", raw, d, ok, want)
		}
		moment, dated := d.Time()
		if dated != strings.HasSuffix(want, "UTC") || !dated && !moment.IsZero() || dated && moment.Location() != time.UTC {
			t.Errorf("%s: %v, %v", raw, moment, dated)
		}
	}
}

// A lifetime needs both exp and iat, and an iat within the calendar.
func TestTokenLifetime(t *testing.T) {
	t.Parallel()
	for claims, want := range map[string]time.Duration{
		`{"iat":1795442712,"exp":1795442713}`:     time.Second,
		`{"iat":1795442713,"exp":1795442712}`:     -time.Second,
		`{"iat":1795442712,"exp":1795442712}`:     0,
		`{"iat":-62135596800,"exp":253402300799}`: math.MaxInt64,
	} {
		if got, ok := tokenOf(t, claims).Lifetime(); !ok || got != want {
			t.Errorf("%s: %v, %v, want %v", claims, got, ok, want)
		}
	}
	for _, claims := range []string{
		`{}`, `{"iat":1}`, `{"exp":1}`, `{"iat":"x","exp":1}`, `{"iat":1,"exp":"x"}`, `{"iat":1e300,"exp":1}`,
		`{"iat":-62135596801,"exp":1}`,
	} {
		if got, ok := tokenOf(t, claims).Lifetime(); ok || got != 0 {
			t.Errorf("%s: %v", claims, got)
		}
	}
	token := tokenOf(t, `{"a":5,"b":"x"}`)
	for name, want := range map[string]bool{"a": true, "b": false, "c": false} {
		if d, ok := token.Date(name); ok != want || ok && d.Seconds != 5 || !ok && d != (NumericDate{}) {
			t.Errorf("%s: %v, %v", name, d, ok)
		}
	}
}

// A duration is formatted in units down to the last that is not zero, and from a year on
// in years and days.
func TestFormatDurationUnits(t *testing.T) {
	t.Parallel()
	const year, longest = 365 * 24 * time.Hour, time.Duration(math.MaxInt64)
	for d, want := range map[time.Duration]string{
		1:                                  "0s",
		-1:                                 "0s",
		9 * time.Second:                    "9s",
		10 * time.Second:                   "10s",
		100 * time.Second:                  "1m 40s",
		time.Minute:                        "1m",
		10 * time.Minute:                   "10m",
		time.Hour + 10*time.Minute:         "1h 10m",
		10 * time.Hour:                     "10h",
		24*time.Hour + time.Second:         "1d 0h 0m 1s",
		24*time.Hour + time.Minute:         "1d 0h 1m",
		100 * 24 * time.Hour:               "100d",
		year - 1:                           "364d 23h 59m 59s",
		year:                               "1y",
		-year:                              "1y",
		year + 24*time.Hour - 1:            "1y",
		year + 24*time.Hour:                "1y 1d",
		2*year + 364*24*time.Hour:          "2y 364d",
		292 * year:                         "292y",
		longest.Truncate(time.Second) - 1:  "292y 171d",
		longest.Truncate(time.Second):      "more than 292y",
		-longest:                           "more than 292y",
		-longest.Truncate(time.Second) + 1: "292y 171d",
	} {
		if got := FormatDuration(d); got != want {
			t.Errorf("%d: %s, want %s", d, got, want)
		}
	}
}

// The limit counts from iat or from now, whichever lets the token live longer, exact to
// the second.
func TestLimitCountsFrom(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	i.MaxLifetime = time.Hour
	for claims, want := range map[string]time.Duration{
		`{"iat":1795442712,"exp":1795446312}`: 0,
		`{"iat":1795442712,"exp":1795446313}`: time.Hour + time.Second,
		`{"iat":1795439122,"exp":1795442722}`: 0,
		`{"iat":1795439121,"exp":1795442722}`: time.Hour + time.Second,
		`{"iat":1795000000,"exp":1795442722}`: 442722 * time.Second,
		`{"iat":1795446000,"exp":1795446313}`: time.Hour + time.Second,
		`{"iat":1795446000,"exp":1795446312}`: 0,
		`{"iat":1,"exp":3602}`:                time.Hour + time.Second,
		`{"exp":1795446312}`:                  0,
		`{"exp":1}`:                           0,
	} {
		token, err := i.Sign(i.Header(), tokenOf(t, claims).Claims)
		var limit *LimitError
		if want == 0 && (err != nil || token == nil) || want != 0 &&
			(token != nil || !errors.As(err, &limit) || *limit != LimitError{want, time.Hour}) {
			t.Errorf("%s: %v, want %v", claims, err, want)
		}
	}
	i.MaxLifetime = 0
	for _, claims := range []string{`{}`, `{"exp":253402300799}`} {
		if _, err := i.Sign(i.Header(), tokenOf(t, claims).Claims); err != nil {
			t.Errorf("%s without a limit: %v", claims, err)
		}
	}
}

// A lifetime is a positive number of whole seconds within the limit, and ends before the
// year 10000.
func TestCheckLifetime(t *testing.T) {
	t.Parallel()
	i := testIssuer(t)
	end := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	for _, tt := range []struct {
		lifetime, limit time.Duration
		now             time.Time
		want            string
	}{
		{time.Second, 0, at(), ""},
		{0, 0, at(), "the lifetime must be longer than zero"},
		{-time.Second, 0, at(), "the lifetime must be longer than zero"},
		{1, 0, at(), "the lifetime must be a whole number of seconds"},
		{time.Second + 1, 0, at(), "the lifetime must be a whole number of seconds"},
		{time.Hour, time.Hour, at(), ""},
		{time.Hour + time.Second, time.Hour, at(), "the lifetime 1h 0m 1s is above the limit of 1h"},
		{time.Second, time.Nanosecond, at(), "the lifetime 1s is above the limit of 0s"},
		{time.Minute, 0, end.Add(-time.Minute), ""},
		{time.Minute + time.Second, 0, end.Add(-time.Minute), "the token would expire after the year 9999"},
	} {
		i.MaxLifetime, i.Now = tt.limit, clockAt(tt.now)
		err := i.CheckLifetime(tt.lifetime)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || sentence(err) != tt.want) {
			t.Errorf("%v with a limit of %v: %v, want %s", tt.lifetime, tt.limit, sentence(err), tt.want)
		}
		token, issueErr := i.Issue(Request{Subject: "ada", Lifetime: tt.lifetime})
		if tt.lifetime != 0 && (issueErr == nil) != (tt.want == "") || (token == nil) != (issueErr != nil) {
			t.Errorf("issued for %v with a limit of %v: %v", tt.lifetime, tt.limit, issueErr)
		}
	}
}
