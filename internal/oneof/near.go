package oneof

import (
	"slices"
	"strings"
)

// Near returns those of the names that a misspelled one could be meant for, the nearest
// first, at most three.
func Near(wrong string, names []string) []string {
	const most, longest = 3, 40 // names, bytes
	if len(wrong) > longest {
		return nil
	}
	type guess struct {
		name string
		off  int
	}
	var guesses []guess
	wrong = strings.ToLower(wrong)
	for _, name := range names {
		off := distance(wrong, name)
		continued := len(wrong) >= 3 && strings.HasPrefix(name, wrong) || len(name) >= 3 && strings.HasPrefix(wrong, name)
		switch {
		case off <= 2 && 2*off < len(name):
		case continued:
			off = most
		default:
			continue
		}
		guesses = append(guesses, guess{name, off})
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return a.off - b.off })
	var near []string
	for _, g := range guesses[:min(most, len(guesses))] {
		if g.off > guesses[0].off {
			break
		}
		near = append(near, g.name)
	}
	return near
}

// distance returns how many bytes must be added, removed, replaced or swapped with their
// neighbour to make one text from the other.
func distance(a, b string) int {
	previous, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], previous[j-1]+1)
			}
		}
		previous, row = row, next
	}
	return row[len(b)]
}
