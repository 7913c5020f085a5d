package issue

import (
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
	next := len(all) - 1
	for i, text := range all {
		if d, _ := input.ParseLifetime(text, now); d >= current {
			next = i
			if step > 0 && d == current {
				next++
			}
			break
		}
	}
	if step < 0 {
		next--
		if d, _ := input.ParseLifetime(all[len(all)-1], now); d < current {
			next = len(all) - 1
		}
	}
	f.lifetime.Set(all[min(max(next, 0), len(all)-1)])
}
