package auth

import "slices"

// names is a set of names. Most objects have few members, for which a slice is
// faster than a map.
type names struct {
	few  []string
	many map[string]struct{}
}

const fewNames = 16

// namesFor returns a set with room for that many names.
func namesFor(n int) names {
	if n <= fewNames {
		return names{few: make([]string, 0, n)}
	}
	return names{many: make(map[string]struct{}, n)}
}

// add puts a name in and reports whether it was there already.
func (n *names) add(name string) (twice bool) {
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
