// Package oneof is about a flag that takes one of a few names: the help, the
// completions and the errors of it come from the table of what there is.
package oneof

import (
	"fmt"
	"strings"
)

// Named is what can be chosen.
type Named interface{ Name() string }

// Names returns the names of all, in their order.
func Names[N Named](all []N) []string {
	names := make([]string, len(all))
	for i, each := range all {
		names[i] = each.Name()
	}
	return names
}

// ByName returns the one of that name. The error lists the names of all, which
// are each a what.
func ByName[N Named](what string, all []N, name string) (N, error) {
	for _, each := range all {
		if each.Name() == name {
			return each, nil
		}
	}
	var none N
	return none, fmt.Errorf("there is no such %s: use one of %s", what, strings.Join(Names(all), ", "))
}

// Or lists names for a sentence: "a, b or c".
func Or(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
