package auth

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

func TestStatus(t *testing.T) {
	t.Parallel()
	tests := []struct {
		claims string
		now    time.Time
		state  State
		text   string
	}{
		{`{"exp":1795444512}`, at(), StateActive, "30m left"},
		{`{"exp":1795444512}`, at().Add(1), StateActive, "30m left"}, // rounded up, so that it is zero at exactly exp
		{`{"exp":1795444512}`, at().Add(time.Second), StateActive, "29m 59s left"},
		{`{"exp":1795442713}`, at(), StateActive, "1s left"},
		{`{"exp":1795442713}`, at().Add(time.Second - 1), StateActive, "1s left"},
		{`{"exp":1795442713}`, at().Add(time.Second), StateExpired, "expired 0s ago"},
		{`{"exp":1795442713}`, at().Add(2*time.Second - 1), StateExpired, "expired 0s ago"},
		{`{"exp":1795442713}`, at().Add(13 * time.Second), StateExpired, "expired 12s ago"},
		{`{"exp":1795442713}`, at().Add(-time.Hour), StateActive, "1h 0m 1s left"}, // the clock was put back
		{`{"exp":1795442712.5}`, at(), StateActive, "1s left"},
		{`{"exp":1795442712.5}`, at().Add(time.Second / 2), StateExpired, "expired 0s ago"},
		{`{"exp":1795442712,"nbf":1795442800}`, at(), StateExpired, "expired 0s ago"},
		{`{"nbf":1795442713,"exp":1795444512}`, at(), StateNotYetValid, "valid in 1s"},
		{`{"nbf":1795442712,"exp":1795444512}`, at(), StateActive, "30m left"},
		{`{"nbf":1795442772}`, at(), StateNotYetValid, "valid in 1m"},
		{`{}`, at(), StateNoExpiry, "no expiry"},
		{`{"exp":"1795444512"}`, at(), StateNoExpiry, "no expiry"},
		{`{"exp":0}`, at(), StateExpired, "expired 56y 340d ago"},
		{`{"exp":-62135596801}`, at(), StateExpired, "expired more than 292y ago"},
		{`{"exp":1e400}`, at(), StateActive, "more than 292y left"},
		{`{"exp":-1e400}`, at(), StateExpired, "expired more than 292y ago"},
		{`{"exp":1e999999999}`, at(), StateActive, "more than 292y left"},
		{`{"exp":1795444512000}`, at(), StateActive, "more than 292y left"},
	}
	for _, tt := range tests {
		claims, err := jsontext.ParseObject([]byte(tt.claims))
		if err != nil {
			t.Fatal(err)
		}
		status := (&Token{Claims: claims}).Status(tt.now)
		if status.State != tt.state || status.String() != tt.text {
			t.Errorf("%s at %s: %q, %q, want %q, %q", tt.claims, tt.now.Format(time.RFC3339Nano), status.State, status, tt.state, tt.text)
		}
		if status.Portion < 0 || status.Portion > 1 || math.IsNaN(status.Portion) {
			t.Errorf("%s: portion %v", tt.claims, status.Portion)
		}
	}
}

func TestPortion(t *testing.T) {
	t.Parallel()
	token := &Token{Claims: Object{{Name: "iat", Value: json.RawMessage("1795442712")}, {Name: "exp", Value: json.RawMessage("1795442812")}}}
	for seconds, want := range map[int]float64{-10: 1, 0: 1, 25: 0.75, 50: 0.5, 99: 0.01, 100: 0, 200: 0} {
		if got := token.Status(at().Add(time.Duration(seconds) * time.Second)).Portion; math.Abs(got-want) > 1e-9 {
			t.Errorf("after %d of 100 seconds %v is left, want %v", seconds, got, want)
		}
	}
}

func TestParseNumericDate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want NumericDate
		ok   bool
	}{
		{"0", NumericDate{}, true},
		{"-0", NumericDate{}, true},
		{"1795442712", NumericDate{1795442712, 0}, true},
		{"1795442712.0", NumericDate{1795442712, 0}, true},
		{"1.795442712e9", NumericDate{1795442712, 0}, true},
		{"1795442712.25", NumericDate{1795442712, 250000000}, true},
		{"-1.5", NumericDate{-2, 500000000}, true},
		{"9007199254740993", NumericDate{9007199254740993, 0}, true},
		{"9223372036854775807", NumericDate{math.MaxInt64, 0}, true},
		{"9223372036854775808", NumericDate{math.MaxInt64, 0}, true},
		{"-9223372036854775809", NumericDate{math.MinInt64, 0}, true},
		{"1e400", NumericDate{math.MaxInt64, 0}, true},
		{"1e999999999999", NumericDate{math.MaxInt64, 0}, true},
		{"-1e400", NumericDate{math.MinInt64, 0}, true},
		{"1e-999999999999", NumericDate{0, 1}, true},
		{"0e999999999999", NumericDate{}, true},
		{"-1e-400", NumericDate{-1, 999999999}, true},
		{`"1795442712"`, NumericDate{}, false},
		{"null", NumericDate{}, false},
		{"true", NumericDate{}, false},
		{"[1]", NumericDate{}, false},
		{"", NumericDate{}, false},
	}
	for _, tt := range tests {
		if got, ok := ParseNumericDate(json.RawMessage(tt.text)); got != tt.want || ok != tt.ok {
			t.Errorf("%s: %v, %t, want %v, %t", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

func TestNumericDateTime(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[int64]string{
		0:            "1970-01-01 00:00:00 UTC",
		-62135596800: "0001-01-01 00:00:00 UTC",
		253402300799: "9999-12-31 23:59:59 UTC",
		253402300800: "253402300800 seconds after 1970",
	} {
		if got := (NumericDate{Seconds: seconds}).String(); got != want {
			t.Errorf("%d: %s, want %s", seconds, got, want)
		}
	}
}
