package ledger

import (
	"maps"
	"slices"
)

// The most that is kept of a board and of the recent subjects.
const (
	mostWatched = 20_000
	mostRecent  = 200
)

// Merge returns the state in the file with everything that one console has added, removed and
// labelled since before. Changes that another console has made meanwhile stay.
func Merge(before, now, theirs State) State {
	out := theirs
	out.Board = mergeBoard(before.Board, now.Board, theirs.Board)
	out.Recent = mergeRecent(before.Recent, now.Recent, theirs.Recent)
	out.Wishes = theirs.merged(before.Wishes, now.Wishes)
	if !sameProbe(before.Probe, now.Probe) {
		out.Probe = now.Probe
	}
	return out
}

// merged returns the wishes in the file with those that have changed.
func (w Wishes) merged(before, now Wishes) Wishes {
	pick := func(before, now, theirs string) string {
		if before != now {
			return now
		}
		return theirs
	}
	out := Wishes{
		Sort:     pick(before.Sort, now.Sort, w.Sort),
		CopyForm: pick(before.CopyForm, now.CopyForm, w.CopyForm),
		Theme:    pick(before.Theme, now.Theme, w.Theme),
		Folds:    maps.Clone(w.Folds),
	}
	for name, open := range now.Folds {
		if was, known := before.Folds[name]; known && was == open {
			continue
		}
		if out.Folds == nil {
			out.Folds = map[string]bool{}
		}
		out.Folds[name] = open
	}
	return out
}

func sameProbe(a, b *Probed) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.URL == b.URL && a.At.Equal(b.At) && a.Text == b.Text && slices.Equal(a.Results, b.Results)
}

// numbered tells a token from others about which nothing else is known either.
type numbered struct {
	watchedName

	number int
}

// byName returns the tokens of a board by their names, and the names in order.
func byName(board []Watched) (map[numbered]Watched, []numbered) {
	all, names, seen := make(map[numbered]Watched, len(board)), make([]numbered, len(board)), map[watchedName]int{}
	for i := range board {
		name := board[i].name()
		names[i] = numbered{name, seen[name]}
		seen[name]++
		all[names[i]] = board[i]
	}
	return all, names
}

func mergeBoard(before, now, theirs []Watched) []Watched {
	was, _ := byName(before)
	is, order := byName(now)
	others, names := byName(theirs)
	out := make([]Watched, 0, max(len(now), len(theirs)))
	for _, name := range names {
		mine, have := is[name]
		old, had := was[name]
		switch {
		case had && !have:
			continue // removed here
		case have && (!had || mine != old):
			out = append(out, mine) // added or labelled here
		default:
			out = append(out, others[name])
		}
	}
	for _, name := range order {
		old, had := was[name]
		_, there := others[name]
		if !there && (!had || is[name] != old) {
			out = append(out, is[name])
		}
	}
	return out[max(0, len(out)-mostWatched):]
}

// mergeRecent returns the subjects of both, the newest first, without those that were forgotten.
func mergeRecent(before, now, theirs []Recent) []Recent {
	all := slices.Clone(theirs)
	for _, r := range now {
		if !slices.ContainsFunc(before, func(old Recent) bool { return old.Subject == r.Subject && old.At.Equal(r.At) }) {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b Recent) int { return b.At.Compare(a.At) })
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(r Recent) bool {
		again := seen[r.Subject]
		seen[r.Subject] = true
		return again
	})
	return all[:min(len(all), mostRecent)]
}
