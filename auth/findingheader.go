package auth

import (
	"fmt"
	"strings"

	"tokendesk/auth/jsontext"
)

func findAlgNone(t *view) []string {
	if !strings.EqualFold(string(t.Algorithm()), "none") {
		return nil
	}
	return []string{"alg is none: nothing is signed, and an API that accepts it accepts any claims"}
}

func findSignatureMissing(t *view) []string {
	if t.Header == nil || len(t.Signature) > 0 || t.SignatureSegment != "" ||
		strings.EqualFold(string(t.Algorithm()), "none") || strings.Count(t.Compact, ".") != 2 {
		return nil
	}
	return []string{"the signature is empty: an API that accepts it accepts any claims"}
}

func findSignatureLength(t *view) []string {
	s := t.Algorithm().scheme()
	if s == nil || len(t.Signature) == 0 {
		return nil
	}
	if odd := s.family.oddSignature(s, t.Signature); odd != "" {
		return []string{odd}
	}
	return nil
}

func findEmbeddedKey(t *view) []string {
	if t.rules().keyInHeader {
		return nil
	}
	return forParameters(t, []string{"jwk", "x5c"},
		"the header contains a key (%s): a verifier that uses it trusts whoever wrote the token")
}

func findKeyURL(t *view) []string {
	return forParameters(t, []string{"jku", "x5u"},
		"the header says where to fetch the key (%s): a verifier that fetches it trusts whoever wrote the token")
}

func findCritical(t *view) []string {
	return forParameters(t, []string{"crit", "b64", "zip"},
		"the header has %s, which changes what the token means: a verifier that does not understand it must refuse the token")
}

func forParameters(t *view, names []string, format string) []string {
	var texts []string
	for _, name := range names {
		if _, ok := t.Header.Get(name); ok {
			texts = append(texts, fmt.Sprintf(format, name))
		}
	}
	return texts
}

func findKidInjection(t *view) []string {
	kid := t.KeyID()
	switch {
	case strings.Contains(kid, "..") || strings.HasPrefix(kid, "/") || strings.Contains(kid, `\`):
		return []string{"kid looks like a path: a verifier that opens it can be made to use a file with known content"}
	case strings.ContainsAny(kid, "'\";|`$(){}<>") || strings.Contains(kid, "--"):
		return []string{"kid contains characters of SQL or a shell: a verifier that builds a query or a command from it can be attacked"}
	case strings.Contains(kid, "://"):
		return []string{"kid looks like a URL: a verifier that fetches it trusts whoever wrote the token"}
	}
	return nil
}

func findDuplicates(t *view) []string {
	var texts tally
	for _, part := range []struct {
		name   string
		object Object
	}{{"header", t.Header}, {"payload", t.Claims}} {
		seen, told := jsontext.NamesFor(len(part.object)), jsontext.Names{}
		for _, m := range part.object {
			if seen.Add(m.Name) && !told.Add(m.Name) {
				texts.add(func() string {
					return fmt.Sprintf("the %s has %s more than once: some readers use the first, others the last",
						part.name, quoted(m.Name))
				})
			}
		}
	}
	return texts
}

func findLarge(t *view) []string {
	const cookie, header = 4096, 8192
	switch n := len(t.Compact); {
	case n > header:
		return []string{fmt.Sprintf("the token has %d bytes: most web servers refuse headers above 8192", n)}
	case n > cookie:
		return []string{fmt.Sprintf("the token has %d bytes: it does not fit in a cookie, which holds 4096", n)}
	}
	return nil
}
