package auth

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// FormatDuration formats whole seconds as "29m 41s" or "6d 23h 59m 41s", without trailing
// zero units, and from a year on only as "56y 302d". The longest [time.Duration] is "more
// than 292y".
func FormatDuration(d time.Duration) string {
	d = d.Abs()
	if d >= time.Duration(math.MaxInt64).Truncate(time.Second) {
		return fmt.Sprintf("more than %dy", d/year)
	}
	if d >= year {
		years, days := d/year, d%year/day
		if days == 0 {
			return fmt.Sprintf("%dy", years)
		}
		return fmt.Sprintf("%dy %dd", years, days)
	}
	parts := make([]string, 0, 4)
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		amount := d / unit.size
		d %= unit.size
		if amount > 0 || len(parts) > 0 {
			parts = append(parts, strconv.FormatInt(int64(amount), 10)+unit.name)
		}
	}
	for len(parts) > 1 && parts[len(parts)-1][0] == '0' {
		parts = parts[:len(parts)-1]
	}
	if len(parts) == 0 {
		return "0s"
	}
	return strings.Join(parts, " ")
}
