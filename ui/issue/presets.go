package issue

import (
	"cmp"
	"slices"
	"time"

	"tokendesk/auth/input"
	"tokendesk/desk"
)

// presets returns the lifetimes that the arrow keys go through: those below the
// limit, and the limit if there is one.
func presets(limit time.Duration) []string {
	all := []string{"45s", "1m", "5m", "15m", "30m", "1h", "8h", "1d", "7d", "30d"}
	for i, text := range all {
		if d, _ := input.ParseLifetime(text, time.Time{}); limit > 0 && d >= limit {
			return append(all[:i:i], desk.LifetimeText(limit))
		}
	}
	return all
}

// preset moves through the preset lifetimes, starting at the current lifetime.
func (f *form) preset(step int, limit time.Duration, now time.Time) {
	all := presets(limit)
	current, err := input.ParseLifetime(f.lifetime.Value(), now)
	if err != nil {
		current, step = 30*time.Minute, 0 // the first key press selects it
	}
	at, found := slices.BinarySearchFunc(all, current, func(text string, sought time.Duration) int {
		d, _ := input.ParseLifetime(text, now)
		return cmp.Compare(d, sought)
	})
	if step > 0 && !found {
		step = 0 // that is the next one already
	}
	f.lifetime.Set(all[min(max(at+step, 0), len(all)-1)])
}
