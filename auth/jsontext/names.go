package jsontext

import "slices"

// Names is a set of member names. Most objects have few members, for which a
// slice is faster than a map. The zero value is empty and ready for use.
type Names struct {
	few  []string
	many map[string]struct{}
}

const fewNames = 16

// NamesFor returns a set with room for that many names.
func NamesFor(n int) Names {
	if n <= fewNames {
		return Names{few: make([]string, 0, n)}
	}
	return Names{many: make(map[string]struct{}, n)}
}

// Add adds a name and reports whether it was there already.
func (n *Names) Add(name string) (twice bool) {
	if n.many == nil {
		if slices.Contains(n.few, name) {
			return true
		}
		n.few = append(n.few, name)
		if len(n.few) <= fewNames {
			return false
		}
		n.many = make(map[string]struct{}, 4*fewNames)
		for _, known := range n.few {
			n.many[known] = struct{}{}
		}
		return false
	}
	before := len(n.many)
	n.many[name] = struct{}{}
	return len(n.many) == before
}
