package auth

import (
	"fmt"
	"time"
)

// milliseconds is the least NumericDate that must be meant in milliseconds: in seconds it
// is after the year 9999, in milliseconds it is in 1978.
const milliseconds = lastSecond + 1

func findNoExpiry(t *view) []string {
	if t.Claims == nil || t.rules().noExpiry {
		return nil
	}
	if _, ok := t.Claims.Get("exp"); ok {
		return nil
	}
	return []string{"there is no exp: anyone who gets hold of the token can use it indefinitely"}
}

func findLongLifetime(t *view) []string {
	exp, ok := t.Date("exp")
	if !ok || exp.Seconds >= milliseconds {
		return nil
	}
	lifetime, ok := t.Lifetime()
	if !ok {
		lifetime = exp.Sub(t.now)
	}
	if lifetime < 31*day {
		return nil
	}
	return []string{fmt.Sprintf("the lifetime is %s: a stolen token stays valid that long", FormatDuration(lifetime))}
}

func findMilliseconds(t *view) []string {
	return forDates(t, func(name string, d NumericDate) string {
		meant, ok := d.inMilliseconds()
		if !ok {
			return ""
		}
		return fmt.Sprintf("%s seems to be in milliseconds (%s): a NumericDate is in seconds", name, meant)
	})
}

func findOutOfRange(t *view) []string {
	return forDates(t, func(name string, d NumericDate) string {
		switch {
		case d.Seconds < 0:
			return name + " is before 1970"
		case d.Seconds == 0 && name == "exp":
			return "exp is zero, which means 1970 but which many libraries treat as no expiry"
		case d.Seconds > lastSecond*1000: // smaller numbers seem to be milliseconds
			return name + " is after the year 9999, which most libraries cannot represent"
		}
		return ""
	})
}

func findFraction(t *view) []string {
	return forDates(t, func(name string, d NumericDate) string {
		if d.Nanoseconds == 0 {
			return ""
		}
		return name + " has a fraction of a second, which is allowed but which some libraries refuse"
	})
}

func findNeverValid(t *view) []string {
	exp, ok := t.Date("exp")
	if !ok {
		return nil
	}
	var texts []string
	for _, name := range []string{"nbf", "iat"} {
		if start, ok := t.Date(name); ok && !start.before(exp) {
			texts = append(texts, fmt.Sprintf("exp is not after %s: the token is never valid", name))
		}
	}
	return texts
}

// findTimeZone explains a token that has expired and was issued whole hours ago: it may be
// new, from a program that takes UTC for local time.
func findTimeZone(t *view) []string {
	iat, hasIssued := t.Date("iat")
	exp, hasExpiry := t.Date("exp")
	if !hasIssued || !hasExpiry || exp.after(t.now) {
		return nil
	}
	offset := wholeHours(-iat.Sub(t.now).Truncate(time.Second))
	if offset == 0 || offset%time.Hour != 0 {
		return nil
	}
	return []string{fmt.Sprintf("iat is %s ago: if the token was issued just now, its times are off by a time zone, "+
		"as those of Python's utcnow().timestamp() are", FormatDuration(offset))}
}

func findIssuedInFuture(t *view) []string {
	iat, ok := t.Date("iat")
	if !ok || !iat.after(t.now) || iat.Seconds >= milliseconds {
		return nil
	}
	ahead := FormatDuration(ceilSeconds(iat.Sub(t.now)))
	if wholeHours(iat.Sub(t.now)) != 0 {
		return []string{fmt.Sprintf("iat is %s in the future, like a time zone: it must be made from UTC, not from local time", ahead)}
	}
	return []string{fmt.Sprintf("iat is %s in the future: a clock is wrong, or iat was made up", ahead)}
}

// forDates calls ask for each date claim that is a number, in the order of the token.
func forDates(t *view, ask func(name string, d NumericDate) string) []string {
	var texts []string
	for _, m := range t.Claims {
		if !IsDate(m.Name) {
			continue
		}
		if d, ok := ParseNumericDate(m.Value); ok {
			if text := ask(m.Name, d); text != "" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}
