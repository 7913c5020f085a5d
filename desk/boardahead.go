package desk

import "time"

// Ahead returns how many tokens have not expired, and when the first of them does. The
// time is zero if none of them expires.
func (b *Board) Ahead(now time.Time) (active int, next time.Time) {
	gone := expired(b.items, now)
	if gone < len(b.items) && b.items[gone].expiry != noExpiry {
		next = time.Unix(b.items[gone].expiry, 0)
	}
	return len(b.items) - gone, next
}
