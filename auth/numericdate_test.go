package auth

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tokendesk/auth/jsontext"
)

// exactDate reads a number with exact arithmetic, which is too slow for untrusted
// numbers.
func exactDate(t *testing.T, text string) NumericDate {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	floor := new(big.Int).Div(r.Num(), r.Denom())
	fraction := new(big.Rat).Sub(r, new(big.Rat).SetInt(floor))
	fraction.Mul(fraction, big.NewRat(int64(time.Second), 1))
	nanoseconds := new(big.Int).Div(fraction.Num(), fraction.Denom()).Int64()
	if !fraction.IsInt() {
		nanoseconds++
	}
	return NumericDate{floor.Int64(), min(nanoseconds, int64(time.Second)-1)}
}

func TestParseNumericDateIsExact(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		text := []string{"", "-"}[random.IntN(2)] + fmt.Sprint(random.Int64N(int64(math.Pow10(1+random.IntN(10)))))
		if random.IntN(3) > 0 {
			text += "." + strings.Repeat("0", random.IntN(12)) + fmt.Sprint(random.Uint64()>>random.IntN(64))
		}
		if random.IntN(2) > 0 {
			text += fmt.Sprintf("%c%+d", "eE"[random.IntN(2)], random.IntN(30)-22)
		}
		want := exactDate(t, text)
		if got, ok := ParseNumericDate(json.RawMessage(text)); !ok || got != want {
			t.Fatalf("%s: %v, %t, want %v", text, got, ok, want)
		}
	}
}

func TestParseNumericDateOfHostileNumbers(t *testing.T) {
	t.Parallel()
	zeros := strings.Repeat("0", 1_000_000)
	for name, tt := range map[string]struct {
		text string
		want NumericDate
	}{
		"a million digits behind the point":  {"1." + zeros + "1", NumericDate{1, 1}},
		"a million digits before the point":  {"1" + zeros, NumericDate{math.MaxInt64, 0}},
		"taken back by the exponent":         {"1" + zeros + "e-1000000", NumericDate{1, 0}},
		"brought about by the exponent":      {"0." + zeros + "5e1000001", NumericDate{5, 0}},
		"an exponent of ten digits":          {"1e9999999999", NumericDate{math.MaxInt64, 0}},
		"an exponent of a million digits":    {"1e1" + zeros, NumericDate{math.MaxInt64, 0}},
		"a negative one of a million digits": {"-1e-1" + zeros, NumericDate{-1, 999999999}},
		"half a second below the end":        {"9223372036854775807.5", NumericDate{math.MaxInt64, 500000000}},
		"half a second above the other end":  {"-9223372036854775807.5", NumericDate{math.MinInt64, 500000000}},
		"beyond the other end":               {"-9223372036854775808.5", NumericDate{math.MinInt64, 0}},
		"the end itself, with an exponent":   {"-9.223372036854775808e18", NumericDate{math.MinInt64, 0}},
		"a digit beyond the end":             {"9223372036854775808.0", NumericDate{math.MaxInt64, 0}},
		"zero times all that":                {"-0." + zeros + "e1" + zeros, NumericDate{}},
	} {
		if got, ok := ParseNumericDate(json.RawMessage(tt.text)); !ok || got != tt.want {
			t.Errorf("%s: %v, %t, want %v", name, got, ok, tt.want)
		}
	}
	for _, text := range []string{"0x10", "0x1p4", "01", "1.", ".5", "+1", "1_000", "-", "1e", "1e+", "Infinity", "NaN", " 1", "1 ", "1 2"} {
		if got, ok := ParseNumericDate(json.RawMessage(text)); ok {
			t.Errorf("%q is not a number of JSON, read as %v", text, got)
		}
	}
}

func TestNumericDateSub(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		date NumericDate
		now  time.Time
		want time.Duration
	}{
		{NumericDate{1795442713, 0}, at(), time.Second},
		{NumericDate{1795442712, 5}, at().Add(7), -2},
		{NumericDate{math.MaxInt64, 0}, at(), math.MaxInt64},
		{NumericDate{math.MinInt64, 0}, at(), math.MinInt64},
		{NumericDate{lastSecond, 0}, time.Unix(firstSecond, 0), math.MaxInt64},
		{NumericDate{firstSecond, 0}, time.Unix(lastSecond, 0), math.MinInt64},
	} {
		if got := tt.date.Sub(tt.now); got != tt.want {
			t.Errorf("%v less %v: %d, want %d", tt.date, tt.now, got, tt.want)
		}
	}
}

// A token that was issued in the first century has used up nearly all of its lifetime.
func TestPortionOfALongLifetime(t *testing.T) {
	t.Parallel()
	claims, err := jsontext.ParseObject([]byte(`{"iat":-1e400,"exp":1795442713}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := (&Token{Claims: claims}).Status(at()).Portion; got < 0 || got > 1e-9 {
		t.Errorf("portion %v, want nearly nothing", got)
	}
}

func TestIsDate(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"exp": true, "nbf": true, "iat": true, "auth_time": true, "updated_at": true, "EXP": false, "jti": false,
	} {
		if IsDate(name) != want {
			t.Errorf("%s is a date: %t", name, !want)
		}
	}
}
