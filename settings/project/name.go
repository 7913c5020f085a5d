package project

import "slices"

// SecretName returns the name that a file has for an HMAC secret, whatever its value is, such
// as an example file without one. It is empty if there is none.
func SecretName(assignments []Assignment) string {
	f := readFile(Input{Assignments: assignments})
	for _, class := range []Class{Signs, Own, Maybe} {
		for _, e := range f.entries {
			pair := e.path || slices.Contains(e.words, "PRIVATE") || f.read(e).Form == Path
			if e.class == class && !pair && !e.plural && (class != Own || e.name == secretKey) {
				return e.name
			}
		}
	}
	return ""
}
