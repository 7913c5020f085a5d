package project

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"tokendesk/auth/input"
)

// Lifetime is a recognised lifetime. The zero value is none.
type Lifetime struct {
	Duration time.Duration
	Name     string
	Line     int
	// Unit says where the unit is from if neither the name nor the value says it, or is empty.
	Unit string
}

// lifetimeNames are the patterns of the names of a lifetime.
var lifetimeNames = []string{
	"* $token * $lifetime", "* $token * $lifetime *", "* AUTH * $lifetime", "* AUTH * $lifetime *", "* $token * MAX AGE *",
	"$lifetime IN", "TOKEN HOUR LIFESPAN", "* $token SECONDS|MINUTES|HOURS|DAYS",
}

// units are the words of a name that say the unit of its number.
var units = map[string]time.Duration{
	"MS": time.Millisecond, "MILLIS": time.Millisecond, "MILLISECONDS": time.Millisecond, "MILLISECOND": time.Millisecond,
	"SECONDS": time.Second, "SECOND": time.Second, "SECS": time.Second, "SEC": time.Second, "S": time.Second,
	"MINUTES": time.Minute, "MINUTE": time.Minute, "MINS": time.Minute, "MIN": time.Minute,
	"HOURS": time.Hour, "HOUR": time.Hour, "HRS": time.Hour, "HR": time.Hour, "H": time.Hour,
	"DAYS": day, "DAY": day, "WEEKS": 7 * day, "WEEK": 7 * day,
}

const day = 24 * time.Hour

// knownUnit is a name whose unit is known from the program that reads it.
type knownUnit struct {
	name   string
	beside string // a pattern of another name of the file, or empty
	value  string // how the value of that name starts
	unit   time.Duration
	from   float64 // the least number for which it is known
	why    string
}

var knownUnits = []knownUnit{
	{"GOTRUE_JWT_EXP", "", "", time.Second, 0, "GoTrue reads seconds"},
	{"JWT_EXPIRY", "* ANON KEY", "", time.Second, 0, "Supabase reads seconds"},
	{"JWT_TTL", "APP KEY", "base64:", time.Minute, 0, "Laravel's jwt-auth reads minutes"},
	{"JWT_ACCESS_TOKEN_EXPIRES", "FLASK APP", "", time.Second, 300, "Flask-JWT-Extended reads seconds"},
	{"AUTH_ACCESS_TOKEN_EXPIRES_IN", "HASURA GRAPHQL JWT SECRET", "", time.Second, 0, "hasura-auth reads seconds"},
}

// lifetime recognises the lifetime of the tokens that the chosen secret signs.
func (f finder) lifetime(r *Recognition) {
	var best, unclear *entry
	var lifetime Lifetime
	for _, e := range f.file.entries {
		if strings.TrimSpace(e.value) == "" || ownSetting(e.name) || !f.isLifetime(e) {
			continue
		}
		found, ok := f.readLifetime(e)
		switch {
		case !ok && (unclear == nil || f.nearer(e, unclear)):
			unclear = e
		case ok && (best == nil || f.nearer(e, best)):
			best, lifetime = e, found
		}
	}
	r.Lifetime = lifetime
	if best == nil && unclear != nil {
		r.Unused = append(r.Unused, Note{
			Name: unclear.name, Line: unclear.line, Text: unclear.name + whyNot(unclear),
			Do: "set ACCESS_TOKEN_EXPIRE_MINUTES, or write a unit such as 15m", Lifetime: true,
		})
	}
}

// whyNot says why the value of a lifetime is not used.
func whyNot(e *entry) string {
	if number, err := strconv.ParseFloat(strings.TrimSpace(e.value), 64); err == nil && number > 0 {
		return " has no unit, so it is not used"
	}
	return " is no lifetime that can be read, so it is not used"
}

// nearer reports whether a name is nearer to that of the secret than another.
func (f finder) nearer(e, than *entry) bool {
	return near(e, f.like)+f.purposes(e) > near(than, f.like)+f.purposes(than)
}

// purposes returns a weight for each word for other tokens that the secret's name has too.
func (f finder) purposes(e *entry) int {
	score := 0
	for _, word := range e.words {
		if f.like != nil && f.file.isIn("other", word) && slices.Contains(f.like.words, word) {
			score += 100
		}
	}
	return score
}

// isLifetime reports whether an entry has the name of a lifetime of the secret's tokens.
func (f finder) isLifetime(e *entry) bool {
	if e.class != None || !slices.ContainsFunc(lifetimeNames, func(p string) bool { return f.file.is(p, e.words) }) {
		return false
	}
	return f.sameTokens(e.words) && !inSet("AT GRACE LEEWAY SKEW", e.words[len(e.words)-1])
}

// readLifetime reads a lifetime whose unit is in the value, in the name, or known.
func (f finder) readLifetime(e *entry) (Lifetime, bool) {
	found := Lifetime{Name: e.name, Line: e.line}
	text := strings.TrimSpace(e.value)
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		lifetime, parsed := parseSpan(text)
		found.Duration = lifetime
		return found, parsed
	}
	for _, word := range e.words {
		if unit, ok := units[word]; ok {
			found.Duration = scale(number, unit)
			return found, found.Duration > 0
		}
	}
	for _, known := range knownUnits {
		if e.name == known.name && f.besides(known) && number >= known.from {
			found.Duration, found.Unit = scale(number, known.unit), known.why
			return found, found.Duration > 0
		}
	}
	return found, false
}

// besides reports whether the file has the other name of a known unit.
func (f finder) besides(known knownUnit) bool {
	return known.beside == "" || slices.ContainsFunc(f.file.entries, func(e *entry) bool {
		return f.file.is(known.beside, e.words) && strings.HasPrefix(e.value, known.value)
	})
}

// scale returns a number of units in whole seconds, or zero if there is no such lifetime.
func scale(number float64, unit time.Duration) time.Duration {
	total := number * float64(unit)
	if math.IsNaN(total) || total < float64(time.Second) || total > math.MaxInt64/2 {
		return 0
	}
	return time.Duration(total).Truncate(time.Second)
}

// parseSpan reads a lifetime with its unit: those that a user may type, h:mm:ss and ms.
func parseSpan(text string) (time.Duration, bool) {
	if strings.HasPrefix(strings.ToLower(text), "until") {
		return 0, false
	}
	if span, err := time.Parse("15:04:05", text); err == nil {
		total := span.Sub(time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC))
		return total, total > 0
	}
	if number, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "ms")), 64); err == nil {
		lifetime := scale(number, time.Millisecond)
		return lifetime, lifetime > 0
	}
	lifetime, err := input.ParseLifetime(text, time.Time{})
	return lifetime, err == nil
}
