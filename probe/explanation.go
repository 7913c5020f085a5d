package probe

import (
	"strings"

	"tokendesk/internal/phrase"
)

// Explanation says to the developers of an API what it accepted and what to change. It holds
// the token, but no other secret of the request.
type Explanation struct {
	Token    string `json:"token"`
	Curl     string `json:"curl"`     // the request as a command
	Answered string `json:"answered"` // the status and the start of the body
	Means    string `json:"means"`
	Cause    string `json:"cause"`
	Fix      string `json:"fix"`
	Source   string `json:"source"` // the RFC, the CWE and the CVEs
}

// Explain explains a fault that was accepted and makes the report wrong. It is nil for any
// other result.
func (r *Report) Explain(result *Result) *Explanation {
	if result.Outcome != Accepted || !r.Fails(result) {
		return nil
	}
	f := result.Case.Fault
	answered := statusText(result.Status)
	if body := phrase.Excerpt(strings.Join(strings.Fields(result.Body), " ")); body != "" {
		answered += ": " + body
	}
	sources := []string{f.Source}
	if f.CWE != "" && f.CWE != f.Source {
		sources = append(sources, f.CWE)
	}
	return &Explanation{
		Token: result.Case.Token, Curl: r.target.curl(result.Case.Token), Answered: answered,
		Means: f.Why, Cause: f.Cause(), Fix: f.Fix, Source: strings.Join(append(sources, f.CVE...), ", "),
	}
}
