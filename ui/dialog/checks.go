package dialog

import (
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"tokendesk/auth"
	"tokendesk/desk"
	"tokendesk/explain"
	"tokendesk/internal/visible"
	"tokendesk/ui/frame"
	"tokendesk/ui/widget"
)

// RefetchKeys fetches the published keys again, and says how many there are.
func RefetchKeys(c *frame.Ctx) tea.Cmd {
	return frame.Do(c, nil, desk.FetchAgain, func(c *frame.Ctx, got desk.Fetched, err error) tea.Cmd {
		if err != nil {
			return frame.Tell(c, explain.Unfetched(err))
		}
		c.Learn(got.To(c.Desk))
		return c.Say(widget.Good, visible.Text("published keys: "+got.Says(c.Now)))
	})
}

// NothingPublished says in a clause why no published keys can be fetched again, or is empty.
func NothingPublished(c *frame.Ctx) string {
	if desk.Refetches(c.Desk) {
		return ""
	}
	return "no published keys are used: neither JWKS_URL nor a URL of this run names some"
}

// CheckClaims turns the check of iss and aud of a token on or off, in place, and says so.
func CheckClaims(c *frame.Ctx, e *desk.Entry) tea.Cmd {
	want := desk.Expected(c.Desk)
	if e.Checked() != "" {
		e.Check(desk.Checks{}, c.Now)
		return c.Say(widget.Quiet, "the check of "+want.Names()+" is off")
	}
	before := wrongClaims(e)
	e.Check(want, c.Now)
	file := visible.Text(filepath.Base(c.Desk.Settings().File))
	if wrongClaims(e) > before {
		return c.Say(widget.Warn, "checked: not what "+file+" expects of "+want.Names())
	}
	return c.Say(widget.Good, "checked: what "+file+" expects of "+want.Names())
}

// wrongClaims returns how many claims of a token are not what they should be.
func wrongClaims(e *desk.Entry) int {
	n := 0
	for _, f := range e.Result.Failures {
		if f.Verdict == auth.VerdictWrongClaim {
			n++
		}
	}
	return n
}

// NoClaimsToCheck says in a clause why iss and aud of a token cannot be checked, or is empty.
func NoClaimsToCheck(c *frame.Ctx, e *desk.Entry) string {
	switch {
	case e.Fault != nil:
		return "the token is faulty on purpose"
	case e.Result.Innermost().Token.Claims == nil:
		return "the token has no claims"
	}
	return desk.NothingExpected(c.Desk)
}
