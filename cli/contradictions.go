package cli

import (
	"errors"
	"slices"
	"strings"

	"tokendesk/auth"
)

// contradictions finds flags that cannot be used together.
type contradictions struct {
	flags *issueFlags
	// setters set one claim each without naming it.
	setters []setter
	// claims are those of --claim, parameters those of --header.
	claims, parameters auth.Object
}

// setter is a flag, or the subject, that sets one claim.
type setter struct {
	claim, flag string
	used        bool
}

// contradictionsOf returns the contradictions of a command line, with the values of
// --claim and of --header.
func contradictionsOf(f *issueFlags, subject []string, claims, parameters auth.Object) contradictions {
	return contradictions{f, []setter{
		{"sub", "a subject", len(subject) > 0},
		{"exp", "--expires-in", f.expiresIn != ""},
		{"exp", "--expires-at", f.expiresAt != ""},
		{"iat", "--issued-at", f.issuedAt != ""},
		{"nbf", "--not-before", f.notBefore != ""},
		{"iss", "--issuer", f.issuer != ""},
		{"aud", "--audience", len(f.audience) > 0},
		{"jti", "--id", f.id != ""},
	}, claims, parameters}
}

// first returns the first contradiction, or nil.
func (c *contradictions) first() error {
	if err := c.inHeader(); err != nil {
		return err
	}
	if c.flags.payload != "" {
		return c.withPayload()
	}
	for _, s := range c.setters {
		switch {
		case !s.used:
		case c.claims.Index(s.claim) >= 0:
			return together(s.flag, "--claim "+s.claim+"=")
		case c.flags.leavesOut("claims", s.claim):
			return together(s.flag, "--without "+s.claim)
		}
	}
	for _, m := range c.claims {
		if c.flags.leavesOut("claims", m.Name) {
			return together("--claim "+m.Name+"=", "--without "+m.Name)
		}
	}
	return nil
}

func (c *contradictions) inHeader() error {
	f := c.flags
	switch {
	case c.parameters.Index("alg") >= 0:
		return invalid(advise(f.headerFlag+" cannot set alg, since the key determines it", "choose the algorithm with --alg"))
	case f.keyID != "" && c.parameters.Index("kid") >= 0:
		return together("--kid", f.headerFlag+" kid=")
	case f.keyID != "" && f.leavesOut("header", "kid"):
		return together("--kid", "--without kid")
	}
	for _, m := range c.parameters {
		if f.leavesOut("header", m.Name) {
			return together(f.headerFlag+" "+m.Name+"=", "--without "+m.Name)
		}
	}
	return nil
}

// withPayload returns the first flag about claims, which have no meaning beside --payload.
func (c *contradictions) withPayload() error {
	f := c.flags
	all := append(slices.Clone(c.setters),
		setter{flag: "--persona", used: f.persona != ""},
		setter{flag: "--shape", used: f.shape != ""},
		setter{flag: "--claims", used: f.claimsFile != ""},
		setter{flag: "--claim", used: len(f.claims) > 0})
	if i := slices.IndexFunc(all, func(s setter) bool { return s.used }); i >= 0 {
		return together("--payload", all[i].flag)
	}
	for _, name := range f.without {
		if !isParameter(name) && !strings.HasPrefix(name, "header.") {
			return together("--payload", "--without "+name)
		}
	}
	return nil
}

// leavesOut reports whether --without names the member of the header or the claims.
func (c *claimFlags) leavesOut(place, name string) bool {
	bare := slices.Contains(c.without, name) && (place == "header" || !isParameter(name))
	return bare || slices.Contains(c.without, place+"."+name)
}

// isParameter reports whether every token may have a header parameter of that name.
func isParameter(name string) bool { return name == "typ" || name == "kid" }

// together refuses two flags that contradict each other.
func together(one, other string) error {
	return invalid(errors.New(one + " and " + other + " cannot be used together"))
}
