package input_test

import (
	"fmt"
	"time"

	"tokendesk/auth"
	"tokendesk/auth/input"
)

func ExampleParseLifetime() {
	now := time.Date(2026, 11, 23, 14, 5, 12, 0, time.UTC)
	for _, text := range []string{"1h30m", "until 18:00", "until 2026-12-24T18:00Z", "90"} {
		lifetime, err := input.ParseLifetime(text, now)
		fmt.Println(auth.FormatDuration(lifetime), err)
	}
	// Output:
	// 1h 30m <nil>
	// 3h 54m 48s <nil>
	// 31d 3h 54m 48s <nil>
	// 0s a lifetime needs a unit: 90m is minutes, 90h is hours
}
