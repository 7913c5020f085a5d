package desk

import "time"

// Ahead returns how many tokens have not expired, and when the first of them does. The
// time is zero if none of them expires.
func (b *Board) Ahead(now time.Time) (active int, next time.Time) {
	gone := expired(b.table.all.items, now)
	if gone < len(b.table.all.items) && b.table.all.items[gone].expiry != noExpiry {
		next = time.Unix(b.table.all.items[gone].expiry, 0)
	}
	return len(b.table.all.items) - gone, next
}
