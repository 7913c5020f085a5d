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
	// 0s the lifetime has no unit
}

func ExampleParseClaim() {
	for _, row := range []string{"role=admin", "level:=3", "level:=03"} {
		claim, err := input.ParseClaim(row)
		fmt.Printf("%s %s %v\n", claim.Name, claim.Value, err)
	}
	// Output:
	// role "admin" <nil>
	// level 3 <nil>
	//   invalid number at line 1, column 8
}

func ExampleCheckSubject() {
	for _, subject := range []string{"ada@example.com", "ada", "ada@example..com"} {
		fmt.Println(input.CheckSubject(subject))
	}
	// Output:
	// <nil>
	// <nil>
	// the domain starts or ends with a dot, or has two in a row
}
