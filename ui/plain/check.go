package plain

import (
	"slices"
	"strings"

	"tokendesk/auth/advice"
	"tokendesk/desk"
	"tokendesk/explain"
)

// checkClaims checks iss and aud of the current token as the settings have them, or no longer.
func checkClaims(c *console, _ string) {
	want := desk.Expected(c.desk)
	if c.current.Checked() != "" {
		want = desk.Checks{}
	} else if why := desk.NothingExpected(c.desk); why != "" {
		c.refused(advice.New(why, "set one of them, and type /reload"))
		return
	}
	c.current.Check(want, c.desk.Now())
	sayVerdict(c)
	if names := c.current.Checked(); names != "" {
		c.sayf("Checked %s. /check again checks them no longer.", names)
		return
	}
	c.sayf("The issuer and the audience are not checked.")
}

// sayVerdict says whether the current token is valid.
func sayVerdict(c *console) {
	clock := c.clock()
	label := "Verdict: "
	for _, line := range explain.Token(c.current.Known(), clock.Now).Verdict(clock) {
		c.sayf("%s%s", label, line)
		label = "  "
	}
}

// compareTokens says what the current token and another one have in common.
func compareTokens(c *console, text string) {
	other, ok := c.numbered(text)
	if !ok {
		return
	}
	now := c.desk.Now()
	reports := [2]*explain.Report{explain.Token(c.current.Known(), now), explain.Token(other.Known(), now)}
	for i, e := range []*desk.Entry{c.current, other} {
		if reports[i].Header == nil || reports[i].Claims == nil {
			c.refused(explain.Line{Text: c.line(e) + ": it could not be read"})
			return
		}
	}
	names := [2]string{numberSign(c, c.current), numberSign(c, other)}
	comparison := explain.Compare(reports[0], reports[1])
	equal := slices.Concat(compareMembers(c, "Header", comparison.Header, names), compareMembers(c, "Claim", comparison.Claims, names))
	if len(equal) > 0 {
		c.sayf("Equal: %s", strings.Join(equal, ", "))
	}
	signature := explain.Changed
	if comparison.SameSignature {
		signature = explain.Equal
	}
	c.sayf("Signature: %s", signature)
	if differing, of := comparison.Differing(); differing > 0 {
		c.sayf("%d of %d parameters and claims differ.", differing, of)
	} else {
		c.sayf("All %d parameters and claims are equal.", of)
	}
}

// compareMembers says which members differ, and returns the others.
func compareMembers(c *console, part string, members []explain.Compared, names [2]string) (equal []string) {
	clock := c.clock()
	for _, m := range members {
		if m.How == explain.Equal {
			equal = append(equal, m.Name)
			continue
		}
		var values []string
		for i, value := range []*explain.Member{m.First, m.Second} {
			if value != nil {
				values = append(values, value.Text+inParentheses(value.Note(clock))+" in "+names[i])
			}
		}
		c.sayf("%s %s: %s: %s", part, m.Name, m.How, strings.Join(values, "; "))
	}
	return equal
}
