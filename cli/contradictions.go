package cli

import (
	"errors"
	"slices"
	"strings"

	"tokendesk/auth"
)

// setter is a flag, or the subject, that sets one claim.
type setter struct {
	claim, flag string
	used        bool
}

// setters returns what sets a claim without naming it.
func (f *issueFlags) setters(subject []string) []setter {
	return []setter{
		{"sub", "a subject", len(subject) > 0},
		{"exp", "--expires-in", f.expiresIn != ""},
		{"exp", "--expires-at", f.expiresAt != ""},
		{"iat", "--issued-at", f.issuedAt != ""},
		{"nbf", "--not-before", f.notBefore != ""},
		{"iss", "--issuer", f.issuer != ""},
		{"aud", "--audience", len(f.audience) > 0},
		{"jti", "--id", f.id != ""},
	}
}

// contradicts returns the first two flags that cannot be used together, or nil. The
// claims and the parameters are those of --claim and --header.
func (f *issueFlags) contradicts(subject []string, claims, parameters auth.Object) error {
	set := f.setters(subject)
	switch {
	case parameters.Index("alg") >= 0:
		return invalid(advise(f.headerFlag+" cannot set alg, since the key determines it", "choose the algorithm with --alg"))
	case f.keyID != "" && parameters.Index("kid") >= 0:
		return together("--kid", f.headerFlag+" kid=")
	case f.keyID != "" && f.leavesOut("header", "kid"):
		return together("--kid", "--without kid")
	case f.payload != "":
		return f.contradictsPayload(set, parameters)
	}
	for _, s := range set {
		if !s.used {
			continue
		}
		if claims.Index(s.claim) >= 0 {
			return together(s.flag, "--claim "+s.claim+"=")
		}
		if f.leavesOut("claims", s.claim) {
			return together(s.flag, "--without "+s.claim)
		}
	}
	for _, m := range claims {
		if f.leavesOut("claims", m.Name) {
			return together("--claim "+m.Name+"=", "--without "+m.Name)
		}
	}
	for _, m := range parameters {
		if f.leavesOut("header", m.Name) {
			return together(f.headerFlag+" "+m.Name+"=", "--without "+m.Name)
		}
	}
	return nil
}

// contradictsPayload is contradicts for --payload, which leaves no claim to be chosen.
func (f *issueFlags) contradictsPayload(set []setter, parameters auth.Object) error {
	set = append(set,
		setter{"", "--persona", f.persona != ""}, setter{"", "--claims", f.claimsFile != ""}, setter{"", "--claim", len(f.claims) > 0})
	if i := slices.IndexFunc(set, func(s setter) bool { return s.used }); i >= 0 {
		return together("--payload", set[i].flag)
	}
	for _, name := range f.without {
		if !isParameter(name) && parameters.Index(name) < 0 && !strings.HasPrefix(name, "header.") {
			return together("--payload", "--without "+name)
		}
	}
	return nil
}

// leavesOut reports whether --without names the member of the header or the claims.
func (f *issueFlags) leavesOut(place, name string) bool {
	bare := slices.Contains(f.without, name) && (place == "header" || !isParameter(name))
	return bare || slices.Contains(f.without, place+"."+name)
}

// isParameter reports whether every token may have a header parameter of that name.
func isParameter(name string) bool { return name == "typ" || name == "kid" }

// together refuses two flags that contradict each other.
func together(one, other string) error {
	return invalid(errors.New(one + " and " + other + " cannot be used together"))
}
