package auth

import (
	"math"
	"testing"
	"time"
)

func TestFormatDuration(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0:                                "0s",
		time.Second:                      "1s",
		-time.Second:                     "1s",
		29*time.Minute + 41*time.Second:  "29m 41s",
		30 * time.Minute:                 "30m",
		time.Hour + 5*time.Second:        "1h 0m 5s",
		7*day - time.Second:              "6d 23h 59m 59s",
		7 * day:                          "7d",
		364*day + 23*time.Hour:           "364d 23h",
		365 * day:                        "1y",
		400*day + 5*time.Hour:            "1y 35d",
		time.Duration(math.MaxInt64):     "more than 292y",
		time.Duration(math.MinInt64):     "more than 292y",
		1500 * time.Millisecond:          "1s",
		59*time.Second + time.Nanosecond: "59s",
	} {
		if got := FormatDuration(d); got != want {
			t.Errorf("%d: %s, want %s", d, got, want)
		}
	}
}
