// Package oneof helps with flags that accept one of several names: their help, their
// completions and their errors come from one table.
package oneof

import (
	"fmt"
	"strings"

	"tokendesk/auth/advice"
)

// Named is a choice with a name.
type Named interface{ Name() string }

// Names returns the names of all choices, in their order.
func Names[N Named](all []N) []string {
	names := make([]string, len(all))
	for i, each := range all {
		names[i] = each.Name()
	}
	return names
}

// ByName returns the choice with that name. The error says that there is none, and its
// advice lists the names.
func ByName[N Named](what string, all []N, name string) (N, error) {
	for _, each := range all {
		if each.Name() == name {
			return each, nil
		}
	}
	var none N
	return none, advice.New(fmt.Sprintf("there is no %s %q", what, name), "use one of "+strings.Join(Names(all), ", "))
}

// Or lists names for a sentence: "a, b or c".
func Or(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
